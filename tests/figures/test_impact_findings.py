from __future__ import annotations

import pyarrow as pa

import impact_study
import tiny_study
from wavedeck.figures.impact import ImpactResults, impact_wave
from wavedeck.study.findings import Finding

PLACE = "impact.yaml, analysis 'drivers', part 'visitors', group 'all', wave 2024"


def with_marks(item: str, marks: list[float | None], **changes: object) -> ImpactResults:
    """Return the analysis where a service is rated otherwise."""
    responses = tiny_study.responses("2024")
    reasons = [None if mark is not None else "blank" for mark in marks]
    for column, content in ((f"service@{item}", marks), (f"service@{item}!", reasons)):
        place = responses.column_names.index(column)
        responses = responses.set_column(place, column, pa.array(content, responses[column].type))
    wanted = impact_study.recipe(groups=["all"], **changes)
    return impact_wave(responses, tiny_study.weights("2024"), wanted, tiny_study.ROOT)


def marks(name: str) -> list[float | None]:
    return list(tiny_study.responses("2024")[name].to_pylist())


def found(results: ImpactResults, rule: str) -> Finding:
    return next(one for one in results.findings if one.rule == rule)


def test_duplicates_are_told_to_a_person_and_shared_by_both() -> None:
    twin = marks("service@opening")
    first = next(row for row, mark in enumerate(twin) if mark is not None)
    twin[first] = 3.0 if twin[first] != 3 else 4.0
    results = with_marks("staff", twin, measure="shapley", remedy="nearest")
    told = found(results, "impact_duplicate")
    assert told.severity == "warning"
    assert str(told).startswith(f"{PLACE}: opening and staff nearly coincide (correlation 0.9")
    assert found(results, "impact_collinear").severity == "warning"
    (pair,) = [one for one in results.figures if one.statistic == "duplicate"]
    assert pair.address == "visitors/drivers_duplicate@opening.staff/all/2024"
    assert pair.estimate is not None
    assert pair.estimate > 0.95


def test_drivers_that_say_the_same_are_told_to_a_person() -> None:
    results = with_marks("staff", marks("service@opening"), measure="shapley", remedy="nearest")
    told = found(results, "impact_no_model")
    assert told.severity == "warning"
    assert "opening, staff say exactly the same" in told.message


def test_driver_that_clearly_pulls_the_wrong_way_is_a_warning() -> None:
    opposite = [None if mark is None else 5.0 - mark // 2.5 for mark in marks("overall")]
    results = with_marks("staff", opposite)
    told = found(results, "impact_negative")
    assert told.severity == "warning"
    assert told.message.startswith("staff: importance")
    assert results.cards["drivers"]["all"]["drivers"]["staff"]["negative"]


def test_driver_left_out_is_a_note_with_its_base() -> None:
    results = impact_study.results(minimum_base=30)
    told = [one for one in results.findings if one.rule == "impact_left_out" and one.file == PLACE]
    assert [(one.severity, one.message) for one in told] == [
        ("note", "'shed' is left out: too few respondents answered; 22 respondents answered it")
    ]


def test_remedy_is_told_with_its_largest_change() -> None:
    results = impact_study.results(measure="shapley", remedy="ridge", minimum_base=3)
    used = results.cards["drivers"]["sex_male"]["remedy"]["used"]
    told = [one for one in results.findings if one.rule == "impact_remedy" and "sex_male" in one.file]
    assert bool(told) == (used != "none")


def test_group_stands_in_another_quadrant_than_the_rest_only_when_tested() -> None:
    results = impact_study.results(measure="correlation", minimum_base=5)
    judged = [one for one in results.comparisons if "_quadrant@" in one.address]
    assert judged
    assert {one.kind for one in judged} == {"rest"}
    for one in judged:
        assert (one.mark in ("+", "-")) == (one.p_adjusted is not None and one.p_adjusted <= 0.05)
        assert bool(one.reason) == (one.p_adjusted is None)


def test_findings_name_analysis_part_group_and_wave() -> None:
    told = found(impact_study.results(minimum_base=40), "impact_no_model")
    assert told.severity == "note"
    assert told.file.startswith("impact.yaml, analysis 'drivers', part 'visitors', group 'sex_")

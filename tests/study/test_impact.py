from __future__ import annotations

import pytest

import tiny_study
from wavedeck.study.checks.deck import check_deck
from wavedeck.study.checks.impact import check_impact
from wavedeck.study.checks.vocabulary import Vocabulary
from wavedeck.study.deck import DeckSpec
from wavedeck.study.impact import Impact

STUDY = tiny_study.study()


def declared(**changes: object) -> Impact:
    own = STUDY.impact.analyses["drivers"].model_dump(exclude_unset=True)
    own.pop("family")
    return Impact.model_validate({"analyses": {"drivers": {**own, **changes}}})


def vocabulary(impact: Impact) -> Vocabulary:
    return Vocabulary(STUDY.settings, STUDY.codebook, STUDY.groups, STUDY.indicators, impact)


def problems(**changes: object) -> list[str]:
    impact = declared(**changes)
    return [f"{'.'.join(map(str, path))}: {text}" for path, text in check_impact(impact, vocabulary(impact))]


def test_tiny_analysis_is_right() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": "overal"}, "outcome: unknown indicator 'overal'; did you mean 'overall'?"),
        ({"outcome": "sample"}, "name one with mean, share or nps"),
        ({"outcome": "service@wify"}, "outcome: unknown item of service 'wify'; did you mean 'wifi'?"),
        ({"outcome": "overall@wifi"}, "outcome: unknown item of overall 'wifi'"),
        ({"drivers": "service@wifi"}, "drivers: 'service' has one battery; leave out '@wifi'"),
        ({"drivers": "desk@lendin"}, "drivers: unknown entry of desk 'lendin'; did you mean 'lending'?"),
        ({"drivers": "desk", "loop": "desks"}, "loop: unknown loop 'desks'; did you mean 'desk'?"),
        ({"loop": "desk"}, "drivers: 'service' is not asked in loop 'desk'"),
        ({"drivers": "desk", "loop": "desk", "entries": ["shop"]}, "entries.0: unknown entry 'shop'"),
        ({"entries": ["lending"]}, "entries: are those of a loop; name it in 'loop'"),
        ({"family": "binary"}, "family: 'overall' has more than two answers"),
        ({"outcome": "overall_high", "family": "ordinal"}, "its family is binary"),
        (
            {"outcome": "overall_high", "measure": "shapley", "missing": "pairwise"},
            "missing: a binary outcome has no pairs",
        ),
        ({"outcome": "overall_high", "borders": {"rating": "outcome"}}, "borders.rating: a share is no mark"),
        ({"outcome": "service"}, "outcome: 'service' has items; the outcome is one judgement"),
        ({"drivers": "overall"}, "drivers: 'overall' has no items"),
        ({"drivers": "desk"}, "drivers: 'desk' has both a loop and items"),
        ({"groups": ["sex"]}, "groups: lacks 'all'"),
        ({"groups": ["all", "age"]}, "groups: 'service' is not computed for"),
        ({"waves": ["2022"]}, "waves.0: unknown wave '2022'"),
        ({"kinds": {"x": "X"}}, "kinds.x: unknown kind of aspect 'x'"),
    ],
)
def test_wrong_analysis_is_named(changes: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in problems(**changes)), problems(**changes)


def test_analysis_does_not_take_the_name_of_an_indicator() -> None:
    own = STUDY.impact.analyses["drivers"]
    known = dict(STUDY.indicators.indicators)
    known["drivers_rating"] = known["overall"]
    names = vocabulary(Impact(analyses={"drivers": own}))
    object.__setattr__(names, "indicators", STUDY.indicators.model_copy(update={"indicators": known}))
    found = [text for _, text in check_impact(names.impact, names)]
    assert found == ["indicators.yaml has 'drivers_rating' too; give the analysis another name"]


@pytest.mark.parametrize(
    ("slide", "said"),
    [
        ({"analysis": "driver"}, "unknown analysis 'driver'"),
        ({"analysis": "drivers", "group": "branch_north"}, "'drivers' is not made for branch_north"),
    ],
)
def test_matrix_of_what_is_not_made_is_refused(slide: dict[str, str], said: str) -> None:
    deck = DeckSpec.model_validate({"slides": [{"id": "m", "kind": "matrix", **slide}]})
    assert any(said in text for _, text in check_deck(deck, vocabulary(declared())))


@pytest.mark.parametrize(("count", "measure"), [(19, "shapley"), (20, "correlation")])
def test_auto_measure_follows_the_number_of_drivers(count: int, measure: str) -> None:
    automatic = declared(measure="auto").analyses["drivers"]
    assert automatic.used_measure(count) == measure


def test_every_indicator_holds_those_of_analyses() -> None:
    made = STUDY.every_indicator["drivers_quadrant"]
    assert (made.statistic, made.unit, made.decimals) == ("placement", "percent", 0)
    assert list(STUDY.every_indicator)[: len(STUDY.indicators.indicators)] == list(
        STUDY.indicators.indicators
    )

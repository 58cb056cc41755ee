"""What an appendix says of settings, tests, questions and names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import tiny_study
from wavedeck.figures.formats import format_number
from wavedeck.figures.methods import method_summary
from wavedeck.narrative.methods import Methods
from wavedeck.narrative.passage import Piece, read_passage
from wavedeck.study.errors import NarrativeError

PART = "visitors"


def said(speak: Callable[[Methods], str], wave: str = "2024", language: str = "en") -> tuple[str, Piece]:
    narrator = tiny_study.narrator(wave, language)
    (line,) = read_passage(speak(Methods(narrator)), narrator.sources).lines
    (piece,) = line.pieces
    return line.text, piece


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests.level", "95%"),
        ("tests.minimum_base", "5"),
        ("suppression.reliability.low_base", "12"),
        ("impact.analyses.drivers.minimum_base", "10"),
        ("impact.analyses.drivers.confidence", "80%"),
    ],
)
def test_setting_prints_what_the_study_declares(path: str, text: str) -> None:
    printed, piece = said(lambda own: own.setting(path))
    assert (printed, piece.address, piece.field) == (text, f"study/{path}", "constant")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("tests.levle", "the study has no setting 'tests.levle'; did you mean 'level'"),
        ("tests.level.low", "the study has no setting 'tests.level.low'"),
        ("tests.correction", "setting 'tests.correction' is 'holm', no number"),
        ("dummy", "setting 'dummy' is True, no number"),
        ("impact.analyses.drivers.maximum_not_applicable", "is 0.6, no whole number"),
    ],
)
def test_setting_that_is_no_number_is_refused(path: str, message: str) -> None:
    with pytest.raises(NarrativeError, match=message):
        said(lambda own: own.setting(path))


def test_declares_compares_a_setting() -> None:
    own = Methods(tiny_study.narrator())
    assert own.declares("tests.correction", "holm")
    assert not own.declares("tests.correction", "none")


def test_effective_base_is_that_of_the_figure() -> None:
    address = f"{PART}/overall/all"
    rules = tiny_study.study().settings.suppression.model_copy(update={"disclosure": None})
    store = tiny_study.assembled(suppression=rules).publishable
    narrator = replace(tiny_study.narrator(), store=store)
    printed = Methods(narrator).effective_base(address)
    ((piece,),) = (line.pieces for line in read_passage(printed, narrator.sources).lines)
    figure = store[f"{address}/2024"]
    assert piece.text == format_number(figure.effective_base or 0, 0, "en") != "0"
    assert (piece.address, piece.field) == (figure.address, "effective_base")


def test_effective_base_that_could_give_a_group_away_is_refused() -> None:
    with pytest.raises(NarrativeError, match="the study has a rule of disclosure"):
        said(lambda own: own.effective_base(f"{PART}/overall/all"))


@pytest.mark.parametrize("against", ["previous", "rest"])
def test_counts_of_tests_are_those_of_the_summary(against: str) -> None:
    store, tests = tiny_study.store(), tiny_study.study().settings.tests
    summary = method_summary(store.comparisons.values(), store.figures, tests)["waves"]["2024"][against]
    asked = {"tests": "tests_done", "expected_by_chance": "marks_expected", "marks": "marks_found"}
    for name, function in asked.items():
        printed, piece = said(lambda own, call=function: getattr(own, call)(PART, against))  # type: ignore[misc]
        assert printed == format_number(summary[name], 0, "en")
        assert (piece.address, piece.field) == (f"{PART}/2024/{against}.{name}", "method")


def test_counts_where_nothing_was_tested_are_refused() -> None:
    with pytest.raises(
        NarrativeError, match="nothing of part 'visitors' in wave 2023 was tested against 'previous'"
    ):
        said(lambda own: own.tests_done(PART), wave="2023")
    with pytest.raises(NarrativeError, match="unknown part 'vistors'; did you mean 'visitors'"):
        said(lambda own: own.tests_done("vistors"))
    with pytest.raises(NarrativeError, match="is not one of previous, stated, rest"):
        said(lambda own: own.tests_done(PART, "before"))


def test_items_are_those_asked_in_the_wave() -> None:
    now, before = (
        Methods(tiny_study.narrator(wave)).items_of(f"{PART}/service") for wave in ("2024", "2023")
    )
    assert set(before) < set(now)
    assert Methods(tiny_study.narrator()).items_of(f"{PART}/service", "unknown") == []


def test_names_that_an_appendix_prints_may_hold_digits() -> None:
    narrator = tiny_study.narrator()
    own = Methods(narrator)
    told = [own.question(f"{PART}/overall"), *own.members("activity.quiet"), own.described("all")]
    assert set(told) <= narrator.names
    assert own.members("activity.quiet") == [
        narrator.labels.category("activity", name) for name in ("read", "study")
    ]


def test_unknown_nets_and_stems_are_refused() -> None:
    own = Methods(tiny_study.narrator())
    with pytest.raises(NarrativeError, match="indicator 'activity' has no net 'quite'; did you mean 'quiet'"):
        own.members("activity.quite")
    with pytest.raises(NarrativeError, match="'overall' is not 'part/indicator'"):
        own.question("overall")
    with pytest.raises(NarrativeError, match="has no kind 'H'"):
        own.kind_label(f"{PART}/drivers", "H")

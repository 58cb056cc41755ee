from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import tiny_study
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.passage import Source, read_passage
from wavedeck.study.errors import NarrativeError, WavedeckError

ALL = "visitors/overall/all"


def told(say: Callable[[Narrator], str], narrator: Narrator | None = None) -> tuple[str, list[Source]]:
    """Return what is printed, and the sources in the order printed."""
    narrator = narrator or tiny_study.narrator()
    pieces = read_passage(f"# {say(narrator)}", narrator.sources).title.pieces
    return "".join(one.text for one in pieces), [
        Source(one.address, one.field) for one in pieces if one.address
    ]


def with_mark(sign: str) -> Narrator:
    """Return a narrator whose overall mark compares with the previous wave like this."""
    store = tiny_study.store()
    key = (f"{ALL}/2024", "previous")
    changed = {**store.comparisons, key: replace(store.comparisons[key], mark=sign)}
    return replace(tiny_study.narrator(), store=FigureStore(store.figures, changed))


@pytest.mark.parametrize(
    ("say", "printed", "source"),
    [
        (lambda n: n.fig(ALL), "7.4", ("visitors/overall/all/2024", "estimate")),
        (lambda n: n.fig(ALL, wave=-1), "7.2", ("visitors/overall/all/2023", "estimate")),
        (lambda n: n.fig(ALL, wave="first"), "7.2", ("visitors/overall/all/2023", "estimate")),
        (lambda n: n.fig(ALL, wave="stated"), "7.2", ("visitors/overall/all/2023", "estimate")),
        (
            lambda n: n.fig("visitors/activity.quiet/all"),
            "59%",
            ("visitors/activity.quiet/all/2024", "estimate"),
        ),
        (
            lambda n: n.fig("visitors/staff_gap@staff/all", signed=True),
            "+1.4",
            ("visitors/staff_gap@staff/all/2024", "estimate"),
        ),
        (lambda n: n.base(ALL), "46", ("visitors/overall/all/2024", "base")),
        (lambda n: n.diff(ALL, signed=True), "+0.2", ("visitors/overall/all/2024", "previous.difference")),
        (lambda n: n.wave_label(), "2024", ("2024", "wave")),
        (lambda n: n.fieldwork("visitors", -1), "April 2023", ("2023", "fieldwork")),
        (lambda n: n.constant("scale"), "1 to 10", ("study/constants.scale", "constant")),
    ],
)
def test_number_prints_with_its_source(
    say: Callable[[Narrator], str], printed: str, source: tuple[str, str]
) -> None:
    assert told(say) == (printed, [Source(*source)])


def test_number_prints_in_the_language_of_the_report() -> None:
    assert told(lambda n: n.fig(ALL), tiny_study.narrator(language="nl"))[0] == "7,4"


def test_difference_of_percentages_has_no_percent_sign() -> None:
    text, _ = told(lambda n: n.diff("visitors/activity.read/all"))
    assert text == "5"


def test_range_prints_both_ends() -> None:
    assert told(lambda n: n.between("visitors/overall_range")) == (
        "6.6 to 8.3",
        [Source(f"visitors/overall_range.{end}/all/2024", "estimate") for end in ("low", "high")],
    )


def test_p_value_is_the_one_that_decides() -> None:
    item = tiny_study.store().comparison(f"{ALL}/2024", "previous")
    assert item is not None
    text, sources = told(lambda n: n.p_value(ALL))
    assert float(text) == pytest.approx(item.p_adjusted, abs=5e-4)
    assert sources[0].field == "previous.p_adjusted"


@pytest.mark.parametrize(("sign", "word"), [("+", "rise"), ("-", "fall"), ("none", "same"), ("", "unknown")])
def test_change_is_told_in_a_word(sign: str, word: str) -> None:
    assert with_mark(sign).change(ALL) == word


def test_change_in_the_first_wave_is_unknown() -> None:
    assert tiny_study.narrator("2023").change(ALL) == "unknown"


@pytest.mark.parametrize(("sign", "mark"), [("+", "+"), ("-", "-"), ("none", ""), ("", "")])
def test_mark_is_a_sign_or_nothing(sign: str, mark: str) -> None:
    assert with_mark(sign).mark(ALL, against="previous") == mark


def test_shown_tells_what_may_be_printed() -> None:
    narrator = tiny_study.narrator()
    assert narrator.shown(ALL)
    assert not narrator.shown("visitors/overall/branch_east*sex_male")
    assert not narrator.shown("visitors/recommend/all", wave=-1)


def test_shown_is_false_where_the_report_has_no_such_wave() -> None:
    assert not tiny_study.narrator("2023").shown(ALL, wave=-1)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("branch_north", "North"),
        ("all", "Total"),
        ("overall", "The library as a whole"),
        ("service@wifi", "Wifi"),
        ("desk@lending", "Lending desk"),
        ("activity.quiet", "Read or study"),
        ("activity.event", "Event"),
        ("branch_east*sex_male", "East, Men"),
    ],
)
def test_label_names_what_is_meant(name: str, label: str) -> None:
    assert tiny_study.narrator().label(name) == label


@pytest.mark.parametrize(
    ("say", "message"),
    [
        (lambda n: n.fig("visitors/recommend/all", wave=-1), "is not asked and cannot be printed"),
        (lambda n: n.fig("visitors/service@shed/sex_female"), "is empty and cannot be printed"),
        (
            lambda n: n.diff("visitors/recommend/all"),
            "no difference for .*: not asked: visitors/recommend/all/2023",
        ),
        (lambda n: n.p_value("visitors/respondents/all"), "there was no test"),
        (lambda n: n.base("visitors/other_libraries/all"), "rests on no answers: it is a benchmark"),
        (lambda n: n.diff(ALL, against="last"), "against='last' is not one of previous, stated, rest"),
        (lambda n: n.constant("scael"), r"unknown constant 'scael'; did you mean 'scale'\?"),
        (lambda n: n.label("service@wfi"), r"has no item 'wfi'; did you mean 'wifi'\?"),
        (lambda n: n.label("brench_north"), r"unknown group 'brench_north'; did you mean 'branch_north'\?"),
        (lambda n: n.fieldwork("visitor"), r"unknown part 'visitor'; did you mean 'visitors'\?"),
        (lambda n: n.fig("visitors/overall/all/2024"), "names a wave"),
        (lambda n: n.marked("visitors/service", "plus"), r"sign='plus' is not one of \+, -"),
    ],
)
def test_mistake_says_what_is_wrong(say: Callable[[Narrator], str], message: str) -> None:
    with pytest.raises(WavedeckError, match=message):
        say(tiny_study.narrator())


@pytest.mark.parametrize(("language", "text"), [("en", "a, b and c"), ("nl", "a, b en c")])
def test_join_follows_the_language(language: str, text: str) -> None:
    assert tiny_study.narrator(language=language).join("abc") == text


def test_marked_lists_only_what_has_the_sign() -> None:
    narrator, store = tiny_study.narrator(), tiny_study.store()
    for sign in "+-":
        for entry in narrator.marked("visitors/overall", sign, over="branch"):
            item = store.comparison(entry.address, "rest")
            assert item is not None
            assert item.mark == sign
    assert [one.label for one in narrator.marked("visitors/overall", "-", over="branch")] == ["South"]


def test_wave_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NarrativeError, match="in the report of 2023 there is only 0"):
        tiny_study.narrator("2023").fig(ALL, wave=-1)

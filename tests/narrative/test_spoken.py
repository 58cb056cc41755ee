from __future__ import annotations

from collections.abc import Callable

import pytest

import tiny_study
from wavedeck.narrative.passage import Piece, read_passage
from wavedeck.narrative.spoken import Spoken
from wavedeck.study.errors import NarrativeError

ALL, HIGH = "visitors/overall/all", "visitors/overall_high/all"
BRANCHES = [f"visitors/overall/branch_{name}" for name in ("north", "south", "east")]


def said(speak: Callable[[Spoken], str], language: str = "en") -> tuple[str, list[Piece]]:
    narrator = tiny_study.narrator(language=language)
    (line,) = read_passage(speak(Spoken(narrator)), narrator.sources).lines
    return line.text, [piece for piece in line.pieces if piece.field]


@pytest.mark.parametrize(
    ("speak", "text", "address", "field"),
    [
        (lambda s: s.fraction(HIGH), "half", f"{HIGH}/2024", "fraction"),
        (lambda s: s.fraction(HIGH, of="visitors"), "half of the visitors", f"{HIGH}/2024", "fraction"),
        (lambda s: s.half("visitors/overall_high/branch_north"), "more than half", None, "fraction"),
        (lambda s: s.verdict(ALL), "comfortable pass", f"{ALL}/2024", "verdict"),
        (lambda s: s.verdict(ALL, "high_mark"), "fail", f"{ALL}/2024", "verdict"),
        (lambda s: s.in_words("visitors/respondents/branch_east"), "seven", None, "estimate"),
        (lambda s: s.in_words(ALL), "7.4", f"{ALL}/2024", "estimate"),
        (lambda s: s.const_words("branches"), "three", "study/constants.branches", "constant"),
        (lambda s: s.wave_ordinal(), "second", "2024", "wave"),
    ],
)
def test_words_note_their_source(
    speak: Callable[[Spoken], str], text: str, address: str | None, field: str
) -> None:
    printed, pieces = said(speak)
    assert printed == text
    assert [piece.field for piece in pieces] == [field]
    assert address in (None, pieces[0].address)


def test_fraction_of_a_mark_is_refused() -> None:
    with pytest.raises(NarrativeError, match="is no share; a fraction in words needs a percentage"):
        said(lambda s: s.fraction(ALL))


def test_words_of_a_hidden_figure_are_refused() -> None:
    with pytest.raises(NarrativeError, match="is suppressed and cannot be printed; guard it with shown"):
        said(lambda s: s.verdict("visitors/overall/branch_east*sex_male"))


def test_span_prints_lowest_and_highest_each_with_its_address() -> None:
    text, pieces = said(lambda s: s.span(BRANCHES))
    assert text == "6.6 to 8.3"
    assert [piece.address for piece in pieces] == [f"{BRANCHES[1]}/2024", f"{BRANCHES[2]}/2024"]
    assert said(lambda s: s.span(BRANCHES, style="between"))[0] == "between 6.6 and 8.3"
    assert said(lambda s: s.span(BRANCHES, style="between"), "nl")[0] == "tussen 6,6 en 8,3"


def test_span_of_figures_that_print_alike_is_one_figure() -> None:
    assert said(lambda s: s.span([f"visitors/overall/sex_{sex}" for sex in ("female", "male")]))[0] == "7.4"


def test_span_takes_entries_of_a_ranking() -> None:
    assert said(lambda s: s.span(s.narrator.highest("visitors/service", n=9)))[0] == "2.8 to 4.3"


def test_list_is_counted_with_its_noun_and_address() -> None:
    text, pieces = said(lambda s: s.counted(s.narrator.highest("visitors/service", n=2), "one", "services"))
    assert (text, pieces[0].field) == ("two services", "counted")
    assert pieces[0].address == "visitors/service@staff/all/2024"


def test_form_follows_the_number() -> None:
    own = Spoken(tiny_study.narrator())
    assert [own.plural(count, "rises", "rise") for count in (0, 1, 2)] == ["rise", "rises", "rise"]
    assert own.plural(["a"], "rises", "rise") == "rises"


def test_list_of_entries_has_small_letters_and_figures() -> None:
    text, pieces = said(lambda s: s.listed(s.narrator.highest("visitors/service", n=2)))
    assert text == "staff (4.3) and bicycle shed (3.6)"
    assert len(pieces) == 2
    assert said(lambda s: s.listed(s.narrator.highest("visitors/service", n=2), figures=False))[0] == (
        "staff and bicycle shed"
    )


@pytest.mark.parametrize(
    ("text", "capital", "small"),
    [
        ("bijna", "Bijna", "bijna"),
        ("IND-loket", "IND-loket", "IND-loket"),
        ("E-mail", "E-mail", "e-mail"),
        ("", "", ""),
        ("**vet** en", "**Vet** en", "**vet** en"),
    ],
)
def test_first_letter(text: str, capital: str, small: str) -> None:
    own = Spoken(tiny_study.narrator())
    assert (own.capital(text), own.lower(text)) == (capital, small)


def test_capital_leaves_the_source_of_a_figure_alone() -> None:
    text, pieces = said(lambda s: s.capital(s.fraction(HIGH)))
    assert (text, pieces[0].address) == ("Half", f"{HIGH}/2024")

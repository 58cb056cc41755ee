from __future__ import annotations

import pytest

from wavedeck.narrative.fractions import fraction_in_words, fraction_value, half_in_words, nearest
from wavedeck.study.errors import NarrativeError


# Shares as two published reports put them into words, and what the rule makes of the same share.
@pytest.mark.parametrize(
    ("percent", "dutch", "english"),
    [
        (10, "een op de tien", "one in ten"),
        (11, "ongeveer een op de tien", "about one in ten"),
        (19, "ongeveer een vijfde", "about a fifth"),
        (20, "een vijfde", "a fifth"),
        (22, "ruim een vijfde", "over a fifth"),
        (25, "een kwart", "a quarter"),
        (26, "ongeveer een kwart", "about a quarter"),
        (33, "een derde", "a third"),
        (34, "ongeveer een derde", "about a third"),
        (35, "ruim een derde", "over a third"),
        (37, "bijna vier op de tien", "nearly four in ten"),
        (40, "vier op de tien", "four in ten"),
        (42, "ruim vier op de tien", "over four in ten"),
        (43, "ruim vier op de tien", "over four in ten"),
        (45, "bijna de helft", "nearly half"),
        (48, "bijna de helft", "nearly half"),
        (50, "de helft", "half"),
        (52, "ruim de helft", "over half"),
        (54, "ruim de helft", "over half"),
        (57, "bijna zes op de tien", "nearly six in ten"),
        (60, "zes op de tien", "six in ten"),
        (64, "bijna twee derde", "nearly two thirds"),
        (66.7, "twee derde", "two thirds"),
        (70, "zeven op de tien", "seven in ten"),
        (73, "bijna driekwart", "nearly three quarters"),
        (76, "ongeveer driekwart", "about three quarters"),
        (77, "ruim driekwart", "over three quarters"),
        (89, "ongeveer negen op de tien", "about nine in ten"),
        (95, "bijna allemaal", "nearly all"),
        (99.8, "bijna allemaal", "nearly all"),
        (100, "allemaal", "all"),
        (1, "vrijwel niemand", "hardly any"),
        (0, "niemand", "none"),
    ],
)
def test_fraction_of_a_share(percent: float, dutch: str, english: str) -> None:
    assert fraction_in_words(percent, "nl") == dutch
    assert fraction_in_words(percent, "en") == english


@pytest.mark.parametrize("percent", [step / 4 for step in range(401)])
def test_word_before_a_fraction_says_on_which_side_of_it_the_share_lies(percent: float) -> None:
    named = nearest(percent)
    away = percent - float(100 * named.fraction)
    assert abs(away) <= 5
    expected = {"above": away > 1.5, "below": away < -1.5 or named.fraction == 1, "about": abs(away) <= 1.5}
    assert expected.get(named.distance, abs(away) <= 0.5)


def test_unrounded_share_decides() -> None:
    assert fraction_in_words(25.49, "nl") == "een kwart"
    assert fraction_in_words(25.51, "nl") == "ongeveer een kwart"
    assert fraction_in_words(28.4999, "en") == "nearly three in ten"


@pytest.mark.parametrize(
    ("percent", "dutch", "english"),
    [
        (60, "zes op de tien klanten", "six in ten klanten"),
        (25, "een kwart van de klanten", "a quarter of the klanten"),
        (52, "ruim de helft van de klanten", "over half of the klanten"),
        (97, "bijna alle klanten", "nearly all klanten"),
        (0, "geen klanten", "no klanten"),
        (2, "vrijwel geen klanten", "hardly any klanten"),
    ],
)
def test_noun_stands_as_the_fraction_wants(percent: float, dutch: str, english: str) -> None:
    assert fraction_in_words(percent, "nl", of="klanten") == dutch
    assert fraction_in_words(percent, "en", of="klanten") == english


def test_preferred_fraction_holds_until_eight_points_away() -> None:
    assert fraction_in_words(57, "nl", prefer="1/2") == "ruim de helft"
    assert fraction_in_words(58.5, "nl", prefer="1/2") == "ongeveer zes op de tien"
    assert fraction_in_words(93, "nl", prefer="1") == "bijna allemaal"


@pytest.mark.parametrize("prefer", ["3/8", "half", "1/0"])
def test_preferred_fraction_without_a_name_is_refused(prefer: str) -> None:
    with pytest.raises(NarrativeError, match="is no fraction that has a name; there are 1, 1/2"):
        fraction_in_words(40, "nl", prefer=prefer)


def test_language_without_words_is_refused() -> None:
    with pytest.raises(NarrativeError, match="no fractions in words for language 'de'"):
        fraction_in_words(40, "de")


@pytest.mark.parametrize(
    ("percent", "words"), [(50.6, "meer dan de helft"), (50.5, "de helft"), (49.4, "minder dan de helft")]
)
def test_half(percent: float, words: str) -> None:
    assert half_in_words(percent, "nl") == words


def test_all_and_half_give_their_percentage_back() -> None:
    assert fraction_value("bijna allemaal", "nl") == fraction_value("bijna alle klanten", "nl") == 100
    assert fraction_value("meer dan de helft", "nl") == 50
    assert fraction_value("vrijwel niemand", "nl") is None


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("percent", [5, 10, 20, 25, 30, 100 / 3, 40, 50, 60, 200 / 3, 70, 75, 80, 90])
def test_printed_fraction_gives_its_percentage_back(percent: float, language: str) -> None:
    assert fraction_value(fraction_in_words(percent, language), language) == pytest.approx(percent)
    assert fraction_value(fraction_in_words(percent + 1, language, of="x"), language) == pytest.approx(
        percent
    )

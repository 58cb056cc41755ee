"""Figures in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wavedeck.audit.verify.words import fits, is_verdict
from wavedeck.narrative.fractions import fraction_in_words, half_in_words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_texts_say_of_a_share_fits_it(language: str) -> None:
    for tenth in range(1001):
        percent = tenth / 10
        assert fits(fraction_in_words(percent, language, of="x"), percent, language), percent
        assert fits(half_in_words(percent, language), percent, language), percent


@pytest.mark.parametrize("percent", [20.0, 35.0, 48.0, 52.0, 71.0])
def test_fraction_of_another_share_does_not_fit(percent: float) -> None:
    assert not fits(fraction_in_words(percent, "en"), percent + 9, "en")


def test_fraction_on_the_wrong_side_does_not_fit() -> None:
    assert not fits("ruim een derde", 31.0, "nl")
    assert not fits("bijna een derde", 35.0, "nl")


@pytest.mark.parametrize(
    ("words", "mark", "right"),
    [("voldoende", "6.7", True), ("onvoldoende", "6.0", False), ("krappe voldoende", "6.0", True)],
)
def test_verdict_is_that_of_the_mark(words: str, mark: str, right: bool) -> None:
    assert is_verdict(words, Decimal(mark), Decimal(6)) is right

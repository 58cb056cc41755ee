from __future__ import annotations

from decimal import Decimal

import pytest

from wavedeck.audit.numbers import fraction_in, numbers_in


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("7,7", "nl", "7.7"),
        ("7.7", "en", "7.7"),
        ("7,0", "nl", "7"),
        ("67%", "nl", "67"),
        ("33%°", "en", "33"),
        ("°7,1", "nl", "7.1"),
        ("3.500", "nl", "3500"),
        ("1.234.567", "nl", "1234567"),
        ("3,500", "en", "3500"),
        ("−29", "nl", "-29"),
        ("+0,4", "nl", "0.4"),
        ("(n = 587)", "nl", "587"),
        ("twaalf", "nl", "12"),
        ("één", "nl", "1"),
        ("ten", "en", "10"),
        ("31,6 duizend", "nl", "31600"),
        ("31,6 duizend", "nl", "31.6"),
        ("2 million", "en", "2000000"),
    ],
)
def test_number_is_read_in_the_language_of_the_report(text: str, language: str, number: str) -> None:
    assert Decimal(number) in numbers_in(text, language)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("67%", "nl", "66.7"),
        ("7,7", "en", "7.7"),
        ("3.500", "en", "3500"),
        ("7.7", "nl", "7.7"),
        ("–", "nl", "0"),
    ],
)
def test_number_is_not_read_otherwise(text: str, language: str, number: str) -> None:
    assert Decimal(number) not in numbers_in(text, language)


def test_fraction_in_words_has_a_percentage() -> None:
    assert fraction_in("ruim twee derde van de klanten", "nl") == pytest.approx(200 / 3)
    assert fraction_in("a quarter", "en") == 25
    assert fraction_in("ein Viertel", "de") is None
    assert fraction_in("soms", "nl") is None

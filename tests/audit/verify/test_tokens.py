"""What counts as a number in a text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wavedeck.audit.verify.tokens import decimals_of, has_number, tokens, value_of


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Een 7,7, tegen 7,4 in 2011.", "nl", ["7,7", "7,4", "2011"]),
        ("2.831 van de 12.000", "nl", ["2.831", "12.000"]),
        ("a gap of −1.0 (+0.6)", "en", ["−1.0", "+0.6"]),
        ("n = 19–26, 3-5", "en", ["19", "26", "3", "5"]),
        ("▲ 8,0 en 35 %", "nl", ["▲", "8,0", "35 %"]),
        ("½ of them, n²", "en", ["½", "²"]),
        ("no number at all", "en", []),
    ],
)
def test_tokens_of_a_text(text: str, language: str, found: list[str]) -> None:
    assert [one.text for one in tokens(text, language)] == found


def test_value_needs_the_marks_of_its_language() -> None:
    assert value_of("7,7", "nl") == Decimal("7.7")
    assert value_of("7.7", "nl") is None
    assert value_of("°7.7", "en") == Decimal("7.7")
    assert value_of("ten", "en") is None


def test_decimals_are_those_printed() -> None:
    assert (decimals_of("7.70", "en"), decimals_of("35%", "en"), decimals_of("2,831", "en")) == (2, 0, 0)


def test_digits_of_other_scripts_count_as_numbers() -> None:
    assert has_number("٣")
    assert not has_number("drie")

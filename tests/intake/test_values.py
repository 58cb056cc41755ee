from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.intake.values import RawValue, shortest


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3.0), (" 3.0 ", 3.0), ("-2.5", -2.5), (".5", 0.5), ("1e3", 1000.0), ("3,5", None), ("", None)],
)
def test_number_reads_plain_numbers_only(text: str, number: float | None) -> None:
    assert RawValue(text).number() == number


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "1 000", "0x10", "1,234.5"])
def test_number_refuses_what_python_would_take(text: str) -> None:
    assert RawValue(text, decimal=",").number() is None


def test_number_reads_decimal_commas_where_the_file_has_them() -> None:
    assert RawValue("0,9876", decimal=",").number() == 0.9876


def test_spellings_start_with_the_exact_text_and_end_with_the_label() -> None:
    assert list(RawValue(" 3.0", label="Good").spellings()) == [" 3.0", "3.0", "3", "Good"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_shortest_text_spells_the_same_number(number: float) -> None:
    assert float(shortest(number)) == number

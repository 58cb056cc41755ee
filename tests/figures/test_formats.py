from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.figures.formats import format_figure, format_number, format_p, number_code, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (28.499999999999996, 0, "29"),
        (28.5, 0, "29"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (7.65, 1, "7.7"),
        (1.005, 2, "1.01"),
        (28.4999, 0, "28"),
        (-0.04, 1, "0.0"),
    ],
)
def test_rounding_half_goes_up(value: float, decimals: int, rounded: str) -> None:
    assert str(round_half_up(value, decimals)) == rounded


@given(st.integers(-10_000, 10_000), st.integers(0, 3))
def test_rounding_of_a_tie_goes_away_from_zero(units: int, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    tie = float((Decimal(units) + (Decimal("0.5") if units >= 0 else Decimal("-0.5"))) * step)
    assert round_half_up(tie, decimals) == (Decimal(units) + (1 if units >= 0 else -1)) * step


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_rounding_moves_by_half_a_step_at_most(value: float, decimals: int) -> None:
    assert abs(float(round_half_up(value, decimals)) - value) <= 0.5 * 10**-decimals + 1e-8


@pytest.mark.parametrize(
    ("language", "unit", "value", "printed"),
    [
        ("nl", "mark", 7.65, "7,7"),
        ("en", "mark", 7.65, "7.7"),
        ("nl", "percent", 34.5, "35%"),
        ("nl", "count", 2831.0, "2.831"),
        ("en", "count", 2831.0, "2,831"),
        ("en", "nps", -12.4, "\N{MINUS SIGN}12"),
        ("nl", "points", -0.04, "0,0"),
    ],
)
def test_figure_prints_as_the_language_does(language: str, unit: str, value: float, printed: str) -> None:
    assert format_figure(value, unit, None, language) == printed


def test_signed_number_has_its_sign_and_zero_has_none() -> None:
    signed = [format_number(value, 1, "nl", signed=True) for value in (0.21, -0.21, 0.04, -0.04)]
    assert signed == ["+0,2", "\N{MINUS SIGN}0,2", "0,0", "0,0"]


def test_p_value_below_the_smallest_is_said_so() -> None:
    assert [format_p(value, "en") for value in (0.0004, 0.001, 0.04567)] == ["< 0.001", "0.001", "0.046"]


@pytest.mark.parametrize(("unit", "code"), [("percent", '0"%"'), ("mark", "0.0"), ("count", "#,##0")])
def test_number_code_follows_the_unit(unit: str, code: str) -> None:
    assert number_code(unit, None) == code

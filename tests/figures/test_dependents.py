from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from tiny_study import PART
from wavedeck.figures.dependents import hide_dependents


@pytest.mark.parametrize("side", ["service@staff", "service@opening"])
def test_difference_goes_with_either_side(side: str) -> None:
    figures = [
        replace(one, state="suppressed") if one.address == f"{PART}/{side}/sex_male/2024" else one
        for one in tiny_study.estimates("2024").figures
    ]
    judged = {one.address: one.state for one in hide_dependents(figures, [tiny_study.recipe("2024")])}
    assert judged[f"{PART}/staff_gap@staff/sex_male/2024"] == "suppressed"
    assert judged[f"{PART}/staff_gap@staff/sex_female/2024"] == "shown"

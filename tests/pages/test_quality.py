"""Counts that may leave the house, and those that may not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import tiny_study
from wavedeck.pages.quality import certificate_of, counted, public_count, reasons_of
from wavedeck.study.cleaning import Cleaning

CERTIFICATE = {
    "method": "cell",
    "respondents": 54,
    "unplaced": 2,
    "effective_base": 53.5,
    "deff": 1.01,
    "efficiency": 0.99,
    "minimum": 0.7,
    "maximum": 1.1,
    "largest_deviation": 0.0,
    "proof": [{"holds": True}, {"holds": False}],
}


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(CERTIFICATE), encoding="utf-8")
    return path


def test_counts_come_most_frequent_first_and_ties_by_name() -> None:
    rows = [("b",), ("a",), ("c",), ("c",)]
    assert counted(rows, 0) == [["c", 2], ["a", 1], ["b", 1]]


@pytest.mark.parametrize(("count", "least", "said"), [(2, 3, "<3"), (3, 3, 3), (1, 0, 1)])
def test_small_count_says_only_what_it_stays_under(count: int, least: int, said: int | str) -> None:
    assert public_count(count, least) == said


def test_certificate_counts_margins_that_hold(certificate: Path) -> None:
    cells = [{"category": "north", "target": 0.5, "respondents": 26}]
    found = certificate_of(certificate, {"cells": cells}, 0)
    assert found["proof"] == {"holds": 1, "all": 2}
    assert found["rows"] == cells
    assert found["minimum"] == 0.7


def test_certificate_hides_the_spread_of_weights_with_the_cells(certificate: Path) -> None:
    weighting = {"cells": [{"category": "north", "target": 0.5}], "withheld": "a cell is small"}
    found = certificate_of(certificate, weighting, 3)
    assert found["withheld"] == "a cell is small"
    assert found["unplaced"] == "<3"
    assert not {"minimum", "maximum", "deff", "efficiency", "effective_base"} & set(found)


def test_reason_of_a_rule_that_picks_a_person_is_not_said() -> None:
    rules = [
        {"id": "empty", "where": {"not": {"answered": ["remark"]}}, "action": "drop", "reason": "Empty."},
        {"id": "one", "where": {"respondent": "24004"}, "action": "drop", "reason": "Mrs Quibble withdrew."},
        {"id": "all", "variable": "age", "action": "set_missing", "reason": "Asked wrongly."},
    ]
    study = replace(tiny_study.study(), cleaning=Cleaning.model_validate({"rules": rules}))
    assert reasons_of(study) == {"empty": "Empty.", "all": "Asked wrongly."}

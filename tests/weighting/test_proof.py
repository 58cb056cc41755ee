"""The proof finds what raking code could get wrong, and shares nothing with it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from wavedeck.weighting import proof
from wavedeck.weighting.errors import MarginsMissedError
from wavedeck.weighting.proof import prove_margins

LABELS = {"sex": ["m", "f", "f", None]}
TARGETS = {"sex": {"m": 50, "f": 50}}


def test_proof_holds() -> None:
    rows = prove_margins([2.0, 1.0, 1.0, 9.0], LABELS, TARGETS)
    assert [(row.category, row.achieved, row.holds) for row in rows] == [("m", 0.5, True), ("f", 0.5, True)]


def test_proof_names_every_miss() -> None:
    with pytest.raises(MarginsMissedError, match=r"2 weighted shares.*sex=m: 0.333333 for 0.500000; sex=f"):
        prove_margins([1.0, 1.0, 1.0, 1.0], LABELS, TARGETS)


def test_proof_finds_a_category_without_target() -> None:
    with pytest.raises(MarginsMissedError, match="sex=x"):
        prove_margins([2.0, 1.0, 1.0, 1.0], {"sex": ["m", "f", "f", "x"]}, TARGETS)


def test_proof_of_no_weight_at_all() -> None:
    with pytest.raises(MarginsMissedError, match="no respondent"):
        prove_margins([0.0, 0.0, 0.0, 1.0], LABELS, TARGETS)


def test_proof_imports_nothing_that_rakes() -> None:
    tree = ast.parse(Path(proof.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imported if module and module.startswith("wavedeck")}
    assert ours == {"wavedeck.weighting.errors"}

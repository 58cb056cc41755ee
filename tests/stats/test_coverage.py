"""A small run of the simulations in benchmarks/coverage.py: fixed seeds, wide margins."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "coverage.py"


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["equal weights", "uneven weights", "strata", "clusters"])
def test_coverage_and_false_positives(coverage: ModuleType, name: str) -> None:
    rates = coverage.simulate(name, samples=1500, seed=3)
    assert rates.samples == 1500
    assert 0.933 <= rates.coverage <= 0.967
    assert rates.decided[110] <= 0.075
    assert rates.decided[50] <= 0.078
    assert rates.decided[30] <= 0.09
    assert rates.decided[30] < rates.survey[30]


@pytest.mark.parametrize("name", ["raked"])
def test_coverage_after_raking(coverage: ModuleType, name: str) -> None:
    rates = coverage.simulate(name, samples=250, seed=3)
    assert 0.9 <= rates.coverage <= 0.99
    assert rates.decided[50] <= 0.1


def test_false_positives_of_rare_answers_in_small_groups(coverage: ModuleType) -> None:
    rates = coverage.simulate("rare yes (8 %)", samples=1500, seed=3)
    for size in (30, 20, 10):
        assert rates.decided[size] <= 0.05 < rates.survey[size]

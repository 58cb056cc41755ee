"""What the method appendix says of the tests of a study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import tiny_study
from wavedeck.figures.methods import method_summary, write_methods
from wavedeck.study import settings


def summary(**tests: object) -> dict[str, Any]:
    declared = settings.Tests.model_validate(tests)
    store = tiny_study.assembled(tests=declared).publishable
    return method_summary(store.comparisons.values(), store.figures, declared)


def test_method_summary_states_what_the_study_declares() -> None:
    said = summary(level=0.1, correction="holm", minimum_base=40, minimum_difference={"mark": 0.2})
    names = ("level", "sides", "correction", "minimum_base", "minimum_difference")
    assert [said[name] for name in names] == [0.1, 2, "holm", 40, {"mark": 0.2}]
    assert "Welch" in said["decision"]


def test_method_summary_counts_every_comparison_once() -> None:
    store, declared = tiny_study.store(), tiny_study.study().settings.tests
    said = method_summary(store.comparisons.values(), store.figures, declared)
    for kind, counts in said["kinds"].items():
        items = [item for item in store.comparisons.values() if item.kind == kind]
        assert counts["comparisons"] == len(items) == counts["tests"] + sum(counts["untested"].values())
        assert counts["tests"] == sum(item.decision_p is not None for item in items) > 0
    assert sum(counts["comparisons"] for counts in said["kinds"].values()) == len(store.comparisons)


def test_method_summary_of_waves_adds_up_to_that_of_all() -> None:
    said = summary()
    assert set(said["waves"]) == {"2023", "2024"}
    for kind, counts in said["kinds"].items():
        for name in ("tests", "marks", "below_level", "expected_by_chance"):
            parts = [wave[kind][name] for wave in said["waves"].values() if kind in wave]
            assert sum(parts) == pytest.approx(counts[name])


def test_method_summary_chance_follows_tests_and_level() -> None:
    for level in (0.05, 0.2):
        for counts in summary(level=level)["kinds"].values():
            assert counts["expected_by_chance"] == pytest.approx(level * counts["tests"])
            assert counts["marks"] == counts["below_level"]


def test_method_summary_correction_takes_marks_and_no_tests() -> None:
    plain, corrected = summary(level=0.2)["kinds"], summary(level=0.2, correction="bonferroni")["kinds"]
    for kind, counts in plain.items():
        assert corrected[kind]["tests"] == counts["tests"]
        assert corrected[kind]["below_level"] == counts["below_level"]
    assert sum(one["marks"] for one in corrected.values()) < sum(one["marks"] for one in plain.values())


def test_method_summary_names_reasons_without_figures() -> None:
    reasons = {reason for counts in summary()["kinds"].values() for reason in counts["untested"]}
    assert "a count is not tested" in reasons
    assert "not asked" in reasons
    assert not any("/" in reason for reason in reasons)


def test_methods_are_written_alike_each_time(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        write_methods(summary(), tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("one.json", "two.json"))
    assert first == second
    assert json.loads(first) == summary()

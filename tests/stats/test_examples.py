"""The examples in docstrings run and say what is true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import wavedeck.stats
import wavedeck.weighting

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (wavedeck.stats, wavedeck.weighting)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_examples_are_many() -> None:
    modules = [importlib.import_module(name) for name in MODULES]
    assert sum(len(test.examples) for m in modules for test in doctest.DocTestFinder().find(m)) > 20

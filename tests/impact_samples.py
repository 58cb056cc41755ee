"""Respondents made for the tests of impact: drivers that share a mood, an outcome with known slopes."""

from __future__ import annotations

import numpy as np

from wavedeck.stats.design import Design

SLOPES = np.array([0.5, 0.3, 0.15, 0.0, 0.25])


def answers(n: int = 400, *, slopes: np.ndarray = SLOPES, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return drivers (n, p) and outcome (n,)."""
    rng = np.random.default_rng(seed)
    x = 7 + 0.7 * rng.normal(size=(n, 1)) + rng.normal(size=(n, len(slopes)))
    return x, x @ slopes + rng.normal(size=n)


def design(n: int = 400, *, seed: int = 1) -> Design:
    """Return a stratified design with uneven weights."""
    rng = np.random.default_rng(seed + 100)
    return Design(rng.uniform(0.4, 2.0, n), strata=rng.integers(0, 4, n))


def correlation(p: int, *, seed: int = 1, n: int = 300) -> np.ndarray:
    """Return a correlation matrix of p drivers and an outcome."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p)) + rng.normal(size=(n, 1))
    y = x @ rng.uniform(0, 1, p) + 2 * rng.normal(size=n)
    return np.corrcoef(np.column_stack([x, y]).T)

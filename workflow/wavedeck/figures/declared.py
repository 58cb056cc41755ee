"""Figures that need no average: counts, gross sample, response rates, outside benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from wavedeck.figures.columns import PERCENT
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.study.indicators import (
    BenchmarkIndicator,
    CountIndicator,
    GrossIndicator,
    Indicator,
    ResponseRateIndicator,
)


def declared_figures(masks: Mapping[str, np.ndarray], recipe: Recipe) -> list[Figure]:
    """Return counts, gross sample, response rates and outside benchmarks of one wave of one part.

    Parameters
    ----------
    masks
        Group -> shape (n,), boolean.
    """
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, CountIndicator):
            found += _counts(name, spec, masks, recipe)
        elif isinstance(spec, GrossIndicator | ResponseRateIndicator | BenchmarkIndicator):
            found.append(
                recipe.named(name, "", "", "all", spec, **_values(spec, int(masks["all"].sum()), recipe))
            )
    return found


def _counts(
    name: str, spec: CountIndicator, masks: Mapping[str, np.ndarray], recipe: Recipe
) -> Iterator[Figure]:
    for group in recipe.expand(spec.groups):
        size = float(masks[group].sum())
        yield recipe.named(name, "", "", group, spec, estimate=size, base=size)


def _values(spec: Indicator, respondents: int, recipe: Recipe) -> dict[str, object]:
    if isinstance(spec, BenchmarkIndicator):
        return _known(spec.values.get(recipe.wave))
    if recipe.gross is None or isinstance(spec, GrossIndicator):
        return _known(None if recipe.gross is None else float(recipe.gross))
    return {"estimate": PERCENT * respondents / recipe.gross, "base": float(recipe.gross)}


def _known(value: float | None) -> dict[str, object]:
    return {"state": "not_asked"} if value is None else {"estimate": value}

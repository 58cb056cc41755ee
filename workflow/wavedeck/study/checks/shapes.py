"""Which items and categories the figures of an indicator have."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.study.checks.vocabulary import AnyIndicator, Vocabulary
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import (
    BenchmarkIndicator,
    CompositionIndicator,
    DifferenceIndicator,
    DistributionIndicator,
    MultipleIndicator,
    RangeIndicator,
)

RANGE_CATEGORIES = ("low", "high", "width")


@dataclass(frozen=True)
class Extent:
    """Items and categories of an indicator's figures, empty where it has none."""

    items: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def extent(indicator: AnyIndicator, names: Vocabulary) -> Extent:
    """Return the items and categories that addresses of an indicator may have."""
    match indicator:
        case ImpactIndicator():
            return Extent(indicator.items, tuple(indicator.named))
        case RangeIndicator():
            return Extent(categories=RANGE_CATEGORIES)
        case CompositionIndicator():
            return Extent(categories=_groups(indicator, names))
        case DifferenceIndicator():
            return _of_difference(indicator, names)
        case BenchmarkIndicator():
            return Extent()
        case _:
            return _of_variable(indicator, names) if hasattr(indicator, "variable") else Extent()


def _of_variable(indicator: AnyIndicator, names: Vocabulary) -> Extent:
    name = str(getattr(indicator, "variable", ""))
    variable = names.codebook.variables.get(name)
    if variable is None:
        return Extent()
    loop, items = tuple(names.codebook.loops[variable.loop]) if variable.loop else (), tuple(variable.items)
    if loop and items:
        return Extent(loop, items)
    asked = next((known for key, known in names.asked.items() if key.split("@")[0] == name), None)
    categories: tuple[str, ...] = ()
    if asked and isinstance(indicator, DistributionIndicator | MultipleIndicator):
        categories = (*asked.categories, *indicator.nets)
    return Extent(loop or items, categories)


def _of_difference(indicator: DifferenceIndicator, names: Vocabulary) -> Extent:
    stem, _, category = indicator.of.partition(".")
    name, _, item = stem.partition("@")
    of = names.indicators.indicators.get(name)
    if of is None or isinstance(of, DifferenceIndicator):
        return Extent()
    whole = extent(of, names)
    return Extent((item,) if item else whole.items, (category,) if category else whole.categories)


def _groups(indicator: CompositionIndicator, names: Vocabulary) -> tuple[str, ...]:
    found = [names.expand(indicator.of, part) or () for part in indicator.parts or names.parts]
    return tuple(dict.fromkeys(name for groups in found for name in groups))

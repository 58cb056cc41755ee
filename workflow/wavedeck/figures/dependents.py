"""Differences whose sides may not be shown: with one side, a difference would give the other away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.study.address import Address
from wavedeck.study.indicators import DifferenceIndicator


def hide_dependents(figures: Sequence[Figure], recipes: Sequence[Recipe]) -> list[Figure]:
    """Return the figures, with differences suppressed where one of their sides is."""
    specs = {
        (recipe.part, name): spec
        for recipe in recipes
        for name, spec in recipe.active_indicators()
        if isinstance(spec, DifferenceIndicator)
    }
    states = {figure.address: figure.state for figure in figures}
    return [
        _hidden_with_sides(figure, specs.get((figure.part, figure.indicator)), states) for figure in figures
    ]


def _hidden_with_sides(figure: Figure, spec: DifferenceIndicator | None, states: Mapping[str, str]) -> Figure:
    if spec is None or not figure.is_shown:
        return figure
    sides = [address for side in (spec.of, spec.minus) for address in _addresses(side, figure)]
    hidden = any(states.get(address) == "suppressed" for address in sides)
    return replace(figure, state="suppressed") if hidden else figure


def _addresses(reference: str, figure: Figure) -> Iterator[str]:
    """Yield the addresses that a side may have: item and category as named, as the figure has, or none."""
    stem, _, category = reference.partition(".")
    indicator, _, item = stem.partition("@")
    for own_item in {item} if item else {figure.item, ""}:
        for own_category in {category} if category else {figure.category, ""}:
            yield str(Address(figure.part, indicator, own_item, own_category, figure.group, figure.wave))

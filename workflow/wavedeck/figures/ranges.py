"""Ranges: the lowest and highest figure of a set, and the gap between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.study.indicators import RangeIndicator


def range_figures(figures: Sequence[Figure], recipe: Recipe) -> list[Figure]:
    """Return low, high and width of each declared range in one wave of one part.

    Only figures that may be shown count, so that no range rests on a suppressed one.

    Parameters
    ----------
    figures
        Figures of that wave and part, with the states that the rules gave them.
    """
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, RangeIndicator):
            for group, members in _sets(spec, figures, recipe):
                found += _range(name, spec, group, members, recipe)
    return found


def _sets(
    spec: RangeIndicator, figures: Sequence[Figure], recipe: Recipe
) -> Iterator[tuple[str, list[Figure]]]:
    stem, _, category = spec.of.partition(".")
    indicator, _, item = stem.partition("@")
    chosen = [figure for figure in figures if figure.indicator == indicator]
    if isinstance(spec.over, list):
        groups = recipe.expand(spec.over)
        named = (item, category)
        yield "all", [one for one in chosen if one.group in groups and (one.item, one.category) == named]
        return
    for group in recipe.expand(spec.groups):
        yield group, [one for one in chosen if one.group == group and _fits(one, item, category)]


def _fits(figure: Figure, item: str, category: str) -> bool:
    return item in ("", figure.item) and category in ("", figure.category)


def _range(
    name: str, spec: RangeIndicator, group: str, members: Sequence[Figure], recipe: Recipe
) -> Iterator[Figure]:
    estimates = [figure.estimate for figure in members if figure.is_shown and figure.estimate is not None]
    if not estimates:
        for end in ("low", "high", "width"):
            yield recipe.named(
                name, "", end, group, spec, state="not_asked" if not members else members[0].state
            )
        return
    low, high = min(estimates), max(estimates)
    bases = [figure.base for figure in members if figure.is_shown and figure.base is not None]
    for end, value in (("low", low), ("high", high), ("width", high - low)):
        yield recipe.named(name, "", end, group, spec, estimate=value, base=min(bases, default=None))

"""Ranges: the lowest and highest figure of a set, and the gap between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.study.indicators import RangeIndicator

RANGE_ENDS = ("low", "high", "width")
HIDING = ("suppressed", "failed", "not_comparable", "empty", "not_asked")


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
    nets = getattr(recipe.indicators[indicator], "nets", {}) if not category else {}
    members = [figure for figure in chosen if figure.category not in nets]
    for group in recipe.expand(spec.groups):
        yield group, [one for one in members if one.group == group and _fits(one, item, category)]


def _fits(figure: Figure, item: str, category: str) -> bool:
    return item in ("", figure.item) and category in ("", figure.category)


def _range(
    name: str, spec: RangeIndicator, group: str, members: Sequence[Figure], recipe: Recipe
) -> Iterator[Figure]:
    ordered = sorted((one for one in members if one.is_shown), key=_estimate)
    if not ordered:
        for end in RANGE_ENDS:
            yield recipe.named(name, "", end, group, spec, state=_state(members))
        return
    low, high = ordered[0], ordered[-1]
    width = _estimate(high) - _estimate(low)
    for end, value, ends in (
        ("low", _estimate(low), [low]),
        ("high", _estimate(high), [high]),
        ("width", width, [low, high]),
    ):
        base = min((one.base for one in ends if one.base is not None), default=None)
        state = "low_base" if any(one.state == "low_base" for one in ends) else "shown"
        yield recipe.named(name, "", end, group, spec, state=state, estimate=value, base=base)


def _estimate(figure: Figure) -> float:
    return figure.estimate or 0.0


def _state(members: Sequence[Figure]) -> str:
    states = {figure.state for figure in members}
    return next((state for state in HIDING if state in states), "not_asked")

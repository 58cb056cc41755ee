"""Which items and categories an indicator has figures for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wavedeck.figures.columns import category_names
from wavedeck.figures.ranges import RANGE_ENDS
from wavedeck.render.compose.context import Context
from wavedeck.study.deck import Selection
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import CompositionIndicator, DifferenceIndicator, RangeIndicator


def items_of(context: Context, indicator: str) -> tuple[str, ...]:
    """Return the items of an indicator in codebook order, none when it has no items."""
    spec = context.labels.spec(indicator)
    if isinstance(spec, ImpactIndicator):
        return spec.items
    if isinstance(spec, RangeIndicator):
        return ()
    fixed = context.labels.fixed_item(indicator)
    if fixed:
        return (fixed,)
    questions = context.labels.questions(indicator)
    return tuple(dict.fromkeys(one.loop_entry or one.item for one in questions if one.loop_entry or one.item))


def categories_of(context: Context, indicator: str) -> tuple[str, ...]:
    """Return the categories of an indicator that has a figure for each, nets left out."""
    spec = context.labels.spec(indicator)
    if isinstance(spec, ImpactIndicator):
        return tuple(spec.named)
    if isinstance(spec, RangeIndicator):
        return RANGE_ENDS
    if isinstance(spec, DifferenceIndicator):
        named = spec.of.partition(".")[2]
        return (named,) if named else categories_of(context, context.labels.base_of(indicator))
    if isinstance(spec, CompositionIndicator):
        book, parts = context.study.group_book, context.study.settings.parts
        return tuple(dict.fromkeys(name for part in parts for name in book.expand(spec.of, part)))
    questions = context.labels.questions(indicator)
    if spec.statistic in ("distribution", "multiple"):
        return category_names(questions[0])
    return tuple(dict.fromkeys(one.item for one in questions if one.loop_entry and one.item))


def nets_of(context: Context, indicator: str) -> tuple[str, ...]:
    """Return the nets of an indicator."""
    return tuple(getattr(context.labels.spec(indicator), "nets", {}))


def fallback_values(
    context: Context, selection: Selection, known: Callable[[Context, str], Sequence[str]]
) -> tuple[str, ...]:
    """Return every value that the indicators of a selection have; ``""`` stands for one that has none."""
    found = [value for name in selection.indicators for value in known(context, name) or ("",)]
    return tuple(dict.fromkeys(found))

"""Figures chosen by a selection, laid out along its dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args

from wavedeck.figures.columns import category_names
from wavedeck.figures.records import Figure
from wavedeck.render.compose.context import Context
from wavedeck.study.address import Address
from wavedeck.study.deck import Dimension, Order, Selection
from wavedeck.study.errors import RenderError, did_you_mean

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Place = Mapping[Dimension, str]


@dataclass(frozen=True)
class Grid:
    """The values of each dimension of a selection, and the figure at each combination."""

    context: Context
    part: str
    values: Mapping[Dimension, tuple[str, ...]]

    def figure(self, place: Place) -> Figure | None:
        """Return the figure at a place; None where the indicator has no such item or category."""
        full = {name: place.get(name, self.values[name][0]) for name in DIMENSIONS}
        for address in self._candidates(full):
            if address in self.context.store:
                return self.context.store[address]
        return None

    def _candidates(self, place: Place) -> Iterator[Address]:
        indicator, group, wave = place["indicator"], place["group"], place["wave"]
        if self.context.labels.spec(indicator).statistic == "composition" and group != "all":
            yield Address(self.part, indicator, "", group, "all", wave)
        for item, category in product(
            dict.fromkeys((place["item"], "")), dict.fromkeys((place["category"], ""))
        ):
            yield Address(self.part, indicator, item, category, group, wave)

    def label(self, dimension: Dimension, value: str) -> str:
        """Return what a value of a dimension is called."""
        labels, indicators = self.context.labels, self.values["indicator"]
        if dimension == "item":
            return labels.item(self._owner(value), value)
        if dimension == "category":
            return labels.category(indicators[0], value)
        named = {"indicator": labels.indicator, "group": labels.group, "wave": labels.wave}
        return named[dimension](value)

    def _owner(self, item: str) -> str:
        for name in self.values["indicator"]:
            if item in items_of(self.context, name):
                return name
        return self.values["indicator"][0]

    def figures(self) -> list[Figure]:
        """Return every figure of the grid."""
        places = (dict(zip(DIMENSIONS, combination, strict=True)) for combination in self._combinations())
        found = (self.figure(place) for place in places)
        return list(dict.fromkeys(figure for figure in found if figure is not None))

    def _combinations(self) -> Iterator[tuple[str, ...]]:
        return product(*(self.values[name] for name in DIMENSIONS))

    def require_places(self, placed: Sequence[Dimension | None]) -> None:
        """Refuse dimensions with several values that stand nowhere.

        Raises
        ------
        RenderError
            Naming the dimension and its values.
        """
        for name in DIMENSIONS:
            if len(self.values[name]) > 1 and name not in placed:
                raise RenderError(
                    f"{name} has {len(self.values[name])} values ({', '.join(self.values[name][:4])}, …) but no place; "
                    "choose one of them, or lay them along rows, series, panels or columns"
                )

    def ordered(self, rows: Dimension, order: Order, first: Place) -> tuple[str, ...]:
        """Return the values of the row dimension in the declared order; hidden figures go last."""
        if order.by == "declared":
            return self.values[rows]
        place = {**first, "wave": self.context.wave_of(order.wave)}
        if order.group:
            place["group"] = order.group

        def key(value: str) -> tuple[bool, float]:
            figure = self.figure({**place, rows: value})
            if figure is None or figure.estimate is None or not figure.is_shown:
                return (True, 0.0)
            return (False, -figure.estimate if order.descending else figure.estimate)

        return tuple(sorted(self.values[rows], key=key))


def make_grid(context: Context, selection: Selection, slide_part: str | None) -> Grid:
    """Resolve a selection into the values of each dimension.

    Raises
    ------
    RenderError
        When it names an item, category or wave that does not exist.
    """
    part = context.part(selection.part, slide_part)
    values: dict[Dimension, tuple[str, ...]] = {
        "indicator": tuple(selection.indicators),
        "item": _items(context, selection),
        "category": _categories(context, selection),
        "group": context.study.group_book.expand(selection.groups, part),
        "wave": _waves(context, selection),
    }
    return Grid(context, part, values)


def _waves(context: Context, selection: Selection) -> tuple[str, ...]:
    every = context.study.waves_until(context.wave)
    if selection.waves == "all":
        return every
    wanted = [name for name in selection.waves if not isinstance(name, int) or -name < len(every)]
    chosen = {context.wave_of(name) for name in wanted}
    return tuple(name for name in every if name in chosen)


def items_of(context: Context, indicator: str) -> tuple[str, ...]:
    """Return the items of an indicator in codebook order, none when it has no items."""
    spec = context.labels.spec(indicator)
    if spec.statistic == "difference":
        return (
            items_of(context, str(spec.of).partition(".")[0].partition("@")[0]) if "@" not in spec.of else ()
        )
    questions = context.labels.questions(indicator)
    return tuple(dict.fromkeys(one.loop_entry or one.item for one in questions if one.loop_entry or one.item))


def categories_of(context: Context, indicator: str) -> tuple[str, ...]:
    """Return the categories of an indicator that has a figure for each, nets left out."""
    spec = context.labels.spec(indicator)
    if spec.statistic == "range":
        return ("low", "high", "width")
    if spec.statistic == "composition":
        parts = context.study.settings.parts
        return tuple(
            dict.fromkeys(name for part in parts for name in context.study.group_book.expand(spec.of, part))
        )
    questions = context.labels.questions(indicator)
    if spec.statistic in ("distribution", "multiple"):
        return category_names(questions[0])
    return tuple(dict.fromkeys(one.item for one in questions if one.loop_entry and one.item))


def _items(context: Context, selection: Selection) -> tuple[str, ...]:
    known = tuple(dict.fromkeys(item for name in selection.indicators for item in items_of(context, name)))
    return _chosen("item", selection.items, known)


def _categories(context: Context, selection: Selection) -> tuple[str, ...]:
    known = tuple(dict.fromkeys(one for name in selection.indicators for one in categories_of(context, name)))
    nets = {net for name in selection.indicators for net in getattr(context.labels.spec(name), "nets", {})}
    return _chosen("category", selection.categories, known, also=nets)


def _chosen(
    what: str,
    wanted: Sequence[str] | None,
    known: tuple[str, ...],
    also: set[str] | frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    for name in wanted or ():
        if name not in known and name not in also:
            raise RenderError(f"unknown {what} '{name}'{did_you_mean(name, [*known, *also])}")
    return tuple(wanted) if wanted else known or ("",)

"""Figures chosen by a selection, laid out along its dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import get_args

from wavedeck.figures.records import Figure
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.extents import categories_of, fallback_values, items_of, nets_of
from wavedeck.study.address import Address
from wavedeck.study.base import text_in
from wavedeck.study.deck import Dimension, Order, Selection
from wavedeck.study.errors import RenderError, did_you_mean
from wavedeck.study.groups import ALL

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Place = Mapping[Dimension, str]


@dataclass(frozen=True)
class Grid:
    """The values of each dimension of a selection, and the figure at each combination.

    `names` are the names that a chart or table declares for itself, by id; `within` the group of which a
    composition along groups gives a group's share, everybody where it is not named.
    """

    context: Context
    part: str
    values: Mapping[Dimension, tuple[str, ...]]
    names: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)

    def figure(self, place: Place) -> Figure | None:
        """Return the figure at a place; None where the indicator has no such item or category.

        A dimension with one value holds for every indicator, also for one that has no such dimension.
        """
        full = {name: place.get(name, self.values[name][0]) for name in DIMENSIONS}
        return self.context.store.figures.get(str(self._address(full)))

    def _address(self, place: Place) -> Address:
        name, group, wave = place["indicator"], place["group"], place["wave"]
        if self._shares_of_groups(name):
            return Address(self.part, name, "", group, self.within.get(group, ALL), wave)
        item = self._own("item", place["item"], items_of(self.context, name))
        known = (*categories_of(self.context, name), *nets_of(self.context, name))
        return Address(self.part, name, item, self._own("category", place["category"], known), group, wave)

    def _shares_of_groups(self, indicator: str) -> bool:
        """Tell whether a composition is laid along groups, each with its share of everybody."""
        return self.context.labels.spec(indicator).statistic == "composition" and self.values["category"] in (
            (ALL,),
            ("",),
        )

    def _own(self, dimension: Dimension, value: str, known: Sequence[str]) -> str:
        return "" if not known and len(self.values[dimension]) == 1 else value

    def is_asked(self, place: Place) -> bool:
        """Tell whether the wave at a place has the grid's part at all."""
        return self.part in self.context.study.parts_in(place.get("wave", self.values["wave"][0]))

    def label(self, dimension: Dimension, value: str) -> str:
        """Return what a value of a dimension is called."""
        if value in self.names:
            return self.names[value]
        labels = self.context.labels
        if dimension == "item":
            return labels.item(self._owner(value, items_of), value)
        if dimension == "category":
            return labels.category(self._owner(value, categories_of, nets_of), value)
        named = {"indicator": labels.indicator, "group": labels.group, "wave": labels.wave}
        return named[dimension](value)

    def _owner(self, value: str, *known: Callable[[Context, str], Sequence[str]]) -> str:
        for name in self.values["indicator"]:
            own = [one for values in known for one in values(self.context, name)]
            if value in own or (not value and not own):
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
        """Refuse dimensions with several values that stand nowhere, and indicators without any figure.

        Raises
        ------
        RenderError
            Naming the dimension and its values, or the indicator.
        """
        for name in DIMENSIONS:
            values = self.values[name]
            if len(values) > 1 and name not in placed:
                raise RenderError(
                    f"{name} has {len(values)} values ({', '.join(values[:4])}, …) but no place; "
                    "choose one of them, or lay them along rows, series, panels or columns"
                )
        found = {figure.indicator for figure in self.figures()}
        for indicator in self.values["indicator"]:
            if indicator not in found:
                chosen = "the items, categories, groups and waves chosen"
                raise RenderError(f"indicator '{indicator}' has no figure for {chosen}")

    def ordered(self, rows: Dimension, order: Order, first: Place) -> tuple[str, ...]:
        """Return the values of the row dimension in the declared order.

        By value, hidden figures go last, and everybody keeps its place before or after the groups; what is
        declared as last stands behind all.
        """
        last = [value for value in order.last if value in self.values[rows]]
        ranked = [value for value in self._ranked(rows, order, first) if value not in last]
        return (*ranked, *last)

    def _ranked(self, rows: Dimension, order: Order, first: Place) -> tuple[str, ...]:
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

        ranked = sorted((value for value in self.values[rows] if (rows, value) != ("group", ALL)), key=key)
        whole = [value for value in self.values[rows] if (rows, value) == ("group", ALL)]
        return (*whole, *ranked) if self.values[rows][0] in whole else (*ranked, *whole)


def make_grid(context: Context, selection: Selection, slide_part: str | None) -> Grid:
    """Resolve a selection into the values of each dimension.

    Raises
    ------
    RenderError
        When it names an item, category or wave that does not exist.
    """
    part = context.part(selection.part, slide_part)
    nets = [net for name in selection.indicators for net in nets_of(context, name)]
    statistics = {context.labels.spec(name).statistic for name in selection.indicators}
    nets += [ALL] if "composition" in statistics else []
    values: dict[Dimension, tuple[str, ...]] = {
        "indicator": tuple(selection.indicators),
        "item": _chosen("item", selection.items, fallback_values(context, selection, items_of)),
        "category": _chosen(
            "category", selection.categories, fallback_values(context, selection, categories_of), also=nets
        ),
        "group": context.study.group_book.expand(selection.groups, part),
        "wave": _waves(context, selection),
    }
    names = {name: text_in(text, context.language) for name, text in selection.labels.items()}
    return Grid(context, part, values, names, selection.within)


def _waves(context: Context, selection: Selection) -> tuple[str, ...]:
    every = context.study.waves_until(context.wave)
    if selection.waves == "all":
        return every
    wanted = [name for name in selection.waves if not isinstance(name, int) or -name < len(every)]
    chosen = {context.wave_of(name) for name in wanted}
    return tuple(name for name in every if name in chosen)


def _chosen(
    what: str, wanted: Sequence[str] | None, known: tuple[str, ...], also: Sequence[str] = ()
) -> tuple[str, ...]:
    for name in wanted or ():
        if name not in known and name not in also:
            raise RenderError(f"unknown {what} '{name}'{did_you_mean(name, [*known, *also])}")
    return tuple(wanted) if wanted else known

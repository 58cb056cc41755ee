"""Figures that rest on more than one average: differences, and shares of all answers given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.figures.columns import PERCENT, Column, category_names, offered_categories, tick_matrix
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure, finite
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import Estimates, means, mention_shares
from wavedeck.stats.shares import share_interval
from wavedeck.study.codebook import Question
from wavedeck.study.errors import StatisticsError
from wavedeck.study.indicators import DifferenceIndicator, MultipleIndicator

Masks = Mapping[str, np.ndarray]
BASES = ("base", "weighted_base", "effective_base", "deff", "degf", "units")


def difference_figures(
    columns: Sequence[Column], values: np.ndarray, masks: Masks, design: Design, recipe: Recipe
) -> list[Figure]:
    """Return the declared differences between indicators, within each group.

    Each side is averaged over its own answers, and the covariance between them is taken into account.
    The base counts respondents who answered at least one side; the rules of suppression look at the
    smaller side. The address has the item and category of the first side.

    Parameters
    ----------
    columns, values
        The k columns of all averages, and their values of shape (n, k).
    masks
        Group -> shape (n,), boolean.

    Raises
    ------
    StatisticsError
        When no items or categories of the two sides match.
    """
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, DifferenceIndicator):
            for pair in _pairs(name, spec, columns):
                sides = Sides(name, spec, [columns[place] for place in pair], values[:, pair])
                found += _differences(sides, masks, design, recipe)
    return found


@dataclass(frozen=True)
class Sides:
    """The two columns of a difference, and their values of shape (n, 2)."""

    name: str
    spec: DifferenceIndicator
    columns: Sequence[Column]
    values: np.ndarray

    @property
    def asked(self) -> bool:
        """Tell whether the wave asked both."""
        return all(column.question is not None for column in self.columns)


def _pairs(name: str, spec: DifferenceIndicator, columns: Sequence[Column]) -> list[list[int]]:
    """Return positions of both sides; items and categories that are not named are matched by name."""
    first, second = (_matching(side, columns) for side in (spec.of, spec.minus))
    alone = next(iter(second.values())) if len(second) == 1 else None
    pairs = [(place, second.get(key, alone)) for key, place in first.items()]
    found = [[place, other] for place, other in pairs if other is not None]
    if not found:
        raise StatisticsError(
            f"indicator '{name}': no item or category of '{spec.of}' matches one of '{spec.minus}'; "
            "name the ones to compare, as indicator@item.category"
        )
    return found


def _matching(reference: str, columns: Sequence[Column]) -> dict[tuple[str, str], int]:
    stem, _, category = reference.partition(".")
    indicator, _, item = stem.partition("@")
    return {
        ("" if item else column.item, "" if category else column.category): place
        for place, column in enumerate(columns)
        if column.indicator == indicator and item in ("", column.item) and category in ("", column.category)
    }


def _differences(sides: Sides, masks: Masks, design: Design, recipe: Recipe) -> Iterator[Figure]:
    first = sides.columns[0]
    scale = [PERCENT if side.is_share else 1.0 for side in sides.columns]
    for group in recipe.expand(sides.spec.groups):
        named = (sides.name, first.item, first.category, group, sides.spec)
        if not sides.asked:
            yield recipe.named(*named, state="not_asked")
            continue
        both = means(sides.values * scale, design.domain(masks[group]))
        smallest = float(min(both.base))
        made = _fields(both.difference(0, 1), 0, 1.0, recipe)
        if not smallest:
            made = {"state": "empty", "base": 0.0}
        yield recipe.named(*named, **made, smallest_base=smallest)


def mention_figures(responses: pa.Table, masks: Masks, design: Design, recipe: Recipe) -> list[Figure]:
    """Return multiple-response shares per answer: each category among all answers given."""
    found: list[Figure] = []
    for name, spec in recipe.active_indicators():
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            asked = {one.name: one for one in recipe.codebook.questions(recipe.part, recipe.wave)}
            for known in recipe.codebook.questions_ever(recipe.part):
                if known.variable == spec.variable:
                    question = asked.get(known.name)
                    found += _mentions(name, spec, known, question, (responses, masks, design, recipe))
    return found


def _mentions(
    name: str,
    spec: MultipleIndicator,
    known: Question,
    asked: Question | None,
    data: tuple[pa.Table, Masks, Design, Recipe],
) -> Iterator[Figure]:
    responses, masks, design, recipe = data
    every = category_names(known)
    offered = [one for one in every if asked and one in offered_categories(asked)]
    sums: dict[str, list[str]] = {one: [one] for one in every}
    sums |= {net: list(declared.categories) for net, declared in spec.nets.items()}
    here = {one: members for one, members in sums.items() if set(members) & set(offered)}
    ticks = tick_matrix(responses, asked, tuple(offered)) if asked and offered else None
    weights = np.array([[float(one in members) for one in offered] for members in here.values()])
    places = {one: place for place, one in enumerate(here)}
    for group in recipe.expand(spec.groups):
        made = (
            mention_shares(ticks, design.domain(masks[group])).combine(weights) if ticks is not None else None
        )
        for category in sums:
            named = (name, known.loop_entry or known.item, category, group, spec)
            if made is None or category not in places:
                yield recipe.named(*named, state="not_asked")
            else:
                yield recipe.named(*named, **_fields(made, places[category], PERCENT, recipe))


def _interval(made: Estimates, *, level: float, shares: bool) -> tuple[np.ndarray, np.ndarray]:
    if not shares:
        return made.interval(level=level)
    sizes: dict[str, Any] = {
        "degf": made.degf,
        "n": made.positive_base,
        "effective_base": made.effective_base,
    }
    return share_interval(made.estimate, made.se, level=level, **sizes)


def _fields(made: Estimates, place: int, scale: float, recipe: Recipe) -> dict[str, Any]:
    """Return one of several estimates as the values of a figure."""
    low, high = _interval(made, level=1 - recipe.tests.level, shares=scale == PERCENT)
    base = float(made.base[place])
    if not base or not np.isfinite(made.estimate[place]):
        return {"state": "failed" if base else "empty", "base": base}
    numbers = {"estimate": made.estimate, "se": made.se, "ci_low": low, "ci_high": high}
    values = {name: float(array[place]) * scale for name, array in numbers.items()}
    values |= {name: float(getattr(made, name)[place]) for name in BASES}
    return {name: finite(value) for name, value in values.items()}

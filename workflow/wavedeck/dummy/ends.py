"""Ends of published ranges: which member takes which.

A range was published without its members: which of them is lowest is free, as long as one is. What
each end would cost each member is weighed against the other goals, and the cheapest way taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from wavedeck.dummy.goals import Goal, Ratio, Span
from wavedeck.dummy.measure import active, measured
from wavedeck.dummy.repair import repaired
from wavedeck.dummy.revisit import movable, redraw, task_of
from wavedeck.dummy.state import Draw
from wavedeck.dummy.task import Floats, Task, chosen, misses
from wavedeck.study.codebook import Question

MOST_WAYS = 60_000
STEPS_TRIED = 200

Way = tuple[Goal, ...]
Terms = tuple[tuple[float, Ratio], ...]


@dataclass(frozen=True, eq=False)
class _Column:
    """A column that may take ends of ranges.

    Attributes
    ----------
    name
        The column.
    ways
        Ends that it may take together, each with what that costs.
    """

    name: str
    ways: tuple[tuple[Way, float], ...]


def settle_ends(draw: Draw, questions: Sequence[Question], goals: Sequence[Goal]) -> list[Goal]:
    """Let members take the ends of ranges, and return what that asks of them.

    Parameters
    ----------
    draw
        Everything drawn; columns of members are drawn again where no member took an end by itself.
    questions, goals
        The questions of the wave and what their answers must lead to.
    """
    by_name = {question.name: question for question in questions}
    owners = movable(draw, questions)
    found: list[Goal] = []
    for spans in _together(draw, [span for span in draw.spans if _is_open(draw, span)], owners):
        names = sorted({name for span in spans for name in _names(draw, span, owners)})
        columns = [_column(draw, by_name[owners[name]], name, spans, goals) for name in names]
        for column, way in zip(columns, _cheapest(columns, spans), strict=True):
            found += way
            redraw(draw, by_name[owners[column.name]], column.name, [*goals, *way])
    return found


def _is_open(draw: Draw, span: Span) -> bool:
    """Tell whether some end of a range is not taken."""
    values = measured(draw, [replace(span.ends[0], terms=terms) for terms in span.members])
    return not all(any(end.low <= value < end.high for value in values) for end in span.ends)


def _names(draw: Draw, span: Span, owners: Mapping[str, str]) -> list[str]:
    """Return the columns that a range's members are made of."""
    return [name for terms in span.members for name in _needs(draw, terms) if name in owners]


def _needs(draw: Draw, terms: Terms) -> frozenset[str]:
    inner = frozenset[str]().union(*(draw.needs.of_ratio(ratio) for _, ratio in terms))
    groups = frozenset[str]().union(*(draw.needs.group(ratio.group) for _, ratio in terms))
    return inner - groups


def _together(draw: Draw, spans: Sequence[Span], owners: Mapping[str, str]) -> list[list[Span]]:
    """Return ranges with members in the same columns together."""
    found: list[tuple[set[str], list[Span]]] = []
    for span in spans:
        names = set(_names(draw, span, owners))
        touching = [one for one in found if one[0] & names]
        rest = [one for one in found if not one[0] & names]
        merged = (
            names.union(*(one[0] for one in touching)),
            [s for one in touching for s in one[1]] + [span],
        )
        found = [*rest, merged]
    return [spans for _, spans in found]


def _column(
    draw: Draw, question: Question, name: str, spans: Sequence[Span], goals: Sequence[Goal]
) -> _Column:
    """Weigh every way in which a column can take ends."""
    choices: list[tuple[Goal | None, ...]] = [
        (None, *(replace(end, terms=terms) for end in span.ends))
        for span in spans
        for terms in span.members
        if name in _needs(draw, terms)
    ]
    ways = []
    for ends in product(*choices):
        way = tuple(end for end in ends if end is not None)
        task, rows, _, _ = task_of(draw, question, name, [*active(draw, goals, name), *way])
        ways.append((way, _cost(task, np.arange(len(rows), dtype=np.float64))))
    return _Column(name, tuple(ways))


def _cost(task: Task, scores: Floats) -> float:
    """Return how far goals stay off, for a quick try."""
    if not len(scores):
        return 0.0
    tried = repaired(task, chosen(task, scores), scores, steps=STEPS_TRIED, kicks=0)
    return float(np.sum(misses(task.goals, task.values(*task.sums(tried))) ** 2))


def _cheapest(columns: Sequence[_Column], spans: Sequence[Span]) -> list[Way]:
    """Return the way of each column so that all ends are taken at the least cost together."""
    ends = {end.name for span in spans for end in span.ends}
    options = [_fewest(column, len(columns)) for column in columns]
    best, least = [way for way, _ in next(product(*options))], np.inf
    for tried in product(*options):
        cost = sum(cost for _, cost in tried) + 1e-6 * sum(len(way) for way, _ in tried)
        if cost < least and ends <= {end.name for way, _ in tried for end in way}:
            best, least = [way for way, _ in tried], cost
    return best


def _fewest(column: _Column, columns: int) -> Sequence[tuple[Way, float]]:
    """Return the cheapest ways of a column, so few that all combinations can be tried."""
    most = max(int(MOST_WAYS ** (1 / columns)), 2)
    return sorted(column.ways, key=lambda way: way[1])[:most] if len(column.ways) > most else column.ways

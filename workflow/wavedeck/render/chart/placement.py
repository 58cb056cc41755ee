"""Labels beside bubbles: none overlaps, none leaves the plot, each tells whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from wavedeck.render.chart.candidates import NUMBERED, SMALLER_SIZE, Candidates, Room, candidates_of
from wavedeck.render.chart.fan import Numbers, fans_of
from wavedeck.render.chart.search import Search
from wavedeck.render.chart.stacks import split_stack, stacked_sizes, stacks_of
from wavedeck.study.errors import RenderError

TRIES = 2
#: How much longer leaders may be where nothing else fits.
FURTHER = 2.0
#: How much wider than one number the first and the last of several are.
RANGE_OF_NUMBERS = 2.6


class NoRoomError(RenderError):
    """Labels do not fit beside their bubbles."""


class Box(NamedTuple):
    """A rectangle; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


class Bubble(NamedTuple):
    """A circle, in the units of the plot."""

    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Label:
    """Where a label stands.

    Parameters
    ----------
    box
        Of the text.
    leader
        Line from the label to the edge of its bubble: x, y, x, y; to its centre where it meets
        others of the heap that its bubble lies in, there to end in a dot above all; None where the label
        stands beside its bubble.
    size
        Position of the size that was used among those offered; their number where only the number fitted.
    """

    box: Box
    leader: tuple[float, float, float, float] | None
    size: int


def place_labels(
    bubbles: Sequence[Bubble],
    sizes: Sequence[Sequence[tuple[float, float]]],
    plot: Box,
    *,
    obstacles: Sequence[Box] = (),
    lines: Sequence[tuple[float, float, float, float, float]] = (),
    number: tuple[float, float] | None = None,
    strict: bool = True,
    crossing: bool = True,
    seed: int = 0,
) -> tuple[Label, ...]:
    """Place one label for each bubble.

    Parameters
    ----------
    bubbles
        Shape (n), x, y and radius, in one unit for both directions (inches, say).
    sizes
        For each label one or more sizes (width, height), the best first: the name on one line, on two, …
    plot
        The labels stay within it.
    obstacles
        Boxes that labels keep clear of, such as the names of the quadrants.
    lines
        Lines that labels had better not cover: x, y, x, y, and what that costs (a leader costs from 1 on).
    number
        Size of a number that may stand for a name that has no room; none may if left out. Bubbles at one
        place share one label, and are numbered together in a box `RANGE_OF_NUMBERS` as wide.
    strict
        Whether to look for places where leaders cross nothing.
    crossing
        Whether leaders may be twice as long, cross one another and bubbles, and pass behind labels, where
        nothing else fits: draw leaders first, then labels on a ground of their own.

    Raises
    ------
    RenderError
        When the labels do not fit.

    Notes
    -----
    Each label has candidate places that break no rule by themselves: beside its bubble, or further off with a
    leader of limited length. Labels in conflict move in turn to where it costs least, until none is left;
    then a few neighbours at a time are taken out and put back, which shortens leaders. A leader crosses no
    label, no other leader, and no other bubble than of the heap that its own lies in.

    References
    ----------
    Christensen, Marks, Shieber (1995), ACM Transactions on Graphics 14; Minton and others (1992), Artificial
    Intelligence 58 (repair of the least conflicts); Shaw (1998), Principles and Practice of Constraint
    Programming (taking out and putting back).
    """
    if len(bubbles) != len(sizes):
        raise RenderError(f"{len(bubbles)} bubbles have {len(sizes)} labels; give one label for each")
    if not bubbles:
        return ()
    stacks = [_largest_first(stack, bubbles) for stack in stacks_of(np.array(bubbles, dtype=float))]
    offered = [stacked_sizes([sizes[i] for i in stack]) for stack in stacks]
    room = Room.of(bubbles, sizes, plot, obstacles=obstacles, lines=lines)
    further = replace(room, longest=FURTHER * room.longest)
    ways = [room, further] if strict else []
    ways += [replace(further, crossing=True)] if crossing else []
    for way in ways:
        options = [_options(way, *one, number) for one in zip(stacks, offered, strict=True)]
        tries = [options]
        if way is further and number:
            places = [*map(len, offered)]
            fans = fans_of(way, Numbers([one[0] for one in stacks], _numbers(stacks, number), places))
            tries += [[fan.get(i, option) for i, option in enumerate(options)] for fan in fans]
        for one in tries:
            found = _solved(one, way, seed, smallest=[*map(len, offered)] if number else None)
            if found is not None:
                return _unstacked(found, stacks, bubbles, sizes)
    raise _failed(options)


def _unstacked(
    found: Sequence[Label],
    stacks: Sequence[Sequence[int]],
    bubbles: Sequence[Bubble],
    sizes: Sequence[Sequence[tuple[float, float]]],
) -> tuple[Label, ...]:
    """Return one label for each bubble; bubbles at one place that have a number share its box."""
    labels: dict[int, Label] = {}
    for stack, label in zip(stacks, found, strict=True):
        if label.size == max(len(sizes[i]) for i in stack):
            labels |= {i: replace(label, size=len(sizes[i])) for i in stack}
            continue
        used = {i: min(label.size, len(sizes[i]) - 1) for i in stack}
        boxes = split_stack(label.box, [sizes[i][used[i]] for i in stack], bubbles[stack[0]].x)
        labels |= {i: Label(Box(*box), label.leader, used[i]) for i, box in zip(stack, boxes, strict=True)}
    return tuple(labels[i] for i in range(len(bubbles)))


def _failed(options: Sequence[Candidates]) -> NoRoomError:
    for place, option in enumerate(options, start=1):
        if not len(option.cost):
            return NoRoomError(
                f"the label of bubble {place} fits nowhere; shorten or wrap it, or enlarge the chart"
            )
    return NoRoomError(
        f"{len(options)} labels do not fit beside their bubbles; enlarge the chart, shorten or wrap the names"
    )


def _solved(
    options: list[Candidates], room: Room, seed: int, *, smallest: Sequence[int] | None
) -> tuple[Label, ...] | None:
    """Return a placement; where none is found at once, look from one where all labels are small."""
    if not all(len(option.cost) for option in options):
        return None
    for attempt in range(TRIES):
        search = Search(options, room.pad, seed + attempt, crossing=room.crossing)
        if smallest and attempt:
            search.start_with(np.array(smallest))
        search.settle()
        if search.least[0] == 0:
            search.improve()
            return tuple(_label(option, c) for option, c in zip(options, search.chosen(), strict=True))
        if search.least[0] > len(options):
            break
    return None


def _options(
    room: Room,
    stack: Sequence[int],
    sizes: Sequence[tuple[float, float]],
    number: tuple[float, float] | None,
) -> Candidates:
    extra = [SMALLER_SIZE * place for place in range(len(sizes))]
    if number is not None:
        sizes, extra = [*sizes, *_numbers([stack], number)], [*extra, NUMBERED * len(stack)]
    return candidates_of(room, stack[0], sizes, extra=extra)


def _numbers(stacks: Sequence[Sequence[int]], number: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the size of the number of each stack; several are the first and the last."""
    return [(number[0] * (1.0 if len(stack) == 1 else RANGE_OF_NUMBERS), number[1]) for stack in stacks]


def _largest_first(stack: Sequence[int], bubbles: Sequence[Bubble]) -> list[int]:
    """Return the bubbles at one place with the largest, which the label has to keep clear of, in front."""
    largest = max(stack, key=lambda i: bubbles[i].r)
    return [largest, *(i for i in stack if i != largest)]


def _label(option: Candidates, candidate: int) -> Label:
    left, bottom, right, top = option.boxes[candidate].tolist()
    x, y, to_x, to_y = option.leaders[candidate].tolist()
    leader = None if np.isnan(x) else (x, y, to_x, to_y)
    return Label(Box(left, bottom, right, top), leader, int(option.size[candidate]))

"""Numbers around a heap of bubbles, where nothing else has room: leaders fan out and cross nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wavedeck.render.chart.candidates import APART, Candidates, Room
from wavedeck.render.chart.geometry import Booleans, Floats, gap, inside, overlap, segment_gap
from wavedeck.render.chart.stacks import in_one_heap

#: Fewest bubbles of a heap whose numbers fan out; how many rectangles around a heap are tried.
FEWEST, VARIANTS = 5, 6
# Distances from the heap in the height of one line, and between places in their own size.
_AWAY, _SPACED = np.arange(1.0, 22.0, 0.75), 1.5
_APART, _ROUNDS, _TOUCH = 1.1, 50, 0.06
Size = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Numbers:
    """Hold the numbers that may stand for labels.

    Parameters
    ----------
    owns
        One bubble for each label.
    sizes
        Shape (k, 2), width and height of each label's number.
    places
        Which of the sizes offered that is.
    """

    owns: Sequence[int]
    sizes: Sequence[Size]
    places: Sequence[int]


def fans_of(room: Room, numbers: Numbers) -> Iterator[dict[int, Candidates]]:
    """Yield places for the numbers of bubbles in heaps, on nearer and on further rectangles around them.

    Yields
    ------
    dict
        Position of the label -> its places, the first of which cross no other first one of the heap.
    """
    circles = room.circles[list(numbers.owns)]
    heaps, left, found = in_one_heap(circles), set(range(len(circles))), list[list[dict[int, Candidates]]]()
    while left:
        heap = sorted(left & set(np.flatnonzero(heaps[min(left)]).tolist()))
        left -= set(heap)
        if len(heap) >= FEWEST:
            found.append(list(_fans(room, numbers, heap)))
    for number in range(VARIANTS if found and all(found) else 0):
        chosen = [some[min(number, len(some) - 1)] for some in found]
        yield {label: one for some in chosen for label, one in some.items()}


def _fans(room: Room, numbers: Numbers, heap: Sequence[int]) -> Iterator[dict[int, Candidates]]:
    circles = room.circles[[numbers.owns[i] for i in heap]]
    size = np.array([numbers.sizes[i] for i in heap])
    outlines = list(_outlines(room, circles, size.min(axis=0), float(size[:, 0].max())))
    others = _others(room, circles)
    for place in dict.fromkeys(np.linspace(0, len(outlines) - 1, VARIANTS).astype(int).tolist()):
        if outlines:
            ends, ways = outlines[place]
            first = _nearest_pairs(circles[:, :2], ends)
            yield {
                i: _candidates(
                    room,
                    others,
                    circles[k],
                    ends + ways * size[k] / 2,
                    (size[k], numbers.places[i], first[k]),
                )
                for k, i in enumerate(heap)
            }


def _candidates(
    room: Room, others: Floats, circle: Floats, centres: Floats, wanted: tuple[Floats, int, int]
) -> Candidates:
    size, number, first = wanted
    boxes = np.column_stack([centres - size / 2, centres + size / 2])
    start = np.clip(circle[:2], boxes[:, :2], boxes[:, 2:])
    leaders = np.column_stack([start, np.broadcast_to(circle[:2], start.shape)])
    cost = 1.0 + np.hypot(*(start - circle[:2]).T) / room.unit
    cost[first] = 0.0
    fine = _is_free(room, centres, size) & ~(segment_gap(leaders, others) < _TOUCH * room.unit).any(axis=1)
    order = np.flatnonzero(fine)[np.argsort(cost[fine], kind="stable")]
    return Candidates(boxes[order], leaders[order], cost[order], np.full(len(order), number, dtype=np.int64))


def _others(room: Room, circles: Floats) -> Floats:
    """Return the bubbles outside a heap."""
    within = (room.circles[:, None] == circles[None]).all(axis=2).any(axis=1)
    return room.circles[~in_one_heap(room.circles)[within].any(axis=0)]


def _outlines(room: Room, circles: Floats, size: Floats, widest: float) -> Iterator[tuple[Floats, Floats]]:
    """Yield places on a rectangle around the heap and the ways outwards, the nearest rectangles first."""
    low, high = (circles[:, :2] - circles[:, 2:]).min(axis=0), (circles[:, :2] + circles[:, 2:]).max(axis=0)
    for away in _AWAY * room.unit:
        for least in sorted({0.0, _APART * widest}):
            step = np.maximum(size * _SPACED, [least, 0.0])
            places, ways = _outline(low - away, high + away, size, step)
            free = _is_free(room, places + ways * size / 2, size)
            if free.sum() >= len(circles):
                yield places[free], ways[free]


def _outline(start: Floats, end: Floats, size: Floats, step: Floats) -> tuple[Floats, Floats]:
    places, ways = list[Floats](), list[Floats]()
    for along, side in ((0, -1.0), (0, 1.0), (1, -1.0), (1, 1.0)):
        row = np.arange(start[along] + size[along] / 2, end[along] - size[along] / 2, step[along])
        fixed = np.full(len(row), (start, end)[side > 0][1 - along])
        places.append(np.column_stack([row, fixed] if along == 0 else [fixed, row]))
        ways.append(np.tile([0.0, side] if along == 0 else [side, 0.0], (len(row), 1)))
    return np.concatenate(places), np.concatenate(ways)


def _is_free(room: Room, places: Floats, size: Floats) -> Booleans:
    boxes = np.column_stack([places - size / 2, places + size / 2])
    clear = gap(boxes, room.circles).min(axis=1) >= APART * room.unit
    return np.asarray(
        inside(boxes, room.plot) & clear & ~overlap(boxes, room.obstacles, room.pad).any(axis=1)
    )


def _nearest_pairs(points: Floats, places: Floats) -> NDArray[np.int64]:
    """Give each point a place so that no exchange makes leaders shorter: then none crosses another."""
    length = np.hypot(*(points[:, None] - places[None]).transpose(2, 0, 1))
    every, chosen = np.arange(len(points)), np.full(len(points), -1)
    for i in np.argsort(-length.min(axis=1), kind="stable"):
        chosen[i] = min(set(range(len(places))) - set(chosen.tolist()), key=lambda p: float(length[i, p]))
    for _ in range(_ROUNDS):
        before = chosen.copy()
        for i in every:
            gains = length[i, chosen[i]] + length[every, chosen] - length[i, chosen] - length[:, chosen[i]]
            j = int(np.argmax(gains))
            if gains[j] > 1e-9:
                chosen[i], chosen[j] = chosen[j], chosen[i]
            nearest = min(
                set(range(len(places))) - set(chosen.tolist()) | {int(chosen[i])},
                key=lambda p: float(length[i, p]),
            )
            chosen[i] = nearest
        if (chosen == before).all():
            break
    return chosen

"""Where one label may stand: places that break no rule, whatever the other labels do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wavedeck.render.chart.geometry import (
    Booleans,
    Floats,
    crosses_box,
    gap,
    inside,
    nearest_point,
    overlap,
    segment_gap,
)
from wavedeck.render.chart.stacks import at_one_place, in_one_heap

# Way from the bubble's centre to the label's, in half sizes of the label, and what it costs.
BESIDE = (
    (1, 0, 0.0),
    (-1, 0, 0.1),
    (0, 1, 0.15),
    (0, -1, 0.2),
    (1, 1, 0.3),
    (-1, 1, 0.4),
    (1, -1, 0.4),
    (-1, -1, 0.5),
    (0.6, 1, 0.3),
    (-0.6, 1, 0.35),
    (0.6, -1, 0.35),
    (-0.6, -1, 0.4),
    (1, 0.6, 0.3),
    (-1, 0.6, 0.4),
    (1, -0.6, 0.35),
    (-1, -0.6, 0.45),
)
AWAY = (0.9, 1.3, 1.8, 2.4, 3.1, 4.0, 5.0, 6.2)
ANGLES = 32
# How many places with a leader are all kept; of the others one in so many is.
NEAREST, THINNED = 60, 3
ROWS_ASIDE = (0.3, 1.0, 2.0, 3.5)
# Lengths in the height of one line: the longest leader; how clear a label stands of others' bubbles.
LONGEST, APART = 7.0, 0.5
_TOUCH = 0.05
# From this height on the corners of a label are empty where its lines differ in length.
TALL = 1.5
SMALLER_SIZE, LEADER, OVER_ANOTHER = 0.2, 1.0, 5.0
#: What a number costs instead of a name: more than the longest leader.
NUMBERED = 9.0


@dataclass(frozen=True, eq=False)
class Room:
    """Hold what labels have to keep clear of; lengths follow from the height of one line.

    Parameters
    ----------
    circles
        Shape (n, 3), x, y, r.
    lines
        Shape (k, 5): lines that labels had better not cover, and what that costs.
    unit
        Height of the lowest label.
    longest
        Length of the longest leader, in units.
    crossing
        Whether leaders may cross any bubble.
    """

    circles: Floats
    plot: Floats
    obstacles: Floats
    lines: Floats
    unit: float
    longest: float = LONGEST
    crossing: bool = False

    @property
    def pad(self) -> float:
        """Return the least distance between two labels."""
        return 0.1 * self.unit

    @classmethod
    def of(
        cls,
        bubbles: Sequence[tuple[float, float, float]],
        sizes: Sequence[Sequence[tuple[float, float]]],
        plot: Sequence[float],
        *,
        obstacles: Sequence[Sequence[float]],
        lines: Sequence[Sequence[float]],
    ) -> Room:
        """Gather the room that labels share."""
        unit = min(height for offered in sizes for _, height in offered)
        blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
        thin = np.array(lines, dtype=float).reshape(-1, 5)
        circles = np.array(bubbles, dtype=float)
        return cls(circles, np.array(plot, dtype=float), blocks, thin, unit)

    @cached_property
    def _together(self) -> Booleans:
        return at_one_place(self.circles)

    @cached_property
    def _heaps(self) -> Booleans:
        return in_one_heap(self.circles) | self.crossing

    def others(self, own: int) -> Floats:
        """Return the bubbles that do not stand at the place of bubble `own`."""
        return self.circles[~self._together[own]]

    def heap(self, own: int) -> Booleans:
        """Tell which of the others hang together with bubble `own`."""
        return self._heaps[own][~self._together[own]]

    def blocks_on_the_way(self, own: int) -> Floats:
        """Return the obstacles that bubble `own` does not stand on."""
        return self.obstacles[gap(self.obstacles, self.circles[own][None])[:, 0] >= 0]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Hold the places of one label, the cheapest first.

    Parameters
    ----------
    boxes, leaders
        Shape (c, 4); a leader of NaN is none.
    cost
        Shape (c,).
    size
        Shape (c,), which of the sizes offered.
    """

    boxes: Floats
    leaders: Floats
    cost: Floats
    size: NDArray[np.int64]


def candidates_of(
    room: Room, own: int, sizes: Sequence[tuple[float, float]], *, extra: Sequence[float] = ()
) -> Candidates:
    """Return the places for the label of bubble `own`.

    Parameters
    ----------
    extra
        What each size costs; a little more for each further one if left out.
    """
    costs = extra or [SMALLER_SIZE * number for number in range(len(sizes))]
    found = [_places(room, own, np.array(size, dtype=float)) for size in sizes]
    boxes, leaders = (np.concatenate([one[k] for one in found]) for k in (0, 1))
    cost = np.concatenate([one[2] + more for one, more in zip(found, costs, strict=True)])
    used = np.repeat(np.arange(len(sizes)), [len(one[2]) for one in found])
    order = np.argsort(cost, kind="stable")
    return Candidates(boxes[order], leaders[order], cost[order], used[order])


def _places(room: Room, own: int, size: Floats) -> tuple[Floats, Floats, Floats]:
    further = np.concatenate([_rings(room, own, size), _rows(room, own, size)])
    parts = (_beside(room, own, size), _led(room, own, further))
    boxes, leaders, cost = (np.concatenate([part[k] for part in parts]) for k in range(3))
    return boxes, leaders, cost + room.lines[:, 4] @ crosses_box(room.lines[:, :4], boxes)


def _beside(room: Room, own: int, size: Floats) -> tuple[Floats, Floats, Floats]:
    """Return places that touch the bubble, where no other bubble is nearly as near."""
    x, y, r = room.circles[own]
    way = np.array(BESIDE)[:, :2]
    reach = (r + room.unit * 0.2) / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1.0)
    boxes = _around(np.array([x, y]) + way * (reach[:, None] + size / 2), size)
    mine = gap(boxes, room.circles[own][None])[:, 0]
    others = gap(boxes, room.others(own)).min(axis=1, initial=np.inf)
    cornered = (np.abs(way).min(axis=1) == 1) & (size[1] > TALL * room.unit)
    fine = _free(room, boxes) & ~cornered & (others > mine + APART * room.unit)
    return boxes[fine], np.full((int(fine.sum()), 4), np.nan), np.array(BESIDE)[fine, 2]


def _led(room: Room, own: int, boxes: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the boxes that can have a leader to the bubble, with that leader.

    It meets no other bubble, unless in the heap that its own lies in: then it ends in its centre.
    """
    others = room.others(own)
    boxes = boxes[_free(room, boxes) & (gap(boxes, others).min(axis=1, initial=np.inf) >= APART * room.unit)]
    centre, r = room.circles[own, :2], room.circles[own, 2]
    start = nearest_point(boxes, centre)
    apart = np.hypot(*(start - centre).T)
    length = (apart - r) / room.unit
    to_edge = np.column_stack([start, centre + (start - centre) * (r / np.maximum(apart, r))[:, None]])
    met = segment_gap(to_edge, others) < _TOUCH * room.unit
    heap = room.heap(own)
    count = met.sum(axis=1)
    to_centre = np.column_stack([start, np.broadcast_to(centre, start.shape)])
    leaders = np.where(count[:, None] > 0, to_centre, to_edge)
    fine = (length > 0.7) & (length <= room.longest) & ~(met & ~heap).any(axis=1)
    fine &= ~crosses_box(to_edge, room.blocks_on_the_way(own)).any(axis=1)
    cost = LEADER + length / 3 + (length / LONGEST) ** 2 * 2 + OVER_ANOTHER * count
    order = np.flatnonzero(fine)[np.argsort(cost[fine], kind="stable")]
    kept = np.concatenate([order[:NEAREST], order[NEAREST::THINNED]])
    return boxes[kept], leaders[kept], cost[kept]


def _rings(room: Room, own: int, size: Floats) -> Floats:
    x, y, r = room.circles[own]
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    reach = r + room.unit * np.array(AWAY) * room.longest / LONGEST
    centres = np.array([x, y]) + way[None] * reach[:, None, None] + way[None] * size / 2
    return _around(centres.reshape(-1, 2), size)


def _rows(room: Room, own: int, size: Floats) -> Floats:
    """Return places in rows that all labels share, where labels pack without waste."""
    x, y, r = room.circles[own]
    step = room.unit + 1.5 * room.pad
    reach = r + room.longest * room.unit + size[1]
    first = room.plot[1] + size[1] / 2
    ys = np.arange(first, room.plot[3] - size[1] / 2 + 1e-9, step)
    ys = ys[np.abs(ys - y) < reach]
    aside = r + room.unit * np.array(ROWS_ASIDE) + size[0] / 2
    xs = np.concatenate([x + aside, x - aside, x + np.array([0.0, 0.5, -0.5]) * size[0] / 2])
    return _around(np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2), size)


def _around(centres: Floats, size: Floats) -> Floats:
    return np.column_stack([centres - size / 2, centres + size / 2])


def _free(room: Room, boxes: Floats) -> Booleans:
    clear = gap(boxes, room.circles).min(axis=1) >= 0.1 * room.unit
    return np.asarray(
        inside(boxes, room.plot) & clear & ~overlap(boxes, room.obstacles, room.pad).any(axis=1)
    )

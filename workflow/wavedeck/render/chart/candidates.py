"""Where one label may stand: places that break no rule, whatever the other labels do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

BESIDE = (
    (1, 0, 0.0),
    (-1, 0, 0.1),
    (0, 1, 0.15),
    (0, -1, 0.2),
    (1, 1, 0.3),
    (-1, 1, 0.4),
    (1, -1, 0.4),
    (-1, -1, 0.5),
)
AWAY = (1.2, 2.0, 3.0, 4.5, 7.0, 10.0, 14.0)
ANGLES = 32
GRID = (14, 24)
COLUMNS = 12
SMALLER_SIZE, LEADER, OVER_ANOTHER = 0.25, 1.0, 2.5


@dataclass(frozen=True, eq=False)
class Room:
    """Hold what labels have to keep clear of; lengths follow from the height of one line.

    Parameters
    ----------
    circles
        Shape (n, 3), x, y, r.
    pad
        Least distance between two labels.
    unit
        Height of the lowest label.
    height
        Height of the highest label in the size it would best have.
    """

    circles: Floats
    plot: Floats
    obstacles: Floats
    unit: float
    height: float
    pad: float

    @classmethod
    def of(
        cls,
        bubbles: Sequence[tuple[float, float, float]],
        sizes: Sequence[Sequence[tuple[float, float]]],
        plot: Sequence[float],
        obstacles: Sequence[Sequence[float]],
    ) -> Room:
        """Gather the room that labels share."""
        unit = min(height for offered in sizes for _, height in offered)
        height = max(offered[0][1] for offered in sizes)
        blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
        return cls(
            np.array(bubbles, dtype=float), np.array(plot, dtype=float), blocks, unit, height, 0.1 * unit
        )


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

    def some(self, count: int) -> Candidates:
        """Return the cheapest ones, and as many spread over the others."""
        half = min(count // 2, len(self.cost))
        rest = np.linspace(half, len(self.cost) - 1, count - half).astype(np.int64)
        place = np.unique(np.concatenate([np.arange(half), rest[rest >= half]]))
        return Candidates(self.boxes[place], self.leaders[place], self.cost[place], self.size[place])


def candidates_of(room: Room, own: int, sizes: Sequence[tuple[float, float]]) -> Candidates:
    """Return the places for the label of bubble `own`."""
    parts = []
    for number, (width, height) in enumerate(sizes):
        size, extra = np.array([width, height]), SMALLER_SIZE * number
        for found in (_beside(room, own, size), _away(room, own, size)):
            same = np.full(len(found[2]), number)
            parts.append(Candidates(found[0], found[1], found[2] + extra, same))
    boxes, leaders, cost, size_used = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("boxes", "leaders", "cost", "size")
    )
    order = np.argsort(cost, kind="stable")
    return Candidates(boxes[order], leaders[order], cost[order], size_used[order])


def rows_of(room: Room, own: int, size: tuple[float, float]) -> Candidates:
    """Return the places for one size in rows that all labels share, and beside the bubble.

    Labels of one height in shared rows pack without waste, which is what crowded bubbles need.
    """
    wide = np.array(size)
    step = room.height + 1.5 * room.pad
    low, high = room.plot[:2] + wide / 2, room.plot[2:] - wide / 2
    ys = np.arange(room.plot[1] + room.height / 2, room.plot[3] - room.height / 2 + 1e-9, step)
    xs = np.linspace(low[0], max(low[0], high[0]), COLUMNS)
    boxes = _around(np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2), wide)
    parts = [_beside(room, own, wide), _led(room, own, boxes)]
    found = [np.concatenate([part[k] for part in parts]) for k in range(3)]
    order = np.argsort(found[2], kind="stable")
    return Candidates(found[0][order], found[1][order], found[2][order], np.zeros(len(order), np.int64))


def _beside(room: Room, own: int, size: Floats) -> tuple[Floats, Floats, Floats]:
    """Return places that touch the bubble, where no other bubble is nearly as near."""
    x, y, r = room.circles[own]
    way = np.array(BESIDE)[:, :2]
    reach = (r + room.unit * 0.2) / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1.0)
    boxes = _around(np.array([x, y]) + way * (reach[:, None] + size / 2), size)
    distance = gap(boxes, room.circles)
    mine = distance[:, own].copy()
    distance[:, own] = np.inf
    fine = _free(room, boxes) & (distance.min(axis=1) > mine + 0.4 * room.unit)
    cost = np.array(BESIDE)[:, 2]
    return boxes[fine], np.full((int(fine.sum()), 4), np.nan), cost[fine]


def _away(room: Room, own: int, size: Floats) -> tuple[Floats, Floats, Floats]:
    """Return places further off, with a leader to the bubble's edge, or to its centre if others are met."""
    return _led(room, own, np.concatenate([_rings(room, own, size), _grid(room, size)]))


def _led(room: Room, own: int, boxes: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the boxes that can have a leader to the bubble, with that leader."""
    boxes = boxes[_free(room, boxes)]
    centre, r = room.circles[own, :2], room.circles[own, 2]
    start = nearest_point(boxes, centre)
    apart = np.hypot(*(start - centre).T)
    far = apart > r + room.unit * 0.8
    boxes, start, apart = boxes[far], start[far], apart[far]
    to_edge = np.column_stack([start, centre + (start - centre) * (r / apart)[:, None]])
    blocked = crosses_box(to_edge, room.obstacles).any(axis=1)
    others = np.delete(room.circles, own, axis=0)
    touched = (segment_gap(to_edge, others) < 0.05 * room.unit).sum(axis=1)
    to_centre = np.column_stack([start, np.broadcast_to(centre, start.shape)])
    leaders = np.where(touched[:, None] > 0, to_centre, to_edge)
    cost = LEADER + (apart - r) / (4 * room.unit) + OVER_ANOTHER * (touched + blocked)
    return boxes, leaders, cost


def _rings(room: Room, own: int, size: Floats) -> Floats:
    x, y, r = room.circles[own]
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    reach = r + room.unit * np.array(AWAY)
    centres = np.array([x, y]) + way[None] * reach[:, None, None] + way[None] * size / 2
    return _around(centres.reshape(-1, 2), size)


def _grid(room: Room, size: Floats) -> Floats:
    low, high = room.plot[:2] + size / 2, room.plot[2:] - size / 2
    if (high < low).any():
        return np.empty((0, 4))
    xs, ys = (np.linspace(low[k], high[k], GRID[k]) for k in (0, 1))
    return _around(np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2), size)


def _around(centres: Floats, size: Floats) -> Floats:
    return np.column_stack([centres - size / 2, centres + size / 2])


def _free(room: Room, boxes: Floats) -> Booleans:
    clear = gap(boxes, room.circles).min(axis=1) >= 0.1 * room.unit
    return np.asarray(
        inside(boxes, room.plot) & clear & ~overlap(boxes, room.obstacles, room.pad).any(axis=1)
    )

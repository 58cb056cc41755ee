"""Labels beside bubbles: none overlaps, none leaves the plot, each tells whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wavedeck.render.chart.candidates import Candidates, Room, candidates_of, rows_of
from wavedeck.render.chart.geometry import gap, inside, overlap, segment_gap
from wavedeck.render.chart.search import OVERLAP, Search
from wavedeck.study.errors import RenderError

FEW, MANY = 120, 300
RESTARTS = 2


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
        Line from the label to the edge of its bubble: x, y, x, y; to its centre, there to end in a dot above
        all bubbles, where it meets other bubbles; None where the label stands beside its bubble.
    size
        Position of the size that was used among those offered.
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

    Raises
    ------
    RenderError
        When the labels do not fit.

    Notes
    -----
    Each label has candidate places that break no rule by themselves: beside its bubble, or further off with a
    leader. Labels in conflict move in turn to where it costs least, until none is left. Where bubbles are so
    crowded that it cannot be helped, leaders may cross or pass behind a label: draw leaders first, then
    labels on a ground of their own.

    References
    ----------
    Christensen, Marks, Shieber (1995), ACM Transactions on Graphics 14; Minton and others (1992), Artificial
    Intelligence 58 (repair of the least conflicts).
    """
    if len(bubbles) != len(sizes):
        raise RenderError(f"{len(bubbles)} bubbles have {len(sizes)} labels; give one label for each")
    if not bubbles:
        return ()
    room = Room.of(bubbles, sizes, plot, obstacles)
    every = [candidates_of(room, i, sizes[i]) for i in range(len(bubbles))]
    for i, option in enumerate(every):
        if not len(option.cost):
            raise RenderError(
                f"the label of bubble {i + 1} fits nowhere; shorten or wrap it, or enlarge the chart"
            )
    rows = [rows_of(room, i, sizes[i][0]) for i in range(len(bubbles))]
    best: tuple[float, tuple[Label, ...]] = (OVERLAP, ())
    for options in ([x.some(FEW) for x in every], [x.some(MANY) for x in every], rows):
        if best[0] > 0 and all(len(x.cost) for x in options):
            best = min(best, _solve(options, room.pad, seed), key=lambda found: found[0])
    if best[0] < OVERLAP:
        return best[1]
    raise RenderError(
        f"{len(bubbles)} labels do not fit beside their bubbles; enlarge the chart, shorten or wrap the names"
    )


def _solve(options: list[Candidates], pad: float, seed: int) -> tuple[float, tuple[Label, ...]]:
    """Return what is left of conflicts, and the labels."""
    search = Search(options, pad, seed)
    for _ in range(RESTARTS):
        search.settle()
        if search.least == 0:
            break
        search.shake()
    chosen = search.polished()
    return search.least, tuple(_label(option, c) for option, c in zip(options, chosen, strict=True))


def _label(option: Candidates, candidate: int) -> Label:
    left, bottom, right, top = option.boxes[candidate].tolist()
    x, y, to_x, to_y = option.leaders[candidate].tolist()
    leader = None if np.isnan(x) else (x, y, to_x, to_y)
    return Label(Box(left, bottom, right, top), leader, int(option.size[candidate]))


def check_labels(
    bubbles: Sequence[Bubble], labels: Sequence[Label], plot: Box, *, obstacles: Sequence[Box] = ()
) -> list[str]:
    """Say what is wrong with a placement, in sentences; an empty list when nothing is."""
    circles, boxes = np.array(bubbles, dtype=float), np.array([label.box for label in labels], dtype=float)
    lines = np.array([label.leader or (np.nan,) * 4 for label in labels], dtype=float)
    blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
    bare, own = np.isnan(lines[:, 0]), np.eye(len(labels), dtype=bool)
    distance = gap(boxes, circles)
    nearer = np.where(own, np.inf, distance).min(axis=1, initial=np.inf) <= np.diag(distance)
    through = ((segment_gap(lines, circles) < 0) & ~own).any(axis=1)
    off_centre = np.hypot(*(lines[:, 2:] - circles[:, :2]).T)
    rules = {
        "leaves the plot": ~inside(boxes, np.array(plot)),
        "overlaps another label": (overlap(boxes, boxes) & ~own).any(axis=1),
        "covers a bubble": (distance < 0).any(axis=1),
        "covers what stands in the plot": overlap(boxes, blocks).any(axis=1),
        "is nearer to another bubble and has no leader": bare & nearer,
        "has a leader that does not reach its bubble": off_centre > circles[:, 2] + 1e-6,
        "has a leader that another bubble hides": through & (off_centre > 1e-6),
    }
    return [f"label {i + 1} {what}" for what, wrong in rules.items() for i in np.flatnonzero(wrong)]

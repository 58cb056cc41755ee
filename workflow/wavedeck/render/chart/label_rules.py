"""Say of labels beside bubbles what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wavedeck.render.chart.geometry import (
    cross_each_other,
    crosses_box,
    gap,
    inside,
    overlap,
    segment_gap,
)
from wavedeck.render.chart.placement import Box, Bubble, Label
from wavedeck.render.chart.stacks import at_one_place, in_one_heap


def check_labels(
    bubbles: Sequence[Bubble], labels: Sequence[Label], plot: Box, *, obstacles: Sequence[Box] = ()
) -> list[str]:
    """Say what is wrong with a placement, in sentences; an empty list when nothing is."""
    circles, boxes = np.array(bubbles, dtype=float), np.array([label.box for label in labels], dtype=float)
    lines = np.array([label.leader or (np.nan,) * 4 for label in labels], dtype=float)
    blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
    together = at_one_place(circles)
    shared = together & (boxes[:, None] == boxes[None]).all(axis=2)
    distance = gap(boxes, circles)
    mine = np.where(together, distance, np.inf).min(axis=0)
    nearer = np.where(together, np.inf, distance).min(axis=1, initial=np.inf) <= mine
    met = (segment_gap(lines, circles) < 0) & ~together
    off = np.hypot(*(lines[:, None, 2:] - circles[None, :, :2]).transpose(2, 0, 1))
    off_centre = np.where(together, off, np.inf).min(axis=1)
    off_edge = np.where(together, off - circles[None, :, 2], np.inf).min(axis=1)
    rules = {
        "leaves the plot": ~inside(boxes, np.array(plot)),
        "overlaps another label": (overlap(boxes, boxes) & ~shared).any(axis=1),
        "covers a bubble": (distance < 0).any(axis=1),
        "covers what stands in the plot": overlap(boxes, blocks).any(axis=1),
        "is nearer to another bubble and has no leader": np.isnan(lines[:, 0]) & nearer,
        "has a leader that does not reach its bubble": off_edge > 1e-6,
        "has a leader that crosses a bubble": (met & ~in_one_heap(circles)).any(axis=1),
        "has a leader that another bubble hides": met.any(axis=1) & (off_centre > 1e-6),
        "has a leader that crosses a label": (crosses_box(lines, boxes) & ~together).any(axis=1),
        "has a leader that crosses another": (cross_each_other(lines, lines) & ~together).any(axis=1),
    }
    return [f"label {i + 1} {what}" for what, wrong in rules.items() for i in np.flatnonzero(wrong)]

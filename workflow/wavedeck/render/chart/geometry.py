"""Boxes, circles and segments, many at a time; boxes are left, bottom, right, top."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Booleans: TypeAlias = NDArray[np.bool_]


def inside(boxes: Floats, outer: Floats) -> Booleans:
    """Tell which boxes (c, 4) lie within one box (4,)."""
    low, high = boxes[:, :2] >= outer[:2] - 1e-9, boxes[:, 2:] <= outer[2:] + 1e-9
    return np.asarray(low.all(axis=1) & high.all(axis=1))


def overlap(boxes: Floats, others: Floats, pad: float = 0.0) -> Booleans:
    """Tell which boxes (c, 4) come closer than `pad` to which others (k, 4), shape (c, k)."""
    a, b = boxes[:, None], others[None]
    return np.asarray(
        (a[..., 0] < b[..., 2] + pad)
        & (b[..., 0] < a[..., 2] + pad)
        & (a[..., 1] < b[..., 3] + pad)
        & (b[..., 1] < a[..., 3] + pad)
    )


def gap(boxes: Floats, circles: Floats) -> Floats:
    """Return the distance from boxes (c, 4) to circles (k, 3: x, y, r), shape (c, k); below 0 if covered."""
    a, b = boxes[:, None], circles[None]
    dx = np.maximum(np.maximum(a[..., 0] - b[..., 0], b[..., 0] - a[..., 2]), 0.0)
    dy = np.maximum(np.maximum(a[..., 1] - b[..., 1], b[..., 1] - a[..., 3]), 0.0)
    return np.asarray(np.hypot(dx, dy) - b[..., 2])


def nearest_point(boxes: Floats, point: Floats) -> Floats:
    """Return the point of each box (c, 4) that is nearest to a point (2,), shape (c, 2)."""
    return np.clip(point, boxes[:, :2], boxes[:, 2:])


def crosses_box(segments: Floats, boxes: Floats) -> Booleans:
    """Tell which segments (c, 4: from x, y, to x, y) touch which boxes (k, 4), shape (c, k)."""
    start, move = segments[:, None, :2], (segments[:, 2:] - segments[:, :2])[:, None]
    safe = np.where(np.abs(move) < 1e-12, 1e-12, move)
    t1, t2 = (boxes[None, :, :2] - start) / safe, (boxes[None, :, 2:] - start) / safe
    low, high = np.minimum(t1, t2), np.maximum(t1, t2)
    enter, leave = np.maximum(low[..., 0], low[..., 1]), np.minimum(high[..., 0], high[..., 1])
    return np.asarray((np.maximum(enter, 0.0) <= np.minimum(leave, 1.0)) & ~np.isnan(segments[:, :1]))


def segment_gap(segments: Floats, circles: Floats) -> Floats:
    """Return the distance from segments (c, 4) to circles (k, 3), shape (c, k); NaN segments are far."""
    start, move = segments[:, None, :2], (segments[:, 2:] - segments[:, :2])[:, None]
    length = np.maximum((move**2).sum(axis=2), 1e-18)
    t = np.clip(((circles[None, :, :2] - start) * move).sum(axis=2) / length, 0.0, 1.0)
    nearest = start + t[..., None] * move
    distance = np.hypot(*np.moveaxis(circles[None, :, :2] - nearest, 2, 0)) - circles[None, :, 2]
    return np.where(np.isnan(distance), np.inf, distance)


def cross_each_other(segments: Floats, others: Floats) -> Booleans:
    """Tell which segments (c, 4) properly cross which others (k, 4), shape (c, k)."""
    a, b = segments[:, None, :2], segments[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]
    one = _side(a, b, c) * _side(a, b, d)
    two = _side(c, d, a) * _side(c, d, b)
    return np.asarray((one < -1e-15) & (two < -1e-15))


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    ab, ac = b - a, c - a
    return np.asarray(ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0])

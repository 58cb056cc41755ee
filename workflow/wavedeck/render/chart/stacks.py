"""Bubbles that stand at one place share one label: the names under one another, or their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wavedeck.render.chart.geometry import Booleans, Floats

SAME_PLACE, HEAP = 0.3, 2.0
_BETWEEN = 0.02
Size = tuple[float, float]


def _apart(circles: Floats) -> Floats:
    return np.hypot(*(circles[:, None, :2] - circles[None, :, :2]).transpose(2, 0, 1))


def stacks_of(circles: Floats) -> list[list[int]]:
    """Return the circles (n, 3) by place: such as lie so much over one another that a reader sees one.

    >>> stacks_of(np.array([[1.0, 1.0, 0.1], [5.0, 1.0, 0.1], [1.0, 1.01, 0.1]]))
    [[0, 2], [1]]
    """
    apart, found = _apart(circles), list[list[int]]()
    for i in range(len(circles)):
        near = (one for one in found if apart[i, one[0]] < SAME_PLACE * circles[[i, one[0]], 2].min())
        home = next(near, None)
        if home is None:
            found.append([i])
        else:
            home.append(i)
    return found


def at_one_place(circles: Floats) -> Booleans:
    """Tell which circles (n, 3) share a place, shape (n, n)."""
    place = np.empty(len(circles), dtype=int)
    for number, stack in enumerate(stacks_of(circles)):
        place[stack] = number
    return np.asarray(place[:, None] == place[None, :])


def in_one_heap(circles: Floats) -> Booleans:
    """Tell which circles (n, 3) hang together, each less than a bubble from the next, shape (n, n)."""
    near = _apart(circles) < HEAP * (circles[:, None, 2] + circles[None, :, 2])
    for _ in range(len(circles).bit_length()):
        near = near @ near
    return near


def stacked_sizes(sizes: Sequence[Sequence[Size]]) -> list[Size]:
    """Return the sizes of a stack of labels, each with sizes to choose from."""
    found = []
    for number in range(max(len(offered) for offered in sizes)):
        chosen = [offered[min(number, len(offered) - 1)] for offered in sizes]
        height = sum(high for _, high in chosen) + _BETWEEN * chosen[0][1] * (len(chosen) - 1)
        found.append((max(wide for wide, _ in chosen), height))
    return found


def split_stack(box: Sequence[float], sizes: Sequence[Size], x: float) -> list[tuple[float, ...]]:
    """Return the boxes of the labels in a stack, from the top, each as near as can be to `x`."""
    left, _, right, top = box
    found = list[tuple[float, ...]]()
    for wide, high in sizes:
        start = min(max(x - wide / 2, left), right - wide)
        found.append((start, top - high, start + wide, top))
        top -= high + _BETWEEN * sizes[0][1]
    return found

"""Names beside the bubbles of a matrix; numbers and a key for those that have no room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from wavedeck.render.boxes import Box
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.placement import Box as Area
from wavedeck.render.chart.placement import Bubble, Label, NoRoomError, place_labels
from wavedeck.render.measure import line_height, text_width
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError

ROOMY, FULL = 10, 18
KEY_ABOVE, NUMBER_WIDTH, _BETWEEN = 0.06, 0.24, 0.2
_LONG, _WIDE = 1.2, 0.05
_MOST_LINES = 3
Line = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """The label of one driver: its lines, or its number, and its place from the plot's lower left corner.

    Parameters
    ----------
    whole
        The name on one line, for the key.
    number
        Its place in the key; 0 where the name stands beside its bubble.
    """

    lines: tuple[str, ...]
    label: Label
    bubble: Bubble
    whole: str = ""
    number: int = 0

    @property
    def ends_in_dot(self) -> bool:
        """Tell whether the leader goes on to the middle of its bubble, over others."""
        leader = self.label.leader
        return leader is not None and math.dist(leader[2:], self.bubble[:2]) < self.bubble.r / 2

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle of the label."""
        box = self.label.box
        return (box.left + box.right) / 2, (box.bottom + box.top) / 2


@dataclass(frozen=True)
class Ground:
    """Where names find their bubbles, and what they keep clear of, in inches from the lower left corner."""

    bubbles: tuple[Bubble, ...]
    area: Area
    lines: tuple[tuple[float, float, float, float, float], ...] = ()
    corners: tuple[Area, ...] = ()


@dataclass(frozen=True)
class KeyColumn:
    """One column of the key: where it stands in the chart, and what it lists."""

    box: Box
    lines: tuple[tuple[str, str], ...]
    size: float


def names_sizes(count: int, style: HouseStyle) -> tuple[float, ...]:
    """Return the type sizes to try for so many names, the largest first."""
    wanted = style.chart.label - (count > ROOMY) - (count > FULL)
    return tuple(dict.fromkeys(max(one, style.chart.minimum) for one in (wanted, wanted - 1, wanted - 2)))


def place_names(
    matrix: Matrix, sizes: Sequence[float], ground: Ground, least: float, *, strict: bool = True
) -> tuple[float, tuple[Name, ...], bool]:
    """Return the type size and the names: the largest size at which all have room, else the fewest numbers.

    Parameters
    ----------
    sizes
        Type sizes to try, in points, the largest first.
    ground
        Where the bubbles are.
    least
        Smallest type size for numbers.
    strict
        Whether to look for places where leaders cross nothing.

    Returns
    -------
    tuple
        Type size, names, and whether leaders cross nothing.

    Raises
    ------
    RenderError
        When not even numbers fit.
    """
    found: list[tuple[int, float, tuple[Name, ...]]] = []
    for size in sizes if strict else ():
        with suppress(NoRoomError):
            names = _placed(matrix, size, ground, max(size, least), strict=True)
            found.append((sum(one.number > 0 for one in names), size, names))
        if not found or not found[-1][0]:
            break
    if found:
        _, size, names = min(found, key=lambda one: (one[0], -one[1]))
        return size, names, True
    try:
        return sizes[-1], _placed(matrix, sizes[-1], ground, max(sizes[-1], least), strict=False), False
    except NoRoomError as error:
        raise RenderError(f"matrix '{matrix.id}': {error}") from error


def _placed(matrix: Matrix, size: float, ground: Ground, number: float, *, strict: bool) -> tuple[Name, ...]:
    whole = [f"{point.name}{point.importance.sign}" for point in matrix.points]
    ways = [_ways(name, size) for name in whole]
    labels = place_labels(
        ground.bubbles,
        [[_box(way, size) for way in some] for some in ways],
        ground.area,
        obstacles=ground.corners,
        lines=ground.lines,
        number=_box(("00",), number),
        strict=strict,
        crossing=not strict,
    )
    names = [
        Name(() if label.size == len(some) else some[label.size], label, bubble, name)
        for some, label, bubble, name in zip(ways, labels, ground.bubbles, whole, strict=True)
    ]
    return _numbered(names)


def _numbered(names: Sequence[Name]) -> tuple[Name, ...]:
    """Give numbers from the top to labels without a name; those at one place show the first and the last."""
    found = list(names)
    unnamed = [i for i, one in enumerate(names) if not one.lines]
    order = sorted(unnamed, key=lambda i: (-names[i].centre[1], names[i].centre[0]))
    for number, i in enumerate(order, start=1):
        found[i] = replace(names[i], number=number)
    for i in order:
        shared = [one.number for one in found if one.number and one.label.box == found[i].label.box]
        text = str(shared[0]) if len(shared) == 1 else f"{min(shared)}–{max(shared)}"
        found[i] = replace(found[i], lines=(text,))
    return tuple(found)


def _ways(name: str, size: float) -> list[tuple[str, ...]]:
    """Return a name on one line and, where it has the words for it, on two and three lines of like width."""
    words, wide = name.split(), text_width(name, size)
    counts = [n for n in range(2, _MOST_LINES + 1) if len(words) >= n and wide > _LONG * (n - 1)]
    return [(name,), *(_even_lines(words, count, size) for count in counts)]


def _even_lines(words: Sequence[str], count: int, size: float) -> tuple[str, ...]:
    cuts = ((0, *some, len(words)) for some in combinations(range(1, len(words)), count - 1))
    broken = [tuple(" ".join(words[a:b]) for a, b in pairwise(cut)) for cut in cuts]
    return min(broken, key=lambda lines: max(text_width(line, size) for line in lines))


def _box(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(line, size) for line in lines) + _WIDE, line_height(size) * len(lines)


def key_height(rows: int, style: HouseStyle) -> float:
    """Return the height of a key of so many rows, in inches."""
    return rows * line_height(style.chart.minimum) + KEY_ABOVE if rows else 0.0


def key_of(names: Sequence[Name], style: HouseStyle, room: Box) -> tuple[KeyColumn, ...]:
    """List the names that have numbers, in columns that are as even as can be."""
    listed = sorted({one.number: one.whole for one in names if one.number}.items())
    if not listed:
        return ()
    size = style.chart.minimum
    wide = NUMBER_WIDTH + max(text_width(name, size) for _, name in listed) + _BETWEEN
    across = max(1, min(len(listed), int(room.width / wide)))
    rows = math.ceil(len(listed) / across)
    columns = [listed[start : start + rows] for start in range(0, len(listed), rows)]
    wide = room.width / len(columns) if len(columns) == across else wide
    top = room.top + KEY_ABOVE
    return tuple(
        KeyColumn(
            Box(room.left + place * wide, top, wide, line_height(size) * rows),
            tuple((str(number), name) for number, name in column),
            size,
        )
        for place, column in enumerate(columns)
    )

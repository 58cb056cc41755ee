"""Labels beside bubbles: rules checked here with plain geometry of their own."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.render.chart.placement import Box, Bubble, Label, check_labels, place_labels
from wavedeck.study.errors import RenderError

PLOT = Box(0.0, 0.0, 7.6, 4.4)
RADIUS = 0.08
NAMES = [
    "Duidelijkheid van de informatie over de procedure",
    "Wachttijd",
    "Bereikbaarheid per telefoon",
    "Deskundigheid van medewerkers",
    "Begrijpelijkheid van de beslissing op de aanvraag",
    "Vriendelijkheid",
    "Informatie over de voortgang van de behandeling",
]
Sizes = list[list[tuple[float, float]]]


def sizes_of(count: int) -> Sizes:
    widths = [0.068 * len(NAMES[i % len(NAMES)]) for i in range(count)]
    return [[(w, 0.16)] + ([(0.55 * w, 0.32)] if w > 1.4 else []) for w in widths]


def bubbles_of(kind: str, count: int, seed: int) -> list[Bubble]:
    rng = np.random.default_rng(seed)
    few = rng.uniform([1, 1], [6.6, 3.4], (max(2, count // 5), 2))
    places = {
        "random": rng.uniform([0.2, 0.2], [7.4, 4.2], (count, 2)),
        "crowded": rng.normal([4.5, 2.5], [0.9, 0.5], (count, 2)),
        "corner": rng.normal([7.2, 4.1], [0.3, 0.2], (count, 2)),
        "identical": np.tile(few[:1], (count, 1)),
        "piles": few[rng.integers(0, len(few), count)],
        "line": np.column_stack([np.linspace(0.3, 7.3, count), np.full(count, 2.2)]),
    }[kind]
    return [Bubble(float(x), float(y), RADIUS) for x, y in np.clip(places, 0.1, [7.5, 4.3])]


def overlap(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.bottom < b.top and b.bottom < a.top


def distance(box: Box, bubble: Bubble) -> float:
    dx = max(box.left - bubble.x, 0, bubble.x - box.right)
    dy = max(box.bottom - bubble.y, 0, bubble.y - box.top)
    return hypot(dx, dy) - bubble.r


def unambiguous(label: Label, own: int, bubbles: list[Bubble]) -> bool:
    if label.leader is None:
        mine = distance(label.box, bubbles[own])
        return all(distance(label.box, b) > mine for i, b in enumerate(bubbles) if i != own)
    x, y = label.leader[2:]
    off = hypot(x - bubbles[own].x, y - bubbles[own].y)
    at_centre = off < 1e-6
    on_another = [hypot(x - b.x, y - b.y) < b.r for i, b in enumerate(bubbles) if i != own]
    return at_centre or (abs(off - bubbles[own].r) < 1e-6 and not any(on_another))


def assert_readable(bubbles: list[Bubble], labels: tuple[Label, ...], sizes: Sizes) -> None:
    assert len(labels) == len(bubbles)
    assert not any(overlap(a.box, b.box) for a, b in combinations(labels, 2))
    for i, label in enumerate(labels):
        box, (width, height) = label.box, sizes[i][label.size]
        assert box.right - box.left == pytest.approx(width)
        assert box.top - box.bottom == pytest.approx(height)
        assert box.left >= PLOT.left - 1e-9
        assert box.right <= PLOT.right + 1e-9
        assert box.bottom >= PLOT.bottom - 1e-9
        assert box.top <= PLOT.top + 1e-9
        assert all(distance(box, bubble) >= 0 for bubble in bubbles)
        assert unambiguous(label, i, bubbles)


@pytest.mark.parametrize("kind", ["random", "crowded", "corner", "identical", "piles", "line"])
@pytest.mark.parametrize("count", [10, 16])
def test_labels_are_readable(kind: str, count: int) -> None:
    bubbles, sizes = bubbles_of(kind, count, 1), sizes_of(count)
    labels = place_labels(bubbles, sizes, PLOT)
    assert_readable(bubbles, labels, sizes)
    assert check_labels(bubbles, labels, PLOT) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["random", "crowded", "corner", "identical", "piles", "line"])
@pytest.mark.parametrize("seed", range(4))
def test_labels_of_thirty_bubbles(kind: str, seed: int) -> None:
    bubbles, sizes = bubbles_of(kind, 30, seed), sizes_of(30)
    assert_readable(bubbles, place_labels(bubbles, sizes, PLOT), sizes)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 75), st.integers(1, 43), st.sampled_from([0.05, 0.08, 0.15])),
        min_size=10,
        max_size=14,
    )
)
def test_labels_anywhere_are_readable(places: list[tuple[int, int, float]]) -> None:
    bubbles = [Bubble(x / 10, y / 10, r) for x, y, r in places]
    sizes = sizes_of(len(bubbles))
    assert_readable(bubbles, place_labels(bubbles, sizes, PLOT), sizes)


def test_labels_far_apart_need_no_leader() -> None:
    bubbles = [Bubble(1, 1, RADIUS), Bubble(4, 3, RADIUS), Bubble(6, 1, RADIUS)]
    assert [label.leader for label in place_labels(bubbles, [[(1.0, 0.16)]] * 3, PLOT)] == [None] * 3


def test_labels_keep_clear_of_names_of_quadrants() -> None:
    bubbles, name = [Bubble(1, 1, RADIUS)], Box(1.0, 0.5, 3.0, 1.5)
    labels = place_labels(bubbles, [[(1.0, 0.16)]], PLOT, obstacles=[name])
    assert not overlap(labels[0].box, name)
    assert check_labels(bubbles, labels, PLOT, obstacles=[name]) == []


def test_labels_twice_are_the_same() -> None:
    bubbles, sizes = bubbles_of("crowded", 12, 3), sizes_of(12)
    assert place_labels(bubbles, sizes, PLOT) == place_labels(bubbles, sizes, PLOT)


def test_labels_too_long_say_which() -> None:
    with pytest.raises(RenderError, match="bubble 2 fits nowhere"):
        place_labels([Bubble(1, 1, 0.1), Bubble(3, 3, 0.1)], [[(1.0, 0.2)], [(9.0, 0.2)]], PLOT)


def test_labels_without_room_say_so() -> None:
    tight = Box(0, 0, 3.0, 0.5)
    with pytest.raises(RenderError, match="do not fit"):
        place_labels([Bubble(1.5, 0.25, 0.02)] * 8, [[(1.0, 0.16)]] * 8, tight)


def test_labels_count_must_fit() -> None:
    with pytest.raises(RenderError, match="one label for each"):
        place_labels([Bubble(1, 1, 0.1)], [], PLOT)
    assert place_labels([], [], PLOT) == ()


def moved(label: Label, by: float) -> Label:
    box = label.box
    return Label(Box(box.left + by, box.bottom, box.right + by, box.top), label.leader, label.size)


def test_check_sees_what_is_wrong() -> None:
    bubbles = [Bubble(1, 1, 0.1), Bubble(4, 3, 0.1)]
    labels = place_labels(bubbles, [[(1.0, 0.2)]] * 2, PLOT)
    assert check_labels(bubbles, (labels[0], labels[0]), PLOT)[0] == "label 1 overlaps another label"
    assert check_labels(bubbles, (moved(labels[0], 9), labels[1]), PLOT)[0] == "label 1 leaves the plot"
    assert "label 1 covers a bubble" in check_labels(bubbles, (moved(labels[0], -0.5), labels[1]), PLOT)
    aside = (labels[1], labels[0])
    assert "label 1 is nearer to another bubble and has no leader" in check_labels(bubbles, aside, PLOT)
    astray = Label(labels[0].box, (1.0, 1.0, 2.0, 2.0), 0)
    assert check_labels(bubbles, (astray, labels[1]), PLOT) == [
        "label 1 has a leader that does not reach its bubble"
    ]

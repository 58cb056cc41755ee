"""Labels beside bubbles: rules checked here with plain geometry of their own."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wavedeck.render.chart.label_rules import check_labels
from wavedeck.render.chart.placement import Box, Bubble, Label, place_labels
from wavedeck.render.chart.stacks import split_stack
from wavedeck.study.errors import RenderError

NUMBER = (0.17, 0.17)
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
    lines = [(1.4, 0.55, 2), (2.4, 0.4, 3)]
    return [[(w, 0.16), *((share * w, 0.16 * n) for least, share, n in lines if w > least)] for w in widths]


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


def at_one_place(a: Bubble, b: Bubble, bubbles: list[Bubble]) -> bool:
    """Tell whether two bubbles lie over one, be it one of them."""

    def over(one: Bubble, other: Bubble) -> bool:
        return hypot(one.x - other.x, one.y - other.y) < 0.31 * min(one.r, other.r)

    return any(over(a, one) and over(b, one) for one in bubbles)


def unambiguous(label: Label, own: int, bubbles: list[Bubble], mine: float) -> bool:
    others = [one for one in bubbles if not at_one_place(one, bubbles[own], bubbles)]
    if label.leader is None:
        return all(distance(label.box, one) > mine for one in others)
    x, y = label.leader[2:]
    off = min(hypot(x - one.x, y - one.y) for one in bubbles if at_one_place(one, bubbles[own], bubbles))
    return off < 1e-6 or not any(hypot(x - one.x, y - one.y) < one.r - 1e-9 for one in others)


def assert_readable(bubbles: list[Bubble], labels: tuple[Label, ...], sizes: Sizes) -> None:
    assert len(labels) == len(bubbles)
    for (i, a), (j, b) in combinations(enumerate(labels), 2):
        assert not overlap(a.box, b.box) or (a.box == b.box and at_one_place(bubbles[i], bubbles[j], bubbles))
    for i, label in enumerate(labels):
        box, numbered = label.box, label.size == len(sizes[i])
        width, height = NUMBER if numbered else sizes[i][label.size]
        assert box.right - box.left == pytest.approx(width) or (numbered and box.right - box.left > width)
        assert box.top - box.bottom == pytest.approx(height)
        assert box.left >= PLOT.left - 1e-9
        assert box.right <= PLOT.right + 1e-9
        assert box.bottom >= PLOT.bottom - 1e-9
        assert box.top <= PLOT.top + 1e-9
        assert all(distance(box, bubble) >= 0 for bubble in bubbles)
        stack = [
            one.box for one, b in zip(labels, bubbles, strict=True) if at_one_place(b, bubbles[i], bubbles)
        ]
        assert unambiguous(label, i, bubbles, min(distance(one, bubbles[i]) for one in stack))


def points_on(leader: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    x, y, to_x, to_y = leader
    return [(x + share * (to_x - x), y + share * (to_y - y)) for share in np.linspace(0.02, 0.98, 49)]


def assert_leaders_cross_nothing(bubbles: list[Bubble], labels: tuple[Label, ...]) -> None:
    """Walk along the leaders: none meets another label, a bubble or, nearly, another leader."""
    for i, label in enumerate(labels):
        if label.leader is not None:
            for x, y in points_on(label.leader):
                for j, (other, bubble) in enumerate(zip(labels, bubbles, strict=True)):
                    if not at_one_place(bubble, bubbles[i], bubbles):
                        assert hypot(x - bubble.x, y - bubble.y) >= bubble.r
                        box = other.box
                        assert not (box.left < x < box.right and box.bottom < y < box.top), (i, j)


@pytest.mark.parametrize("kind", ["random", "crowded", "corner", "identical", "piles", "line"])
@pytest.mark.parametrize("count", [10, 16])
def test_labels_are_readable(kind: str, count: int) -> None:
    bubbles, sizes = bubbles_of(kind, count, 1), sizes_of(count)
    labels = place_labels(bubbles, sizes, PLOT, number=NUMBER)
    assert_readable(bubbles, labels, sizes)
    if kind != "corner":
        assert check_labels(bubbles, labels, PLOT) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["random", "crowded", "corner", "identical", "piles", "line"])
@pytest.mark.parametrize("seed", range(4))
def test_labels_of_thirty_bubbles(kind: str, seed: int) -> None:
    bubbles, sizes = bubbles_of(kind, 30, seed), sizes_of(30)
    assert_readable(bubbles, place_labels(bubbles, sizes, PLOT, number=NUMBER), sizes)


@pytest.mark.parametrize(("kind", "count"), [("random", 30), ("line", 16), ("crowded", 16), ("piles", 30)])
def test_leaders_cross_no_bubble_label_or_leader(kind: str, count: int) -> None:
    rng = np.random.default_rng(5)
    bubbles, sizes = bubbles_of(kind, count, 5), sizes_of(count)
    if kind in ("random", "crowded"):
        places = rng.permutation(
            [(x, y) for x in np.arange(0.5, 7.2, 0.55) for y in np.arange(0.4, 4.1, 0.5)]
        )
        bubbles = [Bubble(float(x), float(y), RADIUS) for x, y in places[:count]]
    labels = place_labels(bubbles, sizes, PLOT, number=NUMBER)
    assert check_labels(bubbles, labels, PLOT) == []
    assert_leaders_cross_nothing(bubbles, labels)


def at_places(places: list[tuple[int, int, float]], step: float) -> list[Bubble]:
    return [Bubble(x * step, y * step, radius) for x, y, radius in places]


PLACES = st.tuples(st.integers(10, 750), st.integers(10, 430), st.sampled_from([0.05, 0.08]))
CROWDED = st.tuples(st.integers(30, 42), st.integers(20, 30), st.sampled_from([0.05, 0.08]))


@settings(max_examples=8, deadline=None)
@given(st.lists(PLACES, min_size=10, max_size=30))
def test_labels_anywhere_are_readable(places: list[tuple[int, int, float]]) -> None:
    bubbles, sizes = at_places(places, 0.01), sizes_of(len(places))
    assert_readable(bubbles, place_labels(bubbles, sizes, PLOT, number=NUMBER), sizes)


@settings(max_examples=5, deadline=None)
@given(st.lists(CROWDED, min_size=10, max_size=24))
def test_labels_of_crowded_and_identical_bubbles_are_readable(places: list[tuple[int, int, float]]) -> None:
    bubbles, sizes = at_places(places, 0.1), sizes_of(len(places))
    assert_readable(bubbles, place_labels(bubbles, sizes, PLOT, number=NUMBER), sizes)


def test_names_in_one_stack_stand_at_their_bubble_whatever_their_widths() -> None:
    boxes = split_stack((0.0, 1.0, 3.4, 1.34), [(3.4, 0.16), (0.4, 0.16)], 1.0)
    assert boxes[1][0] <= 1.0 <= boxes[1][2]
    assert [box[0] for box in split_stack((1.0, 0.0, 3.0, 0.4), [(2.0, 0.16), (0.5, 0.16)], 0.5)] == [
        1.0,
        1.0,
    ]


def test_stack_of_unlike_bubbles_keeps_clear_of_the_largest() -> None:
    bubbles = [Bubble(3.0, 2.0, 0.05), Bubble(3.0, 2.0, 0.2), Bubble(5.0, 3.0, 0.05)]
    labels = place_labels(bubbles, [[(1.0, 0.16)]] * 3, PLOT)
    assert check_labels(bubbles, labels, PLOT) == []
    assert [label.leader for label in labels] == [None] * 3


@pytest.mark.parametrize("seed", range(3))
def test_numbers_of_a_heap_in_a_corner_fan_out_and_cross_nothing(seed: int) -> None:
    bubbles, sizes = bubbles_of("corner", 18, seed), sizes_of(18)
    labels = place_labels(bubbles, sizes, PLOT, number=NUMBER, crossing=False)
    assert_readable(bubbles, labels, sizes)
    assert check_labels(bubbles, labels, PLOT) == []


def test_bubbles_at_one_place_share_a_label() -> None:
    bubbles = [Bubble(3.0, 2.0, RADIUS)] * 4
    labels = place_labels(bubbles, [[(1.0, 0.16)], [(2.0, 0.16)]] * 2, PLOT)
    assert [label.leader for label in labels] == [None] * 4
    assert len({label.box.left for label in labels}) == 1
    assert sorted(label.box.top for label in labels) == [label.box.top for label in labels[::-1]]


def test_bubbles_at_one_place_share_a_number_where_their_names_have_no_room() -> None:
    bubbles = [Bubble(3.0, 2.0, RADIUS)] * 30
    labels = place_labels(bubbles, [[(1.0, 0.16)]] * 30, PLOT, number=NUMBER)
    assert len({label.box for label in labels}) == 1
    assert {label.size for label in labels} == {1}


def test_labels_keep_off_lines_that_cost_much() -> None:
    bubbles, line = [Bubble(3.0, 2.0, RADIUS)], (2.0, 2.0, 4.0, 2.0, 9.0)
    (label,) = place_labels(bubbles, [[(0.8, 0.16)]], PLOT, lines=[line])
    assert not label.box.bottom < 2.0 < label.box.top


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
    bubbles = [Bubble(0.3 + 0.3 * place, 0.05, 0.02) for place in range(8)]
    with pytest.raises(RenderError, match="do not fit"):
        place_labels(bubbles, [[(1.0, 0.16)]] * 8, Box(0, 0, 3.0, 0.5))


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


def test_check_sees_what_leaders_cross() -> None:
    bubbles = [Bubble(1, 1, 0.1), Bubble(3, 1, 0.1), Bubble(5, 1, 0.1)]
    above = [Box(x - 0.4, 1.5, x + 0.4, 1.7) for x in (1.0, 3.0, 5.0)]
    straight = [Label(box, (b.x, 1.5, b.x, 1.1), 0) for box, b in zip(above, bubbles, strict=True)]
    assert check_labels(bubbles, straight, PLOT) == []
    through_bubble = Label(Box(6.0, 0.9, 7.0, 1.1), (6.0, 1.0, 3.1, 1.0), 0)
    found = check_labels(bubbles, [straight[0], through_bubble, straight[2]], PLOT)
    assert "label 2 has a leader that crosses a bubble" in found
    swapped = [Label(above[1], (2.6, 1.6, 1.1, 1.0), 0), Label(above[0], (1.4, 1.6, 2.9, 1.0), 0)]
    found = check_labels(bubbles, [*swapped, straight[2]], PLOT)
    assert "label 1 has a leader that crosses another" in found
    under = Label(Box(2.6, 2.5, 3.4, 2.7), (3.0, 2.5, 1.05, 1.08), 0)
    middle = Label(Box(1.6, 1.6, 2.4, 1.9), (2.4, 1.6, 2.95, 1.08), 0)
    assert "label 1 has a leader that crosses a label" in check_labels(
        bubbles, [under, middle, straight[2]], PLOT
    )

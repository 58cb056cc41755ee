from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.figures.records import COMPARISON_VALUES, INTERNAL_COLUMNS, VALUE_COLUMNS, Comparison, Figure
from wavedeck.figures.relations import Relation
from wavedeck.figures.suppression import apply_rules, publishable_comparisons, publishable_figures
from wavedeck.study.settings import Disclosure, Reliability, Suppression

RELIABILITY = Suppression(reliability=Reliability(minimum=30, low_base=100))
DISCLOSURE = Suppression(reliability=Reliability(minimum=0), disclosure=Disclosure(minimum=5))
SEXES = {"p": (Relation("all", ("f", "m")),)}


def figure(group: str, base: float, *, statistic: str = "mean", category: str = "", **more: object) -> Figure:
    dot = f".{category}" if category else ""
    return Figure(
        address=f"p/x{dot}/{group}/w",
        part="p",
        indicator="x",
        item="",
        category=category,
        group=group,
        wave="w",
        statistic=statistic,
        unit="mark",
        decimals=1,
        state="shown" if base else "empty",
        estimate=7.0 if base else None,
        base=base,
        **more,  # type: ignore[arg-type]
    )


def states(figures: list[Figure], rules: Suppression, relations: dict = SEXES) -> dict[str, str]:
    return {one.category or one.group: one.state for one in apply_rules(figures, rules, relations)}


@pytest.mark.parametrize(
    ("base", "state"), [(29, "suppressed"), (30, "low_base"), (99, "low_base"), (100, "shown")]
)
def test_reliability_looks_at_the_base_of_answers(base: int, state: str) -> None:
    assert states([figure("all", base)], RELIABILITY) == {"all": state}


def test_reliability_leaves_counts_alone() -> None:
    assert states([figure("all", 3, statistic="count")], RELIABILITY) == {"all": "shown"}


def test_reliability_looks_at_the_smaller_side_of_a_difference() -> None:
    assert states([figure("all", 80, smallest_base=12.0)], RELIABILITY) == {"all": "suppressed"}


def test_disclosure_hides_the_smallest_neighbour_too() -> None:
    figures = [figure("all", 50), figure("f", 47), figure("m", 3)]
    assert states(figures, DISCLOSURE) == {"all": "shown", "f": "suppressed", "m": "suppressed"}


def test_disclosure_hides_counts() -> None:
    figures = [figure(name, size, statistic="count") for name, size in (("all", 50), ("f", 47), ("m", 3))]
    assert states(figures, DISCLOSURE)["f"] == "suppressed"


def test_disclosure_stops_when_enough_is_hidden() -> None:
    relations = {"p": (Relation("all", ("a", "b", "c", "d")),)}
    figures = [
        figure("all", 40),
        *(figure(name, size) for name, size in zip("abcd", (2, 4, 14, 20), strict=True)),
    ]
    assert [states(figures, DISCLOSURE, relations)[name] for name in "abcd"] == [
        "suppressed",
        "suppressed",
        "shown",
        "shown",
    ]


def test_disclosure_leaves_a_group_of_nobody_alone() -> None:
    figures = [figure("all", 50), figure("f", 50), figure("m", 0)]
    assert states(figures, DISCLOSURE) == {"all": "shown", "f": "shown", "m": "empty"}


@pytest.mark.parametrize(
    ("sizes", "remainder", "hidden"),
    [
        ((30, 19), "hide", {"m"}),
        ((30, 16), "hide", {"m"}),
        ((30, 15), "hide", set()),
        ((30, 20), "hide", set()),
        ((48, 0), "hide", {"f"}),
        ((30, 19), "show", set()),
        ((46, 3), "show", {"f", "m"}),
    ],
)
def test_disclosure_hides_what_gives_away_those_in_no_group(
    sizes: tuple[int, int], remainder: Literal["hide", "show"], hidden: set[str]
) -> None:
    rule = Disclosure(minimum=5, remainder=remainder)
    rules = Suppression(reliability=Reliability(minimum=0), disclosure=rule)
    figures = [figure("all", 50), figure("f", sizes[0]), figure("m", sizes[1])]
    found = states(figures, rules)
    assert {name for name, state in found.items() if state == "suppressed"} == hidden


def test_disclosure_follows_crossed_groups() -> None:
    relations = {"p": (Relation("f", ("n*f", "s*f")), Relation("n", ("n*f", "n*m")))}
    sizes = {"f": 30, "n": 32, "n*f": 3, "s*f": 27, "n*m": 29}
    found = states([figure(name, size) for name, size in sizes.items()], DISCLOSURE, relations)
    assert {name for name, state in found.items() if state == "suppressed"} == {"n*f", "s*f", "n*m"}


def test_disclosure_hides_a_union_that_leaves_a_hidden_group() -> None:
    relations = {"p": (Relation("all", ("town",)), Relation("all", ("n", "s", "e")))}
    sizes = {"all": 50, "town": 47, "n": 26, "s": 21, "e": 3}
    found = states([figure(name, size) for name, size in sizes.items()], DISCLOSURE, relations)
    assert {name for name, state in found.items() if state == "suppressed"} == {"town", "e", "s"}


def test_disclosure_hides_a_share_that_counts_a_small_group() -> None:
    figures = [
        figure("all", 50, statistic="composition", category=name, smallest_base=size)
        for name, size in (("f", 47.0), ("m", 3.0))
    ]
    assert states(figures, DISCLOSURE) == {"f": "suppressed", "m": "suppressed"}


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_disclosure_never_leaves_one_small_group_to_solve(sizes: list[int]) -> None:
    names = [f"g{place}" for place in range(len(sizes))]
    figures = [
        figure("all", sum(sizes)),
        *(figure(name, size) for name, size in zip(names, sizes, strict=True)),
    ]
    found = states(figures, DISCLOSURE, {"p": (Relation("all", tuple(names)),)})
    hidden = [size for name, size in zip(names, sizes, strict=True) if found[name] == "suppressed"]
    if found["all"] == "shown" and hidden:
        assert sum(hidden) >= 5
        assert len(hidden) > 1 or hidden[0] >= 5


def test_publishable_figures_of_suppressed_ones_hold_no_value() -> None:
    full = figure("m", 3, se=0.1, ci_low=6.0, ci_high=8.0, weighted_base=3.0, effective_base=3.0, deff=1.0)
    published = publishable_figures(apply_rules([full], RELIABILITY, {}), RELIABILITY)[0]
    assert {getattr(published, name) for name in (*VALUE_COLUMNS, *INTERNAL_COLUMNS)} == {None}


@pytest.mark.parametrize(("rules", "said"), [(RELIABILITY, (90.0, 1.2)), (DISCLOSURE, (None, None))])
def test_spread_of_weights_is_not_published_under_a_rule_of_disclosure(
    rules: Suppression, said: tuple[float | None, float | None]
) -> None:
    full = figure("m", 100, effective_base=90.0, deff=1.2, weighted_base=101.0)
    published = publishable_figures([full], rules)[0]
    assert (published.effective_base, published.deff) == said
    assert (published.estimate, published.weighted_base) == (7.0, 101.0)


def compared(address: str, kind: str, against: str = "", rest_base: float = 50) -> Comparison:
    values = dict.fromkeys(COMPARISON_VALUES, 0.5)
    return Comparison(address=address, kind=kind, against=against, mark="+", rest_base=rest_base, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("hidden", ["p/x/f/w", "p/x/all/w"])
def test_publishable_comparison_needs_every_side(hidden: str) -> None:
    shown = {one.address: one for one in (figure("f", 40), figure("all", 90))}
    shown[hidden] = Figure(**{**vars(shown[hidden]), "state": "suppressed"})
    for item in (compared("p/x/f/w", "rest"), compared("p/x/f/w", "previous", "p/x/all/w")):
        published = publishable_comparisons([item], shown, minimum_rest=30)[0]
        assert {getattr(published, name) for name in COMPARISON_VALUES} == {None}
        assert published.mark == ""
        assert published.reason == f"suppressed: {hidden}"


@pytest.mark.parametrize(("rest", "kept"), [(29, False), (30, True)])
@pytest.mark.parametrize("groups", [("f",), ("f", "all")])
def test_publishable_comparison_needs_a_rest_large_enough(
    groups: tuple[str, ...], rest: int, kept: bool
) -> None:
    figures = {one.address: one for one in (figure(name, 40 + rest) for name in groups)}
    item = compared("p/x/f/w", "rest", rest_base=rest)
    published = publishable_comparisons([item], figures, minimum_rest=30)[0]
    assert (published.difference is not None, published.rest_base) == (kept, None)
    assert published.reason == ("" if kept else "the rest is too small")

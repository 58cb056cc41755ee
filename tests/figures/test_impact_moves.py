from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from wavedeck.figures.impact_moves import with_moves
from wavedeck.figures.records import Comparison, Figure
from wavedeck.impact.changes import compare_quadrants
from wavedeck.impact.quadrants import Placement
from wavedeck.study.address import Address
from wavedeck.study.impact import QUADRANTS, quadrant_of

DRIVERS = 6


def placement(seed: int, shift: float = 0.0) -> Placement:
    """Return drivers at both sides of the borders, the first far from where another seed has it."""
    rng = np.random.default_rng(seed)
    distance = rng.normal(0, 0.5, size=(DRIVERS, 2))
    distance[0] = (1.0 + shift, -1.0)
    draws = distance + rng.normal(0, 0.2, size=(400, DRIVERS, 2))
    quadrant = np.array([QUADRANTS.index(quadrant_of(*one)) for one in distance])
    probability = rng.dirichlet(np.ones(4), DRIVERS)
    return Placement(quadrant, probability, 0.8, 0.0, 0.0, distance, draws)


def figure(
    kind: str, item: str, wave: str, estimate: float, *, category: str = "", se: float | None = None
) -> Figure:
    statistic = {"quadrant": "placement"}.get(kind, "distance")
    return Figure(
        address=str(Address("p", f"a_{kind}", item, category, "all", wave)), part="p", indicator=f"a_{kind}",
        item=item, category=category, group="all", wave=wave, statistic=statistic, unit="percent", decimals=0,
        state="shown", estimate=estimate, se=se,
    )  # fmt: skip


def figures(found: Placement, wave: str) -> list[Figure]:
    made = []
    for place in range(DRIVERS):
        for number, quadrant in enumerate(QUADRANTS):
            chance = 100 * float(found.probability[place, number])
            made.append(figure("quadrant", f"d{place}", wave, chance, category=quadrant))
        for axis, kind in enumerate(("importance_distance", "rating_distance")):
            se = float(found.distance_se[place, axis])
            made.append(figure(kind, f"d{place}", wave, float(found.distance[place, axis]), se=se))
    return made


def judged(before: Placement, after: Placement) -> dict[tuple[str, str], Comparison]:
    stored = {one.address: one for one in [*figures(before, "1"), *figures(after, "2")]}
    pairs = [
        Comparison(
            address=one.address,
            kind="previous",
            against=f"{one.address[:-1]}1",
            difference=(one.estimate or 0) - (stored[f"{one.address[:-1]}1"].estimate or 0),
            reason="a placement is not tested",
        )
        for one in stored.values()
        if one.wave == "2" and one.statistic == "placement"
    ]
    made: Sequence[Comparison] = with_moves(pairs, stored, level=0.05)
    assert [one.address for one in made] == [one.address for one in pairs]
    return {(stored[one.address].item, stored[one.address].category): one for one in made}


@pytest.mark.parametrize("seeds", [(1, 2), (3, 4), (5, 6)])
def test_moves_are_tested_as_the_engine_tests_them(seeds: tuple[int, int]) -> None:
    before, after = placement(seeds[0], shift=-2.0), placement(seeds[1])
    expected = compare_quadrants(before, after, correction="holm")
    found = judged(before, after)
    for place in range(DRIVERS):
        now = QUADRANTS[int(after.quadrant[place])]
        then = QUADRANTS[int(before.quadrant[place])]
        one = found[f"d{place}", now]
        if not expected.moved[place]:
            assert (one.p, one.mark, one.reason) == (None, "", "neither came nor went")
            continue
        assert one.p == pytest.approx(expected.p[place], rel=1e-10)
        assert one.p_adjusted == pytest.approx(expected.adjusted_p[place], rel=1e-10)
        assert (one.mark == "+") == bool(expected.changed[place])
        assert found[f"d{place}", then].mark == ("-" if expected.changed[place] else "none")
    assert found["d0", "priority"].mark == "+"
    assert found["d0", "no_priority"].mark == "-"


def test_quadrants_that_a_driver_neither_left_nor_entered_have_no_test() -> None:
    found = judged(placement(1, shift=-2.0), placement(2))
    for quadrant in ("strength", "precondition"):
        assert found["d0", quadrant].p_adjusted is None
        assert found["d0", quadrant].reason == "neither came nor went"

"""Drivers that changed quadrant between waves, tested on the figures in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wavedeck.figures.impact_rest import moved_comparison
from wavedeck.figures.records import Comparison, Figure, finite
from wavedeck.impact.inference import two_sided
from wavedeck.stats.corrections import adjust_p
from wavedeck.study.address import Address
from wavedeck.study.impact import QUADRANTS, quadrant_of

AXES = ("importance_distance", "rating_distance")


@dataclass(frozen=True)
class Move:
    """Where a driver stood and stands, and p that every distance to a border it crossed is as before."""

    before: str
    now: str
    p: float

    @property
    def is_move(self) -> bool:
        """Tell whether the estimates stand in another quadrant."""
        return self.before != self.now


def with_moves(
    comparisons: Sequence[Comparison], figures: Mapping[str, Figure], *, level: float
) -> list[Comparison]:
    """Return the comparisons, those of quadrants tested, in the same order.

    Waves are independent samples, so the standard errors of both distances suffice: it is the test of
    `wavedeck.impact.changes.compare_quadrants`. p is corrected (Holm) over the drivers of one group.

    Parameters
    ----------
    comparisons
        Of a wave with another one; those of other figures are left as they are.
    level
        Of tests, e.g. 0.05.
    """
    found = list(comparisons)
    families: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, one in enumerate(found):
        figure = figures[one.address]
        if figure.statistic == "placement" and one.difference is not None:
            family = (figure.part, figure.indicator, figure.group, figure.wave, one.kind)
            families[family][figure.item].append(place)
    for items in families.values():
        moves = {item: _move(found[places[0]], figures) for item, places in items.items()}
        adjusted = adjust_p([move.p for move in moves.values()], correction="holm")
        for item, corrected in zip(items, adjusted, strict=True):
            for place in items[item]:
                found[place] = _judged(found[place], moves[item], float(corrected), figures, level)
    return found


def _move(one: Comparison, figures: Mapping[str, Figure]) -> Move:
    now, before = (
        [_distance(address, kind, figures) for kind in AXES] for address in (one.address, one.against)
    )
    here, there = ([figure.estimate or 0.0 for figure in side] for side in (now, before))
    crossed = [(a >= 0) != (b >= 0) for a, b in zip(here, there, strict=True)]
    difference = np.array(here) - np.array(there)
    se = np.array([np.hypot(a.se or np.nan, b.se or np.nan) for a, b in zip(now, before, strict=True)])
    p = two_sided(difference, se)
    largest = max((float(p[axis]) for axis in range(len(AXES)) if crossed[axis]), default=np.nan)
    return Move(quadrant_of(*there), quadrant_of(*here), largest if np.isfinite(p[crossed]).all() else np.nan)


def _distance(address: str, kind: str, figures: Mapping[str, Figure]) -> Figure:
    own = Address.parse(address)
    name = f"{own.indicator.removesuffix('quadrant')}{kind}"
    return figures[str(replace(own, indicator=name, category=""))]


def _judged(
    one: Comparison, move: Move, adjusted: float, figures: Mapping[str, Figure], level: float
) -> Comparison:
    quadrant = figures[one.address].category
    assert quadrant in QUADRANTS
    side = int(move.now == quadrant) - int(move.before == quadrant)
    return moved_comparison(replace(one, reason=""), side, (finite(move.p), finite(adjusted)), level)

"""A group against everybody else: importance and quadrants, tested on the same replicates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from wavedeck.figures.columns import PERCENT
from wavedeck.figures.impact_figures import ImpactFigures
from wavedeck.figures.impact_model import Fitted
from wavedeck.figures.records import Comparison, finite
from wavedeck.impact.changes import QuadrantChanges, compare_quadrants
from wavedeck.impact.inference import spread, two_sided
from wavedeck.stats.arrays import Floats, divide
from wavedeck.study.address import Address
from wavedeck.study.impact import QUADRANTS


@dataclass(frozen=True)
class AgainstRest:
    """Compare the model of a group with that of everybody else.

    Attributes
    ----------
    rest
        None where the rest carries no model.
    reason
        Why a driver has no comparison.
    """

    makes: ImpactFigures
    group: str
    fitted: Fitted
    rest: Fitted | None
    reason: str

    def comparisons(self) -> Iterator[Comparison]:
        """Yield a comparison for the importance of each driver and for each of its quadrants."""
        for place, item in enumerate(self.fitted.items):
            yield self._importance(place, item)
        yield from self._quadrants()

    def _importance(self, place: int, item: str) -> Comparison:
        blank = Comparison(address=self._address("importance", item), kind="rest")
        if self.rest is None or item not in self.rest.items:
            return replace(blank, reason=self.reason)
        there = self.rest.items.index(item)
        difference = self.fitted.importance.estimate[place] - self.rest.importance.estimate[there]
        se = spread((_draws(self.fitted)[:, place] - _draws(self.rest)[:, there])[:, None])
        p = finite(two_sided(np.array([difference]), se)[0])
        return replace(
            blank,
            difference=float(difference) * self.makes.scale,
            se=float(se[0]) * self.makes.scale,
            t=finite(divide(np.array([difference]), se)[0]),
            p=p,
            decision_p=p,
            rest_base=float(self.rest.importance.base[there]),
        )

    def _quadrants(self) -> Iterator[Comparison]:
        if self.rest is None or self.rest.items != self.fitted.items:
            reason = self.reason if self.rest is None else "the rest has other drivers, hence other borders"
            for item in self.fitted.items:
                for quadrant in QUADRANTS:
                    address = self._address("quadrant", item, quadrant)
                    yield Comparison(address=address, kind="rest", reason=reason)
            return
        level = self.makes.wanted.recipe.tests.level
        changes = compare_quadrants(
            self.rest.placement, self.fitted.placement, paired=True, level=1 - level, correction="holm"
        )
        for place, item in enumerate(self.fitted.items):
            for number, quadrant in enumerate(QUADRANTS):
                address = self._address("quadrant", item, quadrant)
                yield self._quadrant(address, self.rest, changes, place, number)

    def _quadrant(
        self, address: str, rest: Fitted, changes: QuadrantChanges, place: int, number: int
    ) -> Comparison:
        here, there = self.fitted.placement, rest.placement
        difference = PERCENT * float(here.probability[place, number] - there.probability[place, number])
        side = 0
        if changes.moved[place]:
            side = int(here.quadrant[place] == number) - int(there.quadrant[place] == number)
        return moved_comparison(
            Comparison(
                address=address,
                kind="rest",
                difference=difference,
                rest_base=float(rest.importance.base[place]),
            ),
            side,
            (finite(changes.p[place]), finite(changes.adjusted_p[place])),
            self.makes.wanted.recipe.tests.level,
        )

    def _address(self, kind: str, item: str, category: str = "") -> str:
        recipe = self.makes.wanted.recipe
        name = f"{self.makes.name}_{kind}"
        return str(Address(recipe.part, name, item, category, self.group, recipe.wave))


def moved_comparison(
    blank: Comparison, side: int, p: tuple[float | None, float | None], level: float
) -> Comparison:
    """Return what a test of a change of quadrant says of one quadrant.

    Parameters
    ----------
    side
        1 for the quadrant where a driver stands now, -1 for the one it left, 0 for the others.
    p
        Of the change, as it is and corrected over drivers.
    """
    if not side:
        return replace(blank, reason="neither came nor went")
    if p[1] is None:
        return replace(blank, reason="the distance to the border has no standard error")
    sign = "+" if side > 0 else "-"
    return replace(blank, p=p[0], p_adjusted=p[1], mark=sign if p[1] <= level else "none")


def _draws(fitted: Fitted) -> Floats:
    assert fitted.importance.draws is not None
    return fitted.importance.draws

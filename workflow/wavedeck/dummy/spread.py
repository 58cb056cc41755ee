"""How far answers must spread, and where in its interval a mean must lie, for marks of significance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wavedeck.dummy.goals import Goal


@dataclass(frozen=True)
class Spreads:
    """What marks of significance ask of answers.

    Attributes
    ----------
    factors
        Address of a mean -> factor on the standard deviation of its answers.
    aims
        Address of a mean -> place in the interval that prints as wanted, from 0 to 1.
    """

    factors: Mapping[str, float] = field(default_factory=dict)
    aims: Mapping[str, float] = field(default_factory=dict)

    def aimed(self, goal: Goal) -> Goal:
        """Return a goal, aiming where marks ask for."""
        address = goal.name.partition(" = ")[0]
        return goal.aimed(self.aims[address]) if address in self.aims else goal

    def factor(self, goals: list[Goal]) -> float:
        """Return the factor on the standard deviation of the answers that goals are about."""
        names = [goal.name.partition(" = ")[0] for goal in goals]
        return next((self.factors[name] for name in names if name in self.factors), 1.0)

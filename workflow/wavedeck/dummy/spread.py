"""How far answers must spread, and where in its interval a mean must lie, for marks of significance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wavedeck.dummy.goals import Goal
from wavedeck.dummy.published import Target
from wavedeck.figures.records import Comparison
from wavedeck.study.address import Address

CLEARLY, HARDLY = 2.4, 1.6
LEAST_FACTOR, MOST_FACTOR = 0.45, 2.6
NEAR, AWAY = 0.06, 0.94
SURE_DIFFERENCE = 0.45
_MORE = 1.12


@dataclass(frozen=True)
class Spreads:
    """What marks of significance ask of answers.

    Attributes
    ----------
    factors
        Address of a mean, its group left out -> factor on the standard deviation of its answers.
    aims
        Address of a mean -> place in the interval that prints as wanted, from 0 to 1.
    tries
        How often they were adjusted.
    """

    factors: Mapping[str, float] = field(default_factory=dict)
    aims: Mapping[str, float] = field(default_factory=dict)
    tries: int = 0

    def aimed(self, goal: Goal) -> Goal:
        """Return a goal, aiming where marks ask for."""
        return goal.aimed(self.aims[goal.address]) if goal.address in self.aims else goal

    def factor(self, goals: Sequence[Goal]) -> float:
        """Return the factor on the standard deviation of the answers that goals are about."""
        names = [_stem(Address.parse(goal.address)) for goal in goals if goal.address]
        return next((self.factors[name] for name in names if name in self.factors), 1.0)


def first_spreads(targets: Sequence[Target], waves: Sequence[str], stated: str | None) -> Spreads:
    """Return where means must lie if published marks are to come out.

    Parameters
    ----------
    targets
        All targets, marks among them.
    waves
        Waves of the study, oldest first.
    stated
        The wave that others are compared with, where one is declared.
    """
    means = {str(one.address): one.number for one in targets if one.field == "estimate"}
    aims: dict[str, float] = {}
    for target in targets:
        other = _other(target, waves, stated)
        if other is None or not {str(target.address), other} <= means.keys():
            continue
        difference = means[str(target.address)] - means[other]
        if abs(difference) < SURE_DIFFERENCE and difference:
            apart = (target.value != "none") == (difference > 0)
            aims[str(target.address)], aims[other] = (AWAY, NEAR) if apart else (NEAR, AWAY)
    return Spreads(aims=aims)


def _other(target: Target, waves: Sequence[str], stated: str | None) -> str | None:
    """Return the address that a mark compares with; None for other targets."""
    wave = target.address.wave
    if target.field == "stated.mark" and stated:
        return str(target.address.at(stated))
    if target.field == "previous.mark" and wave in waves[1:]:
        return str(target.address.at(waves[waves.index(wave) - 1]))
    return None


def adjusted(spreads: Spreads, missed: Sequence[tuple[Target, Comparison]]) -> Spreads:
    """Return spreads that bring missed marks nearer.

    A test goes with the difference over the spread of the answers: halving the spread doubles it.

    Parameters
    ----------
    spreads
        What was tried.
    missed
        Marks that came out otherwise, with the comparison as computed.
    """
    factors = dict(spreads.factors)
    for target, compared in missed:
        if not compared.difference or not compared.se:
            continue
        wanted = HARDLY / _MORE**spreads.tries if target.value == "none" else CLEARLY * _MORE**spreads.tries
        change = abs(compared.difference / compared.se) / wanted
        for name in _stems(target, compared):
            factors[name] = min(max(factors.get(name, 1.0) * change, LEAST_FACTOR), MOST_FACTOR)
    return replace(spreads, factors=factors, tries=spreads.tries + 1)


def _stems(target: Target, compared: Comparison) -> Iterator[str]:
    yield _stem(target.address)
    if compared.against:
        yield _stem(Address.parse(compared.against))


def _stem(address: Address) -> str:
    return str(replace(address, group="all"))

"""Why a figure changed between two waves: mix of respondents, change within groups, weights, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wavedeck.audit.explain.asked import asked_otherwise
from wavedeck.audit.explain.grouped import OTHERS, Grouping, breakdowns_of, divide
from wavedeck.audit.explain.kitagawa import Decomposition, Shares, decompose, shares_of
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.terms import Terms, terms_of
from wavedeck.figures.records import Comparison, Figure
from wavedeck.study.address import Address

CLOSE = 1e-9
AVERAGES = frozenset(
    {
        "mean",
        "share",
        "not_applicable",
        "distribution",
        "nps",
        "multiple",
        "composition",
        "difference",
        "range",
    }
)
SIDES = {"of": 1.0, "minus": -1.0, "high": 1.0, "low": -1.0}


@dataclass(frozen=True)
class GroupChange:
    """One group in both waves, and what it contributes to the change.

    Attributes
    ----------
    group
        Its name.
    old_base, now_base
        Answers, unweighted.
    old_share, now_share
        Share of the weighted base, 0 to 1.
    old_mean, now_mean
        Figure of the group, None where nobody answered; for a difference, that of the first side's answers.
    mix, within
        Contributions, in the unit of the figure.
    is_internal
        Whether the group is too small for its figures to be published.
    """

    group: str
    old_base: int
    now_base: int
    old_share: float
    now_share: float
    old_mean: float | None
    now_mean: float | None
    mix: float
    within: float
    is_internal: bool


@dataclass(frozen=True)
class WaveChange:
    """Why a figure changed between two waves.

    Attributes
    ----------
    old, now
        The figure in both waves.
    grouping
        The set of groups.
    groups
        Contributions per group; they add up to the change.
    unweighted
        Change of the same figure without weights.
    questions
        What was asked otherwise, in words.
    test
        What the store says of the change; None where it has no test of these two waves.
    others
        Other sets of groups that may be asked for.
    """

    old: Figure
    now: Figure
    grouping: Grouping
    groups: tuple[GroupChange, ...]
    unweighted: float
    questions: tuple[str, ...]
    test: Comparison | None
    others: tuple[str, ...]

    @property
    def change(self) -> float:
        """Return the figure in the later wave less that in the earlier."""
        return (self.now.estimate or 0.0) - (self.old.estimate or 0.0)

    @property
    def mix(self) -> float:
        """Return what the mix of groups changed."""
        return float(sum(one.mix for one in self.groups))

    @property
    def within(self) -> float:
        """Return what changed within groups."""
        return float(sum(one.within for one in self.groups))

    @property
    def by_weights(self) -> float:
        """Return how much of the change the weights make."""
        return self.change - self.unweighted

    @property
    def is_internal(self) -> bool:
        """Tell whether something of it may not be published."""
        hidden = not (self.old.is_shown and self.now.is_shown)
        return hidden or any(one.is_internal for one in self.groups)


def explain_waves(place: Place, first: Address, second: Address, grouping: Grouping) -> WaveChange:
    """Split the change of a figure between two waves by a set of groups.

    Parameters
    ----------
    place
        A built report whose store holds both waves.
    first, second
        The figure in the earlier and in the later wave.
    grouping
        Groups, as `choose_grouping` gives them.

    Raises
    ------
    AuditError
        When a figure is not there, has no value, or is no sum over respondents.
    """
    old, now = (_average(place, str(one)) for one in (first, second))
    sides = [_Side(place, one, grouping) for one in (old, now)]
    names = [name for name in dict.fromkeys([*sides[0].masks, *sides[1].masks]) if name != OTHERS] + [OTHERS]
    minimum = smallest_base(place)
    groups = tuple(one for one in _contributions(sides, names, minimum) if one.old_base or one.now_base)
    plain = [side.total(weighted=False) for side in sides]
    return WaveChange(
        old=old,
        now=now,
        grouping=grouping,
        groups=groups,
        unweighted=plain[1] - plain[0],
        questions=tuple(asked_otherwise(*(side.terms.questions for side in sides))),
        test=next((one for one in place.tests(now.address) if one.against == old.address), None),
        others=tuple(one for one in breakdowns_of(place.study, old.part) if one != grouping.name),
    )


def smallest_base(place: Place) -> int:
    """Return the smallest base that the study publishes."""
    rules = place.study.settings.suppression
    return max(rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0)


def _average(place: Place, address: str) -> Figure:
    """Return a figure that is made of averages of answers."""
    figure = place.figure(address)
    if figure.indicator not in place.study.indicators.indicators or figure.statistic not in AVERAGES:
        raise AuditError(
            f"'{address}' is a {figure.statistic.replace('_', ' ')}: no average of answers, so mix of groups "
            "and change within groups cannot be told apart"
        )
    if figure.estimate is None:
        raise AuditError(f"'{address}' has no value in wave {figure.wave}: {figure.state.replace('_', ' ')}")
    return figure


class _Side:
    """The terms of a figure in one wave, divided into groups."""

    def __init__(self, place: Place, figure: Figure, grouping: Grouping) -> None:
        data = place.wave(figure.part, figure.wave)
        self.terms = terms_of(figure, place)
        self.ratios = tuple(_ratios(self.terms))
        self.masks = divide(grouping, data, self.terms.places)
        stored = figure.estimate or 0.0
        if abs(self.total() - stored) > CLOSE * max(1.0, abs(stored)):
            raise AuditError(
                f"'{figure.address}': the answers give {self.total():.10g}, the store {stored:.10g}; "
                "build the report again"
            )

    def total(self, *, weighted: bool = True) -> float:
        """Return the figure, or what it would be without weights."""
        own = np.ones((len(self.terms.places), 1), np.bool_)
        return float(sum(sign * made.total for sign, made in self._shares(own, weighted=weighted)))

    def _shares(self, groups: np.ndarray, *, weighted: bool = True) -> Iterator[tuple[float, Shares]]:
        for sign, numerator, denominator in self.ratios:
            weight = self.terms.weight if weighted else np.ones(len(numerator))
            yield sign, shares_of(numerator * weight, denominator * weight, groups)

    def divided(self, names: list[str]) -> list[tuple[float, Shares]]:
        """Return sign and shares of each ratio that the figure is made of, over groups in one order."""
        nobody = np.zeros(len(self.terms.places), np.bool_)
        groups = np.column_stack([self.masks.get(name, nobody) for name in names])
        return list(self._shares(groups))

    def bases(self, names: list[str]) -> list[int]:
        """Return how many answers each group has."""
        return [int(self.masks[name].sum()) if name in self.masks else 0 for name in names]


def _ratios(terms: Terms) -> Iterator[tuple[float, np.ndarray, np.ndarray]]:
    """Yield sign, numerator and denominator of each ratio of sums over respondents that a figure is."""
    values = terms.values
    if "answers" in values:
        yield 1.0, values["value"] * 100.0, values["answers"]
        return
    for name, own in values.items():
        answered = ~np.isnan(own)
        yield SIDES.get(name, 1.0), np.where(answered, own, 0.0), answered.astype(np.float64)


def _contributions(sides: list[_Side], names: list[str], minimum: int) -> Iterator[GroupChange]:
    old, now = (side.divided(names) for side in sides)
    pairs = zip(old, now, strict=True)
    parts = [(sign, a, b, decompose(a, b)) for (sign, a), (_, b) in pairs]
    mix, within = (_summed(parts, name) for name in ("mix", "within"))
    bases = [side.bases(names) for side in sides]
    first, second = parts[0][1], parts[0][2]
    for place, name in enumerate(names):
        own = (bases[0][place], bases[1][place])
        yield GroupChange(
            group=name,
            old_base=own[0],
            now_base=own[1],
            old_share=float(first.share[place]),
            now_share=float(second.share[place]),
            old_mean=_known(first.mean[place]),
            now_mean=_known(second.mean[place]),
            mix=float(mix[place]),
            within=float(within[place]),
            is_internal=any(0 < one < minimum for one in own),
        )


def _summed(parts: list[tuple[float, Shares, Shares, Decomposition]], name: str) -> np.ndarray:
    return np.sum([sign * getattr(made, name) for sign, _, _, made in parts], axis=0)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)

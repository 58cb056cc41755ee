"""Turn published figures into goals, as the study computes them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wavedeck.dummy.goals import SOFT, Goal, Ratio, Span
from wavedeck.dummy.published import Target
from wavedeck.figures.columns import Column, plan_columns
from wavedeck.figures.formats import DEFAULT_DECIMALS
from wavedeck.figures.recipe import Recipe
from wavedeck.study.address import Address
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    CompositionIndicator,
    CountIndicator,
    DifferenceIndicator,
    Indicator,
    MultipleIndicator,
    RangeIndicator,
)

Terms = tuple[tuple[float, Ratio], ...]


@dataclass
class Resolved:
    """Goals of one part and wave, and targets that are none.

    Attributes
    ----------
    goals
        What answers must lead to.
    refused
        Target -> why nothing can be done for it.
    marks
        Targets that are marks of significance.
    spans
        Ends of ranges that members have to take.
    """

    goals: list[Goal] = field(default_factory=list)
    refused: dict[Target, str] = field(default_factory=dict)
    marks: list[Target] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def resolve(
    targets: Sequence[Target],
    recipe: Recipe,
    *,
    earlier: Mapping[str, float],
    waves: Sequence[str],
) -> Resolved:
    """Return the goals that stand behind the targets of one part and wave.

    Parameters
    ----------
    targets
        Those of the part and wave.
    recipe
        What is computed.
    earlier
        Address -> estimate of waves that have been made.
    waves
        Waves before this one, oldest first.
    """
    found, builder = Resolved(), _Builder(recipe, earlier, waves)
    ranges = []
    for target in targets:
        spec = recipe.indicators.get(target.address.indicator)
        if target.field.endswith(".mark"):
            found.marks.append(target)
        elif isinstance(spec, RangeIndicator) and target.field in ("estimate", "fraction"):
            ranges.append((target, spec))
        else:
            _add(found, target, builder)
    if ranges:
        _add_ranges(found, ranges, builder)
    return found


def _add(found: Resolved, target: Target, builder: _Builder) -> None:
    try:
        goal = builder.goal(target)
    except _RefusedError as refusal:
        found.refused[target] = str(refusal)
        return
    if goal is not None:
        found.goals.append(goal)


class _RefusedError(Exception):
    """Nothing can be done for a target, and why."""


class _Builder:
    """Makes goals from targets."""

    def __init__(self, recipe: Recipe, earlier: Mapping[str, float], waves: Sequence[str]) -> None:
        self.recipe, self.earlier, self.waves = recipe, earlier, waves
        self._columns: dict[str, list[Column]] = {}

    def goal(self, target: Target) -> Goal | None:
        """Return the goal of a target; None where nothing about respondents leads to it."""
        spec = self._spec(target.address)
        if target.field in ("base", "weighted_base"):
            terms = self._base(target, spec)
            return None if terms is None else made(target, terms, 0)
        terms = self.terms(target.address, spec)
        if terms is None:
            return None
        decimals = self.decimals(spec)
        shift = 0.0
        if target.field in ("previous.difference", "stated.difference"):
            shift = -self._before(target)
        return made(target, terms, decimals, shift=shift)

    def _spec(self, address: Address) -> Indicator:
        spec = self.recipe.indicators.get(address.indicator)
        if spec is None:
            raise _RefusedError(f"indicators.yaml has no indicator '{address.indicator}'")
        if spec.parts is not None and self.recipe.part not in spec.parts:
            raise _RefusedError(f"indicator '{address.indicator}' is not of part '{self.recipe.part}'")
        groups = ("all",) if isinstance(spec, RangeIndicator) and isinstance(spec.over, list) else None
        if address.group not in (groups or self.recipe.expand(spec.groups)):
            raise _RefusedError(f"'{address.indicator}' is not computed for group '{address.group}'")
        if not self.recipe.asked_now(spec):
            raise _RefusedError(f"'{address.indicator}' is not computed in wave '{address.wave}'")
        return spec

    def decimals(self, spec: Indicator) -> int:
        """Return the decimals that a figure is printed with."""
        if spec.decimals is not None:
            return spec.decimals
        return self.recipe.decimals.get(spec.unit, DEFAULT_DECIMALS[spec.unit])

    def terms(self, address: Address, spec: Indicator) -> Terms | None:
        """Return the ratios that a figure is the sum of."""
        if isinstance(spec, CountIndicator):
            return ((1.0, Ratio("size", address.group, weighted=False)),)
        if isinstance(spec, CompositionIndicator):
            column = Column(
                indicator=address.indicator, item="", category=address.category, question=None, spec=spec
            )
            return ((1.0, Ratio("composition", address.group, column, weighted=spec.weighted)),)
        if isinstance(spec, DifferenceIndicator):
            return self._difference(address, spec)
        if not hasattr(spec, "variable"):
            return None
        column = self.column(address)
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            return ((1.0, Ratio("mentions", address.group, column, column.question)),)
        return ((1.0, Ratio("average", address.group, column, column.question)),)

    def _difference(self, address: Address, spec: DifferenceIndicator) -> Terms:
        first = self.column(self._side(address, spec.of))
        try:
            second = self.column(self._side(address, spec.minus))
        except _RefusedError:
            second = self.column(replace(self._side(address, spec.minus), item="", category=""))
        sides = ((1.0, first), (-1.0, second))
        return tuple(
            (sign, Ratio("average", address.group, column, column.question)) for sign, column in sides
        )

    def _side(self, address: Address, reference: str) -> Address:
        stem, _, category = reference.partition(".")
        indicator, _, item = stem.partition("@")
        return replace(
            address, indicator=indicator, item=item or address.item, category=category or address.category
        )

    def column(self, address: Address) -> Column:
        """Return the column that a figure averages."""
        spec = self.recipe.indicators.get(address.indicator)
        if spec is None:
            raise _RefusedError(f"indicators.yaml has no indicator '{address.indicator}'")
        key = (address.indicator, address.item, address.category)
        found = next((one for one in self._planned(address.indicator, spec) if one.key == key), None)
        if found is None:
            raise _RefusedError(f"indicator '{address.indicator}' has no such item or category")
        if found.question is None:
            raise _RefusedError(f"wave '{address.wave}' did not ask it")
        return found

    def _planned(self, name: str, spec: Indicator) -> list[Column]:
        if name not in self._columns:
            kept = spec.model_copy(update={"per": "respondents"}) if hasattr(spec, "per") else spec
            self._columns[name] = plan_columns(
                name, kept, self.recipe.codebook, part=self.recipe.part, wave=self.recipe.wave
            )
        return self._columns[name]

    def _base(self, target: Target, spec: Indicator) -> Terms | None:
        weighted = target.field == "weighted_base"
        address = target.address
        if isinstance(spec, CountIndicator | CompositionIndicator):
            return ((1.0, Ratio("size", address.group, weighted=False)),) if not weighted else None
        if not hasattr(spec, "variable"):
            return None
        column = self.column(address)
        return ((1.0, Ratio("base", address.group, None, column.question, weighted)),)

    def _before(self, target: Target) -> float:
        stated = self.recipe.tests.stated_wave if target.field.startswith("stated") else None
        wave = stated or (self.waves[-1] if self.waves else None)
        found = self.earlier.get(str(target.address.at(wave))) if wave else None
        if found is None:
            raise _RefusedError("the wave that it is compared with has no such figure")
        return found


def made(target: Target, terms: Terms, decimals: int, *, shift: float = 0.0) -> Goal:
    """Return the goal of printing a target, given the figure's decimals."""
    soft = target.field == "fraction"
    half = 0.5 * 10.0 ** -(target.decimals if soft else decimals)
    value = target.number
    low, high = value - half, value + half
    if not soft and target.decimals > decimals:
        raise _RefusedError(f"it is printed with {decimals} decimals, {target.value} has {target.decimals}")
    address = str(target.address) if target.field == "estimate" else ""
    strength = SOFT if soft else 1.0
    return Goal(target.ids, target.name, terms, low, high, half, strength, shift, address=address)


def _add_ranges(found: Resolved, ranges: Sequence[tuple[Target, RangeIndicator]], builder: _Builder) -> None:
    """Keep the members of each range within it, and have some of them take its ends."""
    ends: dict[tuple[str, str], dict[str, Target]] = {}
    for target, _ in ranges:
        name = target.address
        ends.setdefault((name.indicator, name.group), {})[name.category] = target
    known = tuple(found.goals)
    for (indicator, group), targets in ends.items():
        spec = builder.recipe.indicators[indicator]
        assert isinstance(spec, RangeIndicator)
        try:
            members = list(_members(spec, group, builder))
        except _RefusedError as refusal:
            found.refused.update(dict.fromkeys(targets.values(), str(refusal)))
            continue
        own = _Range(targets, [terms for _, terms in members], builder.decimals(spec))
        found.goals += own.within(known)
        found.spans += own.spans(known)


@dataclass
class _Range:
    """One range: its published ends and its members."""

    targets: Mapping[str, Target]
    members: Sequence[Terms]
    decimals: int

    def within(self, known: Sequence[Goal]) -> Iterator[Goal]:
        """Yield a goal for each member that nobody published: to lie between the ends."""
        half = 0.5 * 10.0**-self.decimals
        low, high = self.targets.get("low"), self.targets.get("high")
        floor = low.number - half if low else -math.inf
        ceiling = high.number + half if high else math.inf
        ids = tuple(row for one in (low, high) if one for row in one.ids)
        for terms in self.members:
            if _known(terms, known) is None and (low or high):
                yield Goal(ids, f"within the range of {ids[0]}", terms, floor, ceiling, half)

    def spans(self, known: Sequence[Goal]) -> Iterator[Span]:
        """Yield the ends that members must take whose figures nobody published."""
        sure = [value for terms in self.members if (value := _known(terms, known)) is not None]
        free = tuple(terms for terms in self.members if _known(terms, known) is None)
        ends = tuple(
            made(target, (), self.decimals) for end, target in self.targets.items() if end in ("low", "high")
        )
        left = tuple(end for end in ends if not any(end.low <= value < end.high for value in sure))
        if left and free:
            yield Span(left, free)


def _known(terms: Terms, goals: Sequence[Goal]) -> float | None:
    keys = [(factor, ratio.key) for factor, ratio in terms]
    for goal in goals:
        if [(factor, ratio.key) for factor, ratio in goal.terms] == keys and goal.shift == 0:
            return goal.target
    return None


def _members(spec: RangeIndicator, group: str, builder: _Builder) -> Iterator[tuple[str, Terms]]:
    stem, _, category = spec.of.partition(".")
    indicator, _, item = stem.partition("@")
    recipe = builder.recipe
    of = recipe.indicators.get(indicator)
    if of is None:
        raise _RefusedError(f"indicators.yaml has no indicator '{indicator}'")
    start = Address(recipe.part, indicator, item, category, group, recipe.wave)
    if isinstance(spec.over, list):
        for other in recipe.expand(spec.over):
            terms = builder.terms(replace(start, group=other), of)
            if terms is not None:
                yield other, terms
        return
    nets = getattr(of, "nets", {}) if not category else {}
    for column in builder._planned(indicator, of):  # noqa: SLF001 - one module, one builder
        fits = item in ("", column.item) and category in ("", column.category) and column.category not in nets
        if fits and column.question is not None:
            terms = builder.terms(replace(start, item=column.item, category=column.category), of)
            if terms is not None:
                yield f"{column.item}.{column.category}".strip("."), terms


def routed_goals(goals: Sequence[Goal], room: float) -> list[Goal]:
    """Return goals for routing: enough respondents must be led to a question with a published base.

    Parameters
    ----------
    goals
        Goals, those on bases among them.
    room
        Share of those asked that may not answer, over what the base asks for.
    """
    most: dict[tuple[str, str], tuple[float, Question]] = {}
    for goal in goals:
        (_, ratio), *others = goal.terms
        if others or ratio.kind != "base" or ratio.question is None or not ratio.question.asked_if:
            continue
        key = (repr(ratio.question.asked_if), ratio.group)
        if ratio.weighted:
            continue
        most[key] = max(
            most.get(key, (0.0, ratio.question)), (goal.target, ratio.question), key=lambda pair: pair[0]
        )
    return [goal for key, found in most.items() for goal in _enough(key[1], *found, room)]


def _enough(group: str, base: float, question: Question, room: float) -> Iterator[Goal]:
    terms = ((1.0, Ratio("asked", group, None, question, weighted=False)),)
    name = f"enough of '{group}' asked '{question.name}'"
    yield Goal((), name, terms, base - 0.5, math.inf, 0.5)
    yield Goal((), name, terms, base - 0.5, base * (1 + room) + 0.5, 0.5, SOFT)

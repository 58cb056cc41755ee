"""The names that a study declares, and what may be said with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wavedeck.study.checks.circles import find_circle, group_references
from wavedeck.study.codebook import Codebook, Question, VariableType
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.groups import ALL, CROSS, GroupBook
from wavedeck.study.impact import Analysis, Impact
from wavedeck.study.impact_indicators import ImpactIndicator, impact_indicators
from wavedeck.study.impact_loops import spell_out
from wavedeck.study.indicators import Indicator, Indicators
from wavedeck.study.settings import Groups, StudySettings
from wavedeck.study.shape import Location
from wavedeck.study.verbatims import Verbatims

Problem = tuple[Location, str]
Problems = Iterator[Problem]
AnyIndicator = Indicator | ImpactIndicator
FREE_TYPES = frozenset({"text", "open", "id", "date", "time"})


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something a condition can be about: a question, an item of a battery, a derived variable.

    Attributes
    ----------
    parts
        Parts that have it.
    type
        Kind of question; a derived variable is `single`.
    categories
        Category ids; for ratings the numbers between the ends.
    """

    parts: tuple[str, ...]
    type: VariableType
    categories: tuple[str, ...] = ()
    is_numeric: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Every name of a study, for checks of the places that use them."""

    settings: StudySettings
    codebook: Codebook
    groups: Groups
    indicators: Indicators
    impact: Impact = field(default_factory=Impact)
    verbatims: Verbatims = field(default_factory=Verbatims)
    book: GroupBook = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "book", GroupBook(self.groups, self.codebook))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Return all parts."""
        return tuple(self.settings.parts)

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """Return all waves, oldest first."""
        return tuple(wave.id for wave in self.settings.waves)

    @cached_property
    def analyses(self) -> dict[str, Analysis]:
        """Return the analyses of impact by name, one per entry where they run over a loop."""
        return spell_out(self.impact, self.indicators, self.codebook).analyses

    @cached_property
    def every_indicator(self) -> dict[str, AnyIndicator]:
        """Return declared indicators and those of analyses that rest on declared ones, by name."""
        declared = self.indicators.indicators
        sound = {
            name: one
            for name, one in self.analyses.items()
            if one.outcome_name in declared
            and getattr(declared.get(one.drivers_name), "variable", "") in self.codebook.variables
        }
        made = impact_indicators(
            Impact(analyses=sound), self.indicators, self.codebook, self.settings.decimals
        )
        return {**declared, **made}

    @cached_property
    def asked(self) -> dict[str, Field]:
        """Return what the questionnaire asks, by column of the responses."""
        found: dict[str, Field] = {}
        for part in self.parts:
            for question in self.codebook.questions_ever(part):
                parts = found[question.name].parts if question.name in found else ()
                found[question.name] = _field(question, (*parts, part))
        return found

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Return what conditions may be about: questions and derived variables."""
        derived = {
            name: Field(parts=tuple(one.parts or self.parts), type="single", categories=tuple(one.categories))
            for name, one in self.groups.derived.items()
        }
        return {**self.asked, **derived}

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """Return every group and breakdown that is not crossed."""
        return self.book.known()

    def among(self, noun: str, names: Iterable[str], known: Sequence[str], path: Location) -> Problems:
        """Yield a problem for each name of a list that is not known."""
        for place, name in enumerate(names):
            if name not in known:
                yield (*path, place), unknown(noun, name, known)

    def keys(self, noun: str, names: Iterable[str], known: Sequence[str], path: Location) -> Problems:
        """Yield a problem for each key that is not known."""
        for name in names:
            if name not in known:
                yield (*path, name), unknown(noun, name, known)

    def check_parts(self, parts: list[str] | None, path: Location) -> Problems:
        """Check the key `parts` of an entry."""
        return self.among("part", parts or (), self.parts, (*path, "parts"))

    def check_waves(self, waves: Iterable[str] | None, path: Location) -> Problems:
        """Check the key `waves` of an entry."""
        return self.among("wave", waves or (), self.waves, (*path, "waves"))

    def check_group(self, name: str, path: Location, parts: Iterable[str] | None = None) -> Problems:
        """Check the name of a group or breakdown, crossed or not, and that a part has it."""
        singles = name.split(CROSS)
        if ALL in singles and len(singles) > 1:
            yield path, f"'{ALL}' is everybody; leave it out of '{name}'"
            return
        strange = [single for single in singles if single not in self.group_names]
        for single in strange:
            yield path, unknown("group", single, self.group_names, listed=False)
        wanted = tuple(parts or self.parts)
        if not strange and all(self.expand([name], part) == () for part in wanted):
            yield path, f"group '{name}' is not in {plural('part', wanted)}"

    def check_single(self, name: str, path: Location, parts: Iterable[str] | None = None) -> Problems:
        """Check the name of one group where a breakdown will not do."""
        sets = [single for single in name.split(CROSS) if single in self.groups.breakdowns]
        for single in sets:
            yield path, f"'{single}' is a breakdown, a set of groups; name one of its groups"
        if not sets:
            yield from self.check_group(name, path, parts)

    def check_groups(
        self, names: Iterable[str], path: Location, parts: Iterable[str] | None = None
    ) -> Problems:
        """Check a list of groups and breakdowns."""
        for place, name in enumerate(names):
            yield from self.check_group(name, (*path, place), parts)

    @cached_property
    def circle(self) -> tuple[str, ...]:
        """Return groups and breakdowns that rest on each other in a circle, empty when none do."""
        return find_circle(group_references(self.groups))

    def expand(self, names: Iterable[str], part: str) -> tuple[str, ...] | None:
        """Return the groups that names stand for; None while groups.yaml has errors of its own."""
        if self.circle:
            return None
        try:
            return self.book.expand(names, part)
        except ConfigError:
            return None

    def check_selection(self, name: str, path: Location) -> Problems:
        """Check the name of a selection of quotes."""
        if name not in self.verbatims.selections:
            known = tuple(self.verbatims.selections)
            yield path, f"{unknown('selection', name, known)}; selections stand in verbatims.yaml"

    def check_field(self, name: str, path: Location, parts: Iterable[str] | None = None) -> Problems:
        """Check a variable of the responses, and that every part concerned has it."""
        if name not in self.fields:
            yield path, self.unknown_field(name)
            return
        without = [part for part in parts or self.parts if part not in self.fields[name].parts]
        if without:
            has = plural("part", self.fields[name].parts)
            yield (
                path,
                f"variable '{name}' is only in {has}, not in {plural('part', without)}; name the parts",
            )

    def unknown_field(self, name: str) -> str:
        """Say that a variable is unknown; a battery needs one of its items."""
        items = [known for known in self.fields if known.startswith(f"{name}@")]
        if items:
            return f"'{name}' has items; write one of them, e.g. '{items[0]}'"
        return unknown("variable", name, tuple(self.fields), listed=False)


def unknown(noun: str, name: str, known: Sequence[str], *, listed: bool = True) -> str:
    """Say that a name is unknown, and which it may be."""
    hint = did_you_mean(name, known)
    if not listed or len(known) > 12:
        return f"unknown {noun} '{name}'{hint}"
    return f"unknown {noun} '{name}'{hint or ';'} valid: {', '.join(known) or 'none'}"


def personal(variable: str) -> str:
    """Say that a variable may not lead to figures."""
    return (
        f"variable '{variable}' holds personal data (personal: true), which no figure may show; "
        "take another, or a derived variable of groups.yaml made from it"
    )


def plural(noun: str, names: Iterable[str]) -> str:
    """Return a noun with its names.

    >>> plural("part", ["vr", "ap"])
    'parts vr, ap'
    """
    listed = list(names)
    return f"{noun}{'s' if len(listed) > 1 else ''} {', '.join(listed)}"


def numbers_between(minimum: float | None, maximum: float | None) -> tuple[str, ...]:
    """Return the whole numbers between two ends, as category ids."""
    if minimum is None or maximum is None:
        return ()
    return tuple(str(number) for number in range(int(minimum), int(maximum) + 1))


def _field(question: Question, parts: tuple[str, ...]) -> Field:
    numbers = (
        numbers_between(question.minimum, question.maximum) if question.type in ("rating", "nps") else ()
    )
    return Field(
        parts=parts,
        type=question.type,
        categories=tuple(dict.fromkeys([*question.categories, *numbers])),
        is_numeric=question.is_numeric,
    )

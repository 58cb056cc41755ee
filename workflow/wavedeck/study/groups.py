"""The groups of a study: breakdowns spelled out, names crossed, labels, definitions.

`all` is every respondent of a part. A breakdown `b` of a variable makes one group `b_<category>` for
each category. Names joined by `*` are crossed: a respondent belongs to every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from wavedeck.study.base import text_in
from wavedeck.study.codebook import Codebook
from wavedeck.study.conditions import Condition, IsOneOf, parse_condition
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.settings import Group, Groups, IdList

ALL = "all"
CROSS = "*"


@dataclass(frozen=True, kw_only=True)
class GroupDefinition:
    """Who belongs to a group: everyone for whom each field that is given holds.

    Attributes
    ----------
    name
        Name of the group, crossed names included.
    condition
        Condition on the responses.
    union
        Names of groups of which one suffices.
    ids
        File that lists the ids.
    within
        Names of groups that must hold as well: the group it is nested in, or those that are crossed.
    parts
        Parts that have the group; None when all have.
    """

    name: str
    condition: Condition | None = None
    union: tuple[str, ...] = ()
    ids: IdList | None = None
    within: tuple[str, ...] = ()
    parts: tuple[str, ...] | None = None

    def is_in(self, part: str) -> bool:
        """Tell whether a part has this group."""
        return self.parts is None or part in self.parts


@dataclass(frozen=True)
class GroupBook:
    """Every group of a study by name.

    Examples
    --------
    >>> book = GroupBook(
    ...     Groups.model_validate({"groups": {"art": {"label": "Art", "where": {"area": "a"}}}}),
    ...     Codebook(variables={}),
    ... )
    >>> book.expand(["all", "art"], "visitors")
    ('all', 'art')
    >>> book.label("art", "en")
    'Art'
    """

    groups: Groups
    codebook: Codebook

    def names(self, part: str) -> tuple[str, ...]:
        """Return every group of a part that is not crossed, `all` first."""
        made = [name for breakdown in self.groups.breakdowns for name in self.members(breakdown)]
        simple = [name for name in (ALL, *self.groups.groups, *made) if CROSS not in name]
        return tuple(name for name in dict.fromkeys(simple) if self._in(name, part))

    def known(self) -> tuple[str, ...]:
        """Return every name that may stand where groups are asked for, breakdowns included."""
        made = [name for breakdown in self.groups.breakdowns for name in self.made(breakdown)]
        return (ALL, *self.groups.groups, *self.groups.breakdowns, *made)

    def expand(self, names: Iterable[str], part: str) -> tuple[str, ...]:
        """Return the groups that names stand for, each once, without those that the part does not have.

        Raises
        ------
        ConfigError
            When a name is no group and no breakdown.
        """
        spelled = (name for asked in names for name in self._spelled(asked))
        return tuple(name for name in dict.fromkeys(spelled) if self._in(name, part))

    def members(self, breakdown: str) -> tuple[str, ...]:
        """Return the groups of a breakdown, in order."""
        declared = self.groups.breakdowns[breakdown]
        if declared.groups is None:
            return tuple(self.made(breakdown))
        return tuple(name for asked in declared.groups for name in self._spelled(asked))

    def label(self, name: str, language: str, *, long: bool = False) -> str:
        """Return the label of a group; the labels of crossed groups are joined by a comma."""
        if CROSS in name:
            return ", ".join(self.label(single, language, long=long) for single in name.split(CROSS))
        if name == ALL:
            return text_in(self.groups.all_label, language)
        if name in self.groups.groups:
            group = self.groups.groups[name]
            return text_in(group.long if long and group.long else group.label, language)
        breakdown, category = self._source(name)
        return text_in(self._categories(breakdown)[category], language)

    def definition(self, name: str) -> GroupDefinition:
        """Return who belongs to a group.

        Raises
        ------
        ConfigError
            When there is no group of that name.
        """
        if CROSS in name:
            return self._crossed(name)
        if name == ALL:
            return GroupDefinition(name=name)
        if name in self.groups.groups:
            return _declared(name, self.groups.groups[name])
        breakdown, category = self._source(name)
        declared = self.groups.breakdowns[breakdown]
        condition = IsOneOf(declared.variable or "", (category,))
        return GroupDefinition(name=name, condition=condition, parts=_tuple(declared.parts))

    def _crossed(self, name: str) -> GroupDefinition:
        parts: tuple[str, ...] | None = None
        singles = tuple(name.split(CROSS))
        for single in singles:
            own = self.definition(single).parts
            parts = own if parts is None else parts if own is None else tuple(p for p in parts if p in own)
        return GroupDefinition(name=name, within=singles, parts=parts)

    def _in(self, name: str, part: str) -> bool:
        return self.definition(name).is_in(part)

    def _spelled(self, asked: str) -> Iterator[str]:
        sides = [self._single(name) for name in asked.split(CROSS)]
        return (CROSS.join(names) for names in product(*sides))

    def _single(self, name: str) -> tuple[str, ...]:
        if name in self.groups.breakdowns:
            return self.members(name)
        self.definition(name)
        return (name,)

    def made(self, breakdown: str) -> Iterator[str]:
        """Yield the groups that a breakdown makes of its variable's categories."""
        return (f"{breakdown}_{category}" for category in self._categories(breakdown))

    def _source(self, name: str) -> tuple[str, str]:
        for breakdown in self.groups.breakdowns:
            for category in self._categories(breakdown):
                if name == f"{breakdown}_{category}":
                    return breakdown, category
        raise ConfigError(f"unknown group '{name}'{did_you_mean(name, self.known())}")

    def _categories(self, breakdown: str) -> dict[str, dict[str, str]]:
        variable = self.groups.breakdowns[breakdown].variable
        if variable in self.groups.derived:
            derived = self.groups.derived[variable].categories
            return {category: declared.label for category, declared in derived.items()}
        if variable not in self.codebook.variables:
            return {}
        return dict(self.codebook.answers(variable).categories)


def _declared(name: str, group: Group) -> GroupDefinition:
    return GroupDefinition(
        name=name,
        condition=parse_condition(group.where) if group.where else None,
        union=tuple(group.union or ()),
        ids=group.ids,
        within=(group.within,) if group.within else (),
        parts=_tuple(group.parts),
    )


def _tuple(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)

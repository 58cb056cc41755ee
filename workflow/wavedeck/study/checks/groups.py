"""Check groups.yaml: derived variables, groups, breakdowns."""

from __future__ import annotations

from collections.abc import Iterable

from wavedeck.study.checks.circles import derived_references, find_circle
from wavedeck.study.checks.conditions import check_condition
from wavedeck.study.checks.vocabulary import FREE_TYPES, Problems, Vocabulary, personal
from wavedeck.study.groups import ALL
from wavedeck.study.settings import Breakdown, Group
from wavedeck.study.shape import Location


def check_groups(names: Vocabulary) -> Problems:
    """Check what groups.yaml says against itself and the codebook."""
    yield from _check_names(names)
    yield from _check_derived(names)
    for name, group in names.groups.groups.items():
        yield from _check_group(group, ("groups", name), names)
    for name, breakdown in names.groups.breakdowns.items():
        yield from _check_breakdown(breakdown, ("breakdowns", name), names)


def _check_names(names: Vocabulary) -> Problems:
    groups, breakdowns = names.groups.groups, names.groups.breakdowns
    for section, entries in (
        ("groups", groups),
        ("breakdowns", breakdowns),
        ("derived", names.groups.derived),
    ):
        if ALL in entries:
            yield (section, ALL), f"the name '{ALL}' is taken: it is every respondent of a part"
    for name in breakdowns:
        if name in groups:
            yield ("breakdowns", name), f"a group is named '{name}' too; give the breakdown another name"
        if breakdowns[name].variable:
            yield from _check_made(name, names)
    if names.circle:
        section = "groups" if names.circle[0] in groups else "breakdowns"
        yield (section, names.circle[0]), f"rests on itself: {' -> '.join(names.circle)}"


def _check_made(breakdown: str, names: Vocabulary) -> Problems:
    taken = {*names.groups.groups, *names.groups.breakdowns}
    for made in names.book.made(breakdown):
        if made in taken:
            yield ("breakdowns", breakdown), f"makes a group '{made}', but that name is taken; rename one"


def _check_derived(names: Vocabulary) -> Problems:
    circle = find_circle(derived_references(names.groups))
    if circle:
        yield ("derived", circle[0]), f"rests on itself: {' -> '.join(circle)}"
    for name, derived in names.groups.derived.items():
        path = ("derived", name)
        if name in names.codebook.variables:
            yield path, f"the codebook has a variable '{name}' too; give this one another name"
        yield from names.check_parts(derived.parts, path)
        for category, declared in derived.categories.items():
            where = (*path, "categories", category, "where")
            yield from check_condition(declared.where, where, names, parts=derived.parts)


def _check_group(group: Group, path: Location, names: Vocabulary) -> Problems:
    yield from names.check_parts(group.parts, path)
    yield from check_condition(group.where, (*path, "where"), names, parts=group.parts)
    if group.within:
        yield from names.check_single(group.within, (*path, "within"), group.parts)
    for place, name in enumerate(group.union or ()):
        yield from names.check_single(name, (*path, "union", place), group.parts)
    if group.ids:
        yield from names.check_field(group.ids.variable, (*path, "ids", "variable"), group.parts)


def _check_breakdown(breakdown: Breakdown, path: Location, names: Vocabulary) -> Problems:
    yield from names.check_parts(breakdown.parts, path)
    yield from names.check_groups(breakdown.groups or (), (*path, "groups"), breakdown.parts)
    if breakdown.variable:
        yield from _check_variable(breakdown.variable, (*path, "variable"), names, breakdown.parts)


def _check_variable(
    variable: str, path: Location, names: Vocabulary, parts: Iterable[str] | None
) -> Problems:
    yield from names.check_field(variable, path, parts)
    if variable in names.codebook.variables and names.codebook.variables[variable].personal:
        yield path, personal(variable)
    known = names.fields.get(variable)
    if known and known.type in FREE_TYPES | {"numeric"}:
        yield path, f"variable '{variable}' ({known.type}) has no categories to break down by"
    elif variable in names.codebook.variables and not names.codebook.answers(variable).categories:
        yield path, f"variable '{variable}' has no labels for its categories; write them in the codebook"

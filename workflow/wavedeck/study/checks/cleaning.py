"""Check cleaning.yaml: variables, conditions and what values become."""

from __future__ import annotations

from typing import get_args

from wavedeck.study.base import PlacedError, refuse_twice
from wavedeck.study.checks.conditions import check_condition
from wavedeck.study.checks.vocabulary import FREE_TYPES, Problems, Vocabulary, unknown
from wavedeck.study.codebook import MissingKind
from wavedeck.study.conditions import parse_condition, variables_of
from wavedeck.study.settings import Cleaning, CleaningRule
from wavedeck.study.shape import Location

DEFAULT = "default"
MISSING_KINDS = get_args(MissingKind)


def check_cleaning(cleaning: Cleaning, names: Vocabulary) -> Problems:
    """Check what cleaning.yaml says against the codebook."""
    known = (DEFAULT, *names.codebook.variables, *names.asked)
    for key in ("unknown_codes", "out_of_range", "routing"):
        yield from names.keys("variable", getattr(cleaning, key), known, (key,))
    yield from _check_ids(cleaning)
    for place, rule in enumerate(cleaning.rules):
        yield from _check_rule(rule, ("rules", place), names)


def _check_ids(cleaning: Cleaning) -> Problems:
    try:
        refuse_twice("rules", [rule.id for rule in cleaning.rules])
    except PlacedError as error:
        yield from error.problems


def _check_rule(rule: CleaningRule, path: Location, names: Vocabulary) -> Problems:
    parts = rule.parts or list(names.parts)
    yield from names.check_parts(rule.parts, path)
    yield from names.check_waves(rule.waves, path)
    yield from check_condition(rule.where, (*path, "where"), names, parts=parts)
    for variable in variables_of(parse_condition(rule.where)) if rule.where else ():
        yield from _check_derived(variable, (*path, "where"), names)
    if rule.action == "drop":
        for key in ("variable", "to"):
            if getattr(rule, key) is not None:
                yield (*path, key), f"action 'drop' drops whole rows; leave '{key}' out"
        return
    if rule.variable is None:
        yield path, f"action '{rule.action}' needs 'variable'"
        return
    yield from names.check_field(rule.variable, (*path, "variable"), parts)
    yield from _check_derived(rule.variable, (*path, "variable"), names)
    yield from _check_coded(rule.variable, (*path, "variable"), names)
    yield from _check_to(rule, path, names)


def _check_derived(variable: str, path: Location, names: Vocabulary) -> Problems:
    if variable in names.groups.derived:
        yield path, f"'{variable}' is derived after cleaning; name the variables it is made of"


def _check_coded(variable: str, path: Location, names: Vocabulary) -> Problems:
    found = names.codebook.variables.get(variable)
    if found and found.coded_from:
        yield path, f"'{variable}' is filled from a coding file after cleaning; correct that file"


def _check_to(rule: CleaningRule, path: Location, names: Vocabulary) -> Problems:
    known = names.asked.get(rule.variable or "")
    if rule.action == "set_missing":
        if rule.to is not None and rule.to not in MISSING_KINDS:
            yield (*path, "to"), unknown("missing kind", rule.to, MISSING_KINDS)
    elif rule.to is None:
        yield path, "action 'recode' needs 'to'"
    elif known and known.type == "numeric":
        if not _is_number(rule.to):
            yield (*path, "to"), f"'{rule.to}' is no number, but '{rule.variable}' is"
    elif known and known.type not in FREE_TYPES and rule.to not in known.categories:
        yield (*path, "to"), unknown(f"category of '{rule.variable}'", rule.to, known.categories)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

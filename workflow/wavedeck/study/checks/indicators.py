"""Check indicators.yaml: variables, categories, groups, references."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wavedeck.study.checks.shapes import Extent, extent
from wavedeck.study.checks.vocabulary import Field, Problems, Vocabulary, personal, unknown
from wavedeck.study.groups import CROSS
from wavedeck.study.indicators import (
    BenchmarkIndicator,
    CompositionIndicator,
    DifferenceIndicator,
    DistributionIndicator,
    Indicator,
    MeanIndicator,
    MultipleIndicator,
    Net,
    NotApplicableIndicator,
    NpsIndicator,
    RangeIndicator,
    ShareIndicator,
)
from wavedeck.study.shape import Location

OfVariable = (
    MeanIndicator
    | ShareIndicator
    | NotApplicableIndicator
    | DistributionIndicator
    | NpsIndicator
    | MultipleIndicator
)
OF_VARIABLE = (
    MeanIndicator,
    ShareIndicator,
    NotApplicableIndicator,
    DistributionIndicator,
    NpsIndicator,
    MultipleIndicator,
)
TYPES = {
    "mean": ("rating", "nps", "numeric"),
    "share": ("single", "rating", "nps"),
    "not_applicable": ("single", "rating", "nps", "numeric"),
    "distribution": ("single", "rating", "nps"),
    "nps": ("nps",),
    "multiple": ("multi",),
}
_REFERENCE = re.compile(r"^(?P<name>[a-z0-9_]+)(@(?P<item>[a-z0-9_]+))?(\.(?P<category>[a-z0-9_]+))?$")


def check_indicators(names: Vocabulary) -> Problems:
    """Check what indicators.yaml says against the codebook, the groups and itself."""
    for name, indicator in names.indicators.indicators.items():
        path = ("indicators", name)
        yield from names.check_parts(indicator.parts, path)
        yield from names.check_waves(indicator.waves, path)
        yield from names.check_groups(indicator.groups, (*path, "groups"), indicator.parts)
        if isinstance(indicator, OF_VARIABLE):
            yield from _check_variable(indicator, path, names)
        else:
            yield from _check_other(indicator, path, names)


def _check_variable(indicator: OfVariable, path: Location, names: Vocabulary) -> Problems:
    place, variable = (*path, "variable"), indicator.variable
    if variable in names.groups.derived:
        yield place, f"'{variable}' is derived: it makes groups; their shares are statistic 'composition'"
        return
    asked = [known for known in names.asked if known == variable or known.startswith(f"{variable}@")]
    if not asked:
        yield place, unknown("variable", variable, tuple(names.codebook.variables), listed=False)
        return
    yield from names.check_field(asked[0], place, indicator.parts)
    yield from _check_type(indicator, place, names.asked[asked[0]])
    yield from _check_categories(indicator, path, names.asked[asked[0]])
    if isinstance(indicator, ShareIndicator):
        yield from _check_items(indicator, (*path, "categories"), names)
    declared = names.codebook.variables[variable]
    if declared.personal:
        yield place, personal(variable)
    if declared.loop and declared.items and isinstance(indicator, DistributionIndicator | MultipleIndicator):
        message = f"'{variable}' has both a loop and items, so an address has no room for categories"
        yield place, f"{message}; use statistic 'share' or 'mean'"


def _check_type(indicator: OfVariable, path: Location, known: Field) -> Problems:
    fitting = TYPES[indicator.statistic]
    if known.type not in fitting:
        taken = f"statistic '{indicator.statistic}' takes {' or '.join(fitting)}"
        yield path, f"variable '{indicator.variable}' has type '{known.type}', but {taken}"


def _check_categories(indicator: OfVariable, path: Location, known: Field) -> Problems:
    noun = f"category of '{indicator.variable}'"
    if isinstance(indicator, ShareIndicator):
        yield from _check_counted(indicator, (*path, "categories"), noun, known)
    if isinstance(indicator, DistributionIndicator | MultipleIndicator):
        yield from _check_nets(indicator.nets, (*path, "nets"), noun, known)


def _check_counted(indicator: ShareIndicator, path: Location, noun: str, known: Field) -> Problems:
    per_item = isinstance(indicator.categories, dict)
    lists = indicator.categories if isinstance(indicator.categories, dict) else {"": indicator.categories}
    for item, categories in lists.items():
        for place, category in enumerate(categories):
            if category not in known.categories:
                where = (*path, item, place) if per_item else (*path, place)
                yield where, unknown(noun, category, known.categories)


def _check_items(indicator: ShareIndicator, path: Location, names: Vocabulary) -> Problems:
    """Check that categories per item name every item of the question, and nothing else."""
    if not isinstance(indicator.categories, dict):
        return
    declared = names.codebook.variables[indicator.variable]
    items = tuple(declared.items) or tuple(names.codebook.loops.get(declared.loop or "", ()))
    for item in indicator.categories:
        if item not in items:
            yield (*path, item), unknown(f"item of '{indicator.variable}'", item, items)
    for item in items:
        if not indicator.categories.get(item):
            yield path, f"item '{item}' of '{indicator.variable}' has no categories; say which count"


def _check_nets(nets: Mapping[str, Net], path: Location, noun: str, known: Field) -> Problems:
    for name, net in nets.items():
        if name in known.categories:
            yield (*path, name), f"a category is named '{name}' too; give the net another name"
        for place, category in enumerate(net.categories):
            if category not in known.categories:
                yield (*path, name, "categories", place), unknown(noun, category, known.categories)


def _check_other(indicator: Indicator, path: Location, names: Vocabulary) -> Problems:
    if isinstance(indicator, CompositionIndicator):
        yield from names.check_groups(indicator.of, (*path, "of"), indicator.parts)
        for place, name in enumerate(indicator.of):
            if CROSS in name:
                yield (
                    (*path, "of", place),
                    f"'{name}' is crossed; an address has no room for it, name a group",
                )
    elif isinstance(indicator, DifferenceIndicator):
        for key in ("of", "minus"):
            yield from _check_reference(getattr(indicator, key), (*path, key), names, averages=True)
    elif isinstance(indicator, RangeIndicator):
        yield from _check_range(indicator, path, names)
    elif isinstance(indicator, BenchmarkIndicator):
        yield from names.keys("wave", indicator.values, names.waves, (*path, "values"))


def _check_reference(text: str, path: Location, names: Vocabulary, *, averages: bool) -> Problems:
    indicator = reference(text, names)
    match = _REFERENCE.match(text)
    if match is None:
        yield path, f"'{text}' is no reference; write indicator, indicator@item, or indicator@item.category"
    elif indicator is None:
        yield path, unknown("indicator", match["name"], tuple(names.indicators.indicators), listed=False)
    elif averages and not isinstance(indicator, OF_VARIABLE):
        yield (
            path,
            f"'{match['name']}' has statistic '{indicator.statistic}', which no difference is taken of",
        )
    else:
        yield from _check_within(
            match["name"], match["item"], match["category"], path, extent(indicator, names)
        )


def _check_within(
    name: str, item: str | None, category: str | None, path: Location, known: Extent
) -> Problems:
    if item and item not in known.items:
        yield path, unknown(f"item of '{name}'", item, known.items)
    if category and category not in known.categories:
        yield path, unknown(f"category of '{name}'", category, known.categories)


def reference(text: str, names: Vocabulary) -> Indicator | None:
    """Return the indicator that `indicator@item.category` names, if there is one."""
    match = _REFERENCE.match(text)
    return names.indicators.indicators.get(match["name"]) if match else None


def _check_range(indicator: RangeIndicator, path: Location, names: Vocabulary) -> Problems:
    yield from _check_reference(indicator.of, (*path, "of"), names, averages=False)
    of = reference(indicator.of, names)
    if of is None:
        return
    if isinstance(of, RangeIndicator):
        yield (*path, "of"), f"'{indicator.of}' is a range itself"
    elif isinstance(indicator.over, list):
        yield from names.check_groups(indicator.over, (*path, "over"), indicator.parts)
        yield from _check_computed(indicator.over, of, indicator, (*path, "over"), names)
    else:
        if not getattr(extent(of, names), indicator.over):
            yield (*path, "over"), f"'{indicator.of}' has no {indicator.over}"
        yield from _check_computed(indicator.groups, of, indicator, (*path, "groups"), names)


def _check_computed(
    wanted: list[str], of: Indicator, indicator: RangeIndicator, path: Location, names: Vocabulary
) -> Problems:
    for part in indicator.parts or names.parts:
        computed = names.expand(of.groups, part)
        asked = names.expand(wanted, part)
        lacking = [name for name in asked or () if computed is not None and name not in computed]
        if lacking:
            yield path, f"'{indicator.of}' is not computed for {', '.join(lacking)}; add them to its groups"

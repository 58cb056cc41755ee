"""Check impact.yaml: outcome, drivers, groups, names."""

from __future__ import annotations

from wavedeck.study.checks.vocabulary import Problems, Vocabulary, unknown
from wavedeck.study.codebook import Variable
from wavedeck.study.deck import MatrixSlide
from wavedeck.study.groups import ALL
from wavedeck.study.impact import Analysis, Impact
from wavedeck.study.impact_indicators import impact_indicators
from wavedeck.study.impact_loops import loop_of, per_entry
from wavedeck.study.indicators import MeanIndicator, NpsIndicator, ShareIndicator
from wavedeck.study.shape import Location

OUTCOMES = (MeanIndicator, ShareIndicator, NpsIndicator)


def check_impact(impact: Impact, names: Vocabulary) -> Problems:
    """Check that analyses rest on indicators that are computed, for the same groups."""
    right = True
    for name, declared in impact.analyses.items():
        path = ("analyses", name)
        yield from names.check_parts(declared.parts, path)
        yield from names.check_waves(declared.waves, path)
        yield from names.check_groups(declared.groups, (*path, "groups"), declared.parts)
        problems = [*_check_loop(declared, path, names)]
        for _, analysis in per_entry(name, declared, names.indicators, names.codebook):
            problems += [*_check_sides(analysis, path, names)]
        yield from dict.fromkeys(problems)
        yield from _check_family(declared, path, names)
        yield from _check_groups(declared, path, names)
        yield from _check_kinds(declared, path, names)
        right = right and not problems
    if right:
        yield from _check_names(impact, names)


def _check_loop(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    loops = names.codebook.loops
    if analysis.loop is None:
        if analysis.entries is not None:
            yield (*path, "entries"), "are those of a loop; name it in 'loop'"
        return
    if analysis.loop not in loops:
        yield (*path, "loop"), unknown("loop", analysis.loop, tuple(loops))
        return
    yield from names.among("entry", analysis.entries or (), tuple(loops[analysis.loop]), (*path, "entries"))
    if loop_of(analysis.drivers, names.indicators, names.codebook) != analysis.loop:
        yield (*path, "drivers"), f"'{analysis.drivers}' is not asked in loop '{analysis.loop}'"


def _check_sides(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    known = names.indicators.indicators
    for key, reference, kinds in (
        ("outcome", analysis.outcome, OUTCOMES),
        ("drivers", analysis.drivers, (MeanIndicator,)),
    ):
        name, _, item = reference.partition("@")
        found = known.get(name)
        if found is None:
            yield (*path, key), unknown("indicator", name, tuple(known), listed=False)
        elif not isinstance(found, kinds):
            wanted = "mean, share or nps" if key == "outcome" else "mean"
            yield (*path, key), f"'{name}' has statistic '{found.statistic}'; name one with {wanted}"
        elif found.variable in names.codebook.variables:
            check = _check_outcome if key == "outcome" else _check_drivers
            yield from check(name, item, names.codebook.variables[found.variable], (*path, key), names)


def _check_outcome(name: str, item: str, variable: Variable, path: Location, names: Vocabulary) -> Problems:
    items = tuple(names.codebook.loops.get(variable.loop or "", {})) or tuple(variable.items)
    if variable.loop and variable.items:
        yield path, f"'{name}' has both a loop and items; the outcome is one judgement"
    elif items and not item:
        yield path, f"'{name}' has items; the outcome is one judgement: name it, e.g. '{name}@{items[0]}'"
    elif item and item not in items:
        yield path, unknown(f"item of {name}", item, items)


def _check_drivers(name: str, entry: str, variable: Variable, path: Location, names: Vocabulary) -> Problems:
    entries = tuple(names.codebook.loops.get(variable.loop or "", {}))
    if not variable.items and not variable.loop:
        yield path, f"'{name}' has no items; drivers are the items of one battery or loop"
    elif variable.items and variable.loop and not entry:
        example = f"e.g. '{name}@{entries[0]}', or 'loop: {variable.loop}' for an analysis of each"
        yield path, f"'{name}' has both a loop and items; name the entry, {example}"
    elif entry and not (variable.items and variable.loop):
        yield path, f"'{name}' has one battery; leave out '@{entry}'"
    elif entry and entry not in entries:
        yield path, unknown(f"entry of {name}", entry, entries)


def _check_family(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    outcome = names.indicators.indicators.get(analysis.outcome_name)
    share = isinstance(outcome, ShareIndicator)
    family = ("binary" if share else "linear") if analysis.family == "auto" else analysis.family
    if family == "binary" and outcome is not None and not share:
        yield (
            (*path, "family"),
            f"'{analysis.outcome_name}' has more than two answers; name a share, or ordinal",
        )
    elif family == "ordinal" and share:
        yield (*path, "family"), f"'{analysis.outcome_name}' is a share, yes or no; its family is binary"
    if (
        family != "linear"
        and analysis.missing == "pairwise"
        and analysis.measure not in ("auto", "correlation")
    ):
        yield (*path, "missing"), f"a {family} outcome has no pairs; write listwise, or leave it out"
    if share and analysis.borders.rating == "outcome":
        yield (*path, "borders", "rating"), "a share is no mark; name mean, median or a number"


def _check_groups(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    if ALL not in analysis.groups:
        yield (*path, "groups"), f"lacks '{ALL}'; add it, for the analysis of everybody"
    for name in (analysis.outcome_name, analysis.drivers_name):
        found = names.indicators.indicators.get(name)
        for part in analysis.parts or names.parts:
            if found is None:
                continue
            computed, asked = names.expand(found.groups, part), names.expand(analysis.groups, part)
            lacking = [one for one in asked or () if computed is not None and one not in computed]
            if lacking:
                message = f"'{name}' is not computed for {', '.join(lacking)}"
                yield (*path, "groups"), f"{message}; add them to its groups in indicators.yaml"


def _check_names(impact: Impact, names: Vocabulary) -> Problems:
    declared, seen = names.indicators.indicators, dict[str, str]()
    for name, analysis in impact.analyses.items():
        for full, one in per_entry(name, analysis, names.indicators, names.codebook):
            if full in seen:
                yield ("analyses", name), f"makes '{full}', as '{seen[full]}' does; give it another name"
            seen[full] = name
            made = impact_indicators(
                Impact(analyses={full: one}), names.indicators, names.codebook, names.settings.decimals
            )
            taken = [indicator for indicator in made if indicator in declared]
            if taken:
                message = f"indicators.yaml has '{taken[0]}' too; give the analysis another name"
                yield ("analyses", name), message


def _check_kinds(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    drivers = names.indicators.indicators.get(analysis.drivers_name)
    variable = names.codebook.variables.get(getattr(drivers, "variable", ""))
    if variable is not None and analysis.kinds:
        used = tuple(dict.fromkeys(item.kind for item in variable.items.values()))
        yield from names.keys("kind of aspect", analysis.kinds, used, (*path, "kinds"))
        lacking = [kind for kind in used if kind not in analysis.kinds]
        if lacking:
            yield (
                (*path, "kinds"),
                f"lacks {', '.join(repr(kind) for kind in lacking)}; name every kind, or none",
            )


def check_matrix(slide: MatrixSlide, path: Location, names: Vocabulary) -> Problems:
    """Check that the analysis of a matrix slide exists, for its part and group."""
    known = names.analyses
    analysis = known.get(slide.analysis)
    if analysis is None:
        hint = "; analyses stand in impact.yaml" if not known else ""
        yield (*path, "analysis"), unknown("analysis", slide.analysis, tuple(known)) + hint
        return
    parts = analysis.parts or names.parts
    if slide.part is None and len(parts) > 1:
        yield path, f"needs 'part': '{slide.analysis}' is made for {', '.join(parts)}"
    elif slide.part in names.parts and slide.part not in parts:
        yield (*path, "part"), f"'{slide.analysis}' is only made for {', '.join(parts)}"
    yield from names.check_single(slide.group, (*path, "group"), parts)
    made = names.expand(analysis.groups, slide.part or parts[0])
    if made is not None and slide.group not in made:
        message = f"'{slide.analysis}' is not made for {slide.group}"
        yield (*path, "group"), f"{message}; add it to its groups in impact.yaml"

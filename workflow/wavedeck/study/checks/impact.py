"""Check impact.yaml: outcome, drivers, groups, names."""

from __future__ import annotations

from wavedeck.study.checks.vocabulary import Problems, Vocabulary, unknown
from wavedeck.study.deck import MatrixSlide
from wavedeck.study.groups import ALL
from wavedeck.study.impact import Analysis, Impact, impact_indicators
from wavedeck.study.indicators import MeanIndicator
from wavedeck.study.shape import Location


def check_impact(impact: Impact, names: Vocabulary) -> Problems:
    """Check that analyses rest on means that are computed, for the same groups."""
    right = True
    for name, analysis in impact.analyses.items():
        path = ("analyses", name)
        yield from names.check_parts(analysis.parts, path)
        yield from names.check_waves(analysis.waves, path)
        yield from names.check_groups(analysis.groups, (*path, "groups"), analysis.parts)
        problems = [*_check_means(analysis, path, names)]
        yield from problems
        yield from _check_groups(analysis, path, names)
        yield from _check_kinds(analysis, path, names)
        right = right and not problems
    if right:
        yield from _check_names(impact, names)


def _check_means(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    known = names.indicators.indicators
    for key in ("outcome", "drivers"):
        name = getattr(analysis, key)
        found = known.get(name)
        if found is None:
            yield (*path, key), unknown("indicator", name, tuple(known), listed=False)
        elif not isinstance(found, MeanIndicator):
            yield (*path, key), f"'{name}' has statistic '{found.statistic}'; name one with statistic 'mean'"
        elif found.variable in names.codebook.variables:
            yield from _check_items(key, name, found, path, names)


def _check_items(key: str, name: str, found: MeanIndicator, path: Location, names: Vocabulary) -> Problems:
    variable = names.codebook.variables[found.variable]
    if key == "outcome" and (variable.items or variable.loop):
        yield (*path, key), f"'{name}' has items; the outcome is one judgement"
    if key == "drivers" and bool(variable.items) == bool(variable.loop):
        problem = "both a loop and items" if variable.items else "no items"
        yield (*path, key), f"'{name}' has {problem}; drivers are the items of one battery or loop"


def _check_groups(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    if ALL not in analysis.groups:
        yield (*path, "groups"), f"lacks '{ALL}'; add it, for the analysis of everybody"
    for name in (analysis.outcome, analysis.drivers):
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
    declared = names.indicators.indicators
    made = impact_indicators(impact, names.indicators, names.codebook, names.settings.decimals)
    for name in impact.analyses:
        taken = [one for one in made if one.startswith(f"{name}_") and one in declared]
        if taken:
            yield ("analyses", name), f"indicators.yaml has '{taken[0]}' too; give the analysis another name"


def _check_kinds(analysis: Analysis, path: Location, names: Vocabulary) -> Problems:
    drivers = names.indicators.indicators.get(analysis.drivers)
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
    known = names.impact.analyses
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

"""What a figure rests on in its study: indicators, variables of answers, groups."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.audit.trace.rests import group_variables, with_sources
from wavedeck.figures.records import Figure
from wavedeck.study.errors import ConfigError
from wavedeck.study.groups import ALL, CROSS
from wavedeck.study.load import Study
from wavedeck.study.weights import Cell


def indicators_behind(study: Study, name: str) -> list[str]:
    """Return an indicator and those that it is made of; for a result of an analysis, those of its model."""
    found: list[str] = []
    waiting = [name]
    while waiting:
        one = waiting.pop(0)
        if one not in found and one in study.every_indicator:
            found.append(one)
            waiting += _made_of(study, one)
    return found


def _made_of(study: Study, name: str) -> Iterator[str]:
    spec = study.indicators.indicators.get(name)
    references = [getattr(spec, "of", None), getattr(spec, "minus", None)]
    analysis = study.impact.analyses.get(analysis_behind(study, name))
    if analysis:
        references += [analysis.outcome, analysis.drivers]
    for reference in references:
        if isinstance(reference, str):
            yield reference.partition(".")[0].partition("@")[0]


def analysis_behind(study: Study, name: str) -> str:
    """Return the analysis that makes an indicator, empty for a declared indicator."""
    if name in study.indicators.indicators:
        return ""
    return next((one for one in study.impact.analyses if name.startswith(f"{one}_")), "")


def groups_behind(study: Study, figure: Figure) -> list[str]:
    """Return the groups that a figure rests on, those of compositions and ranges included."""
    found = [figure.group]
    for name in indicators_behind(study, figure.indicator):
        spec = study.indicators.indicators.get(name)
        for listed in (getattr(spec, "of", None), getattr(spec, "over", None)):
            found += study.group_book.expand(listed, figure.part) if isinstance(listed, list) else []
    return list(dict.fromkeys(one for name in found for one in _inside(study, name)))


def _inside(study: Study, name: str) -> Iterator[str]:
    """Yield a group and those that it is made of."""
    try:
        definition = study.group_book.definition(name)
    except ConfigError:
        return
    if name != ALL and CROSS not in name:
        yield name
    for other in (*definition.within, *definition.union):
        yield from _inside(study, other)


def answers_behind(study: Study, figure: Figure) -> set[str]:
    """Return the variables whose answers a figure rests on, those that make its groups included."""
    names = [
        str(study.every_indicator[name].variable)  # type: ignore[union-attr]
        for name in indicators_behind(study, figure.indicator)
        if getattr(study.every_indicator[name], "variable", "")
    ]
    for group in groups_behind(study, figure):
        names += group_variables(group, study.group_book)
    return with_sources(names, study.group_book)


def weights_behind(study: Study, part: str) -> set[str]:
    """Return the variables that the weights of a part rest on."""
    declared = study.weighting.parts.get(part)
    if declared is None:
        return set()
    names = [str(declared.variable)] if declared.variable else []
    names += [margin.variable for margin in declared.margins.values()]
    for group in _cells(declared.cells):
        names += group_variables(group, study.group_book)
    return with_sources(names, study.group_book)


def _cells(cells: dict[str, Cell]) -> Iterator[str]:
    for cell in cells.values():
        yield cell.group
        yield from _cells(cell.cells)

"""Which questions a figure rests on: its own, and all that cleaning, groups and weights read for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wavedeck.study.codebook import Question
from wavedeck.study.conditions import parse_condition, variables_of
from wavedeck.study.groups import ALL, CROSS
from wavedeck.study.indicators import Indicator
from wavedeck.study.load import Study
from wavedeck.study.settings import Cell


def needed_questions(
    study: Study, questions: Iterable[Question], indicators: Iterable[Indicator], *, part: str, wave: str
) -> set[str]:
    """Return the names of the questions that some indicators rest on in one wave of one part."""
    known = {question.name: question for question in questions}
    wanted = {one for spec in indicators for one in _of_indicator(spec, known)}
    groups = {group for spec in indicators for group in study.group_book.expand(_groups(spec), part)}
    waiting = [*wanted, *_of_design(study, part), *_of_weights(study, part), *_of_rules(study, part, wave)]
    waiting += [name for group in groups for name in _of_group(study, group)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in study.groups.derived:
            for category in study.groups.derived[name].categories.values():
                waiting += variables_of(parse_condition(category.where))
        elif name in known and name not in found:
            found.add(name)
            question = known[name]
            waiting += [one for where in question.asked_if for one in variables_of(parse_condition(where))]
            waiting += [question.coded_from] if question.coded_from else []
    return found


def _groups(spec: Indicator) -> list[str]:
    extra = getattr(spec, "of", None)
    over = getattr(spec, "over", None)
    return [
        *spec.groups,
        *(extra if isinstance(extra, list) else []),
        *(over if isinstance(over, list) else []),
    ]


def _of_indicator(spec: Indicator, known: dict[str, Question]) -> Iterator[str]:
    variable = getattr(spec, "variable", "")
    yield from (name for name, question in known.items() if question.variable == variable)


def _of_design(study: Study, part: str) -> Iterator[str]:
    settings = study.settings.parts[part]
    yield settings.id
    yield from (name for name in (settings.design.clusters, settings.design.strata) if name)


def _of_weights(study: Study, part: str) -> Iterator[str]:
    declared = study.weighting.parts.get(part)
    if declared is None:
        return
    if declared.variable:
        yield declared.variable
    yield from (margin.variable for margin in declared.margins.values())
    yield from (name for group in _cell_groups(declared.cells.values()) for name in _of_group(study, group))


def _cell_groups(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        yield cell.group
        yield from _cell_groups(cell.cells.values())


def _of_rules(study: Study, part: str, wave: str) -> Iterator[str]:
    for rule in study.cleaning.rules:
        if (rule.parts is None or part in rule.parts) and (rule.waves is None or wave in rule.waves):
            yield from variables_of(parse_condition(rule.where)) if rule.where else ()


def _of_group(study: Study, group: str) -> Iterator[str]:
    if group == ALL:
        return
    if CROSS in group:
        for one in group.split(CROSS):
            yield from _of_group(study, one)
        return
    definition = study.group_book.definition(group)
    if definition.condition is not None:
        yield from variables_of(definition.condition)
    if definition.ids is not None:
        yield definition.ids.variable
    for one in (*definition.within, *definition.union):
        yield from _of_group(study, one)

"""Check the codebook: waves, parts, categories, codes, routing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wavedeck.study.checks.conditions import check_condition
from wavedeck.study.checks.vocabulary import FREE_TYPES, Problems, Vocabulary, numbers_between, unknown
from wavedeck.study.codebook import Answers, Columns, Item, Variable, WaveOverride
from wavedeck.study.shape import Location


def check_codebook(names: Vocabulary) -> Problems:
    """Check what the codebook says against itself and study.yaml."""
    for scale, answers in names.codebook.scales.items():
        yield from _check_codes(answers.codes, answers, ("scales", scale, "codes"))
    for loop, entries in names.codebook.loops.items():
        for entry, declared in entries.items():
            path = ("loops", loop, entry)
            yield from names.check_waves(declared.waves, path)
            asking = _parts_asking(loop, names)
            yield from check_condition(declared.asked_if, (*path, "asked_if"), names, parts=asking)
    for name, variable in names.codebook.variables.items():
        yield from _check_variable(name, variable, names)


def _parts_asking(loop: str, names: Vocabulary) -> list[str]:
    """Return the parts that ask something in a loop."""
    variables = [one for one in names.codebook.variables.values() if one.loop == loop]
    asking = {part for one in variables for part in (one.parts or names.parts)}
    return [part for part in names.parts if part in asking]


def _check_variable(name: str, variable: Variable, names: Vocabulary) -> Problems:
    path, answers = ("variables", name), names.codebook.answers(name)
    yield from names.check_parts(variable.parts, path)
    yield from names.check_waves(variable.waves, path)
    yield from check_condition(variable.asked_if, (*path, "asked_if"), names, parts=variable.parts)
    yield from _check_answers(variable, answers, path)
    yield from _check_coded(name, variable, answers, path, names)
    yield from _check_columns(variable, answers, path)
    yield from _check_overrides(variable.by_wave, answers, path, names)
    for item, declared in variable.items.items():
        place = (*path, "items", item)
        yield from names.check_parts(declared.parts, place)
        yield from names.check_waves(declared.waves, place)
        yield from check_condition(declared.asked_if, (*place, "asked_if"), names, parts=variable.parts)
        yield from _check_overrides(declared.by_wave, answers, place, names)


def _check_answers(variable: Variable, answers: Answers, path: Location) -> Problems:
    if answers.type in ("single", "multi") and not answers.categories:
        yield path, f"type '{answers.type}' needs 'categories'"
    if answers.type == "rating" and (answers.minimum is None or answers.maximum is None):
        yield path, "type 'rating' needs 'minimum' and 'maximum'"
    if answers.minimum is not None and answers.maximum is not None and answers.minimum >= answers.maximum:
        yield (*path, "minimum"), f"{answers.minimum:g} is not below maximum, {answers.maximum:g}"
    if answers.type == "rating":
        numbers = numbers_between(answers.minimum, answers.maximum)
        for category in variable.categories:
            if numbers and category not in numbers:
                yield (*path, "categories", category), unknown("mark", category, numbers)
    yield from _check_codes(variable.codes, answers, (*path, "codes"))
    if variable.missing:
        yield from _check_both(answers.codes, variable.missing, (*path, "missing"))


def _check_coded(
    name: str, variable: Variable, answers: Answers, path: Location, names: Vocabulary
) -> Problems:
    source = variable.coded_from
    if source is None:
        return
    place, found = (*path, "coded_from"), names.codebook.variables.get(source)
    if found is None:
        yield place, unknown("variable", source, tuple(names.codebook.variables), listed=False)
    elif names.codebook.answers(source).type != "open" or found.items or found.loop:
        yield place, f"'{source}' is no open question by itself; name one of type 'open'"
    if answers.type != "multi" or variable.items or variable.loop or variable.columns is not None:
        yield path, "coded answers are of type 'multi', without columns, items or loop"
    others = [one for one, own in names.codebook.variables.items() if own.coded_from == source]
    if others[0] != name:
        yield place, f"'{source}' is coded twice, also as '{others[0]}'; keep one code frame"


def _check_codes(codes: Mapping[str, str], answers: Answers, path: Location) -> Problems:
    if answers.type in ("single", "multi") and answers.categories:
        for code, category in codes.items():
            if category not in answers.categories:
                yield (*path, code), unknown("category", category, tuple(answers.categories))
    elif answers.type is not None and answers.type not in FREE_TYPES | {"single", "multi"}:
        for code, number in codes.items():
            if not _is_number(number):
                yield (*path, code), f"'{number}' is no number, but answers of type '{answers.type}' are"


def _check_both(codes: Mapping[str, str], missing: Mapping[str, str], path: Location) -> Problems:
    for code in missing:
        if code in codes:
            yield (*path, code), f"code '{code}' is also an answer, '{codes[code]}'; keep one"


def _check_overrides(
    overrides: Mapping[str, WaveOverride], answers: Answers, path: Location, names: Vocabulary
) -> Problems:
    yield from names.keys("wave", overrides, names.waves, (*path, "by_wave"))
    for wave, override in overrides.items():
        place = (*path, "by_wave", wave)
        yield from _check_codes(override.codes or {}, answers, (*place, "codes"))
        codes = answers.codes if override.codes is None else override.codes
        missing = answers.missing if override.missing is None else override.missing
        if override.codes is not None or override.missing is not None:
            changed = "missing" if override.missing is not None else "codes"
            yield from _check_both(codes, missing, (*place, changed))


def _check_columns(variable: Variable, answers: Answers, path: Location) -> Problems:
    for place, columns in _declared_columns(variable, path):
        if isinstance(columns, dict):
            known = tuple(answers.categories)
            strange = [category for category in columns if category not in known]
            yield from (((*place, name), unknown("category", name, known)) for name in strange)
        for text in _texts(columns):
            yield from _check_placeholders(text, variable, place)
    shared = variable.columns if isinstance(variable.columns, str) else "{loop}"
    if variable.loop and not variable.items and "{loop}" not in shared:
        message = f"'{shared}' is one column for every entry of loop '{variable.loop}'"
        yield (*path, "columns"), f"{message}; write {{loop}} where they differ"


def _texts(columns: Columns) -> list[str]:
    if isinstance(columns, str):
        return [columns]
    return list(columns.values() if isinstance(columns, dict) else columns)


def _check_placeholders(text: str, variable: Variable, place: Location) -> Problems:
    if "{loop}" in text and not variable.loop:
        yield place, f"'{text}' has {{loop}}, but the variable names no loop"
    if "{item}" in text and not variable.items:
        yield place, f"'{text}' has {{item}}, but the variable has no items"


def _declared_columns(variable: Variable, path: Location) -> Iterator[tuple[Location, Columns]]:
    holders: list[tuple[Location, Variable | Item]] = [(path, variable)]
    holders += [((*path, "items", name), item) for name, item in variable.items.items()]
    for place, holder in holders:
        if holder.columns is not None:
            yield (*place, "columns"), holder.columns
        for wave, override in holder.by_wave.items():
            if override.columns is not None:
                yield (*place, "by_wave", wave, "columns"), override.columns


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

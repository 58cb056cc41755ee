"""Check verbatims.yaml: parts, waves, code frames, and the rules that choose quotes."""

from __future__ import annotations

from wavedeck.study.checks.vocabulary import Problems, Vocabulary, unknown
from wavedeck.study.codebook import Variable
from wavedeck.study.shape import Location
from wavedeck.study.verbatims import Choice, Frame, PartFiles, QuoteSelection, VerbatimFile, Verbatims


def check_verbatims(verbatims: Verbatims, names: Vocabulary) -> Problems:
    """Check what verbatims.yaml says against the rest of the study."""
    yield from names.keys("part", verbatims.files, names.parts, ("files",))
    for part, files in verbatims.files.items():
        for key in ("coding", "cleared"):
            yield from _check_file(getattr(files, key), ("files", part, key), names)
    coded = {name: one for name, one in names.codebook.variables.items() if one.coded_from}
    yield from names.keys("coded variable", verbatims.frames, tuple(coded), ("frames",))
    for name, frame in verbatims.frames.items():
        if name in coded:
            yield from _check_frame(frame, coded[name], ("frames", name))
    yield from _check_coding_files(verbatims, coded, names)
    for name, selection in verbatims.selections.items():
        yield from _check_selection(selection, ("selections", name), names)


def _check_file(file: VerbatimFile | None, path: Location, names: Vocabulary) -> Problems:
    if file is not None:
        yield from names.check_waves(file.waves, path)
        if "{wave}" not in file.file and len(file.waves or names.waves) > 1:
            yield (*path, "file"), "is one file for several waves; write {wave} where they differ"


def _check_frame(frame: Frame, variable: Variable, path: Location) -> Problems:
    known = tuple(variable.categories)
    for key in ("definitions", "tones"):
        for code in getattr(frame, key):
            if code not in known:
                yield (*path, key, code), unknown("category", code, known)


def _check_coding_files(verbatims: Verbatims, coded: dict[str, Variable], names: Vocabulary) -> Problems:
    """Find waves whose codebook has coded answers, and no file to take them from."""
    for name, variable in coded.items():
        for part in variable.parts or names.parts:
            asked = [wave for wave in variable.waves or names.waves if _has(names, part, wave)]
            lacking = [wave for wave in asked if verbatims.coding(part, wave) is None]
            if lacking:
                message = f"coded answers '{name}' of part {part} have no coding file in {', '.join(lacking)}"
                yield ("files",), f"{message}; declare it, or limit the waves of '{name}' in codebook.yaml"


def _has(names: Vocabulary, part: str, wave: str) -> bool:
    declared = names.settings.parts[part].waves if part in names.parts else []
    return declared is None or wave in declared


def _check_selection(selection: QuoteSelection, path: Location, names: Vocabulary) -> Problems:
    yield from names.check_waves(selection.waves, path)
    if selection.part not in names.parts:
        yield (*path, "part"), unknown("part", selection.part, names.parts)
        return
    yield from _check_variable(selection, (*path, "variable"), names)
    yield from _check_cleared(selection, path, names)
    if selection.minimum_length > selection.maximum_length:
        yield (*path, "minimum_length"), f"is above maximum_length, {selection.maximum_length}"
    for place, choice in enumerate(selection.choices):
        yield from _check_choice(choice, selection, (*path, "choices", place), names)


def _check_variable(selection: QuoteSelection, path: Location, names: Vocabulary) -> Problems:
    yield from names.check_field(selection.variable, path, [selection.part])
    known = names.fields.get(selection.variable)
    if known is not None and known.type != "open":
        yield path, f"'{selection.variable}' is of type '{known.type}'; quotes come from open questions"


def _check_cleared(selection: QuoteSelection, path: Location, names: Vocabulary) -> Problems:
    if names.verbatims.files.get(selection.part, PartFiles()).cleared is None:
        yield path, f"part {selection.part} has no file of cleared texts; declare it under files, cleared"
    asked = [wave for wave in selection.waves or () if _has(names, selection.part, wave)]
    lacking = [wave for wave in asked if names.verbatims.cleared(selection.part, wave) is None]
    if lacking:
        message = f"part {selection.part} has no cleared texts in {', '.join(lacking)}"
        yield (*path, "waves"), f"{message}; declare them under files, cleared, or leave the wave out"


def _check_choice(choice: Choice, selection: QuoteSelection, path: Location, names: Vocabulary) -> Problems:
    yield from names.check_single(choice.group, (*path, "group"), [selection.part])
    if choice.otherwise is not None:
        yield from names.check_single(choice.otherwise, (*path, "otherwise"), [selection.part])
    if choice.codes or choice.tone:
        yield from _check_codes(choice, selection, path, names)


def _check_codes(choice: Choice, selection: QuoteSelection, path: Location, names: Vocabulary) -> Problems:
    variables = names.codebook.variables
    coded = next((name for name, one in variables.items() if one.coded_from == selection.variable), None)
    if coded is None:
        yield path, f"codes and tone need a code frame: a variable with coded_from: {selection.variable}"
        return
    known = tuple(variables[coded].categories)
    yield from names.among("category", choice.codes, known, (*path, "codes"))
    tones = names.verbatims.frames[coded].tones if coded in names.verbatims.frames else {}
    if choice.tone and choice.tone not in tones.values():
        yield (*path, "tone"), f"no category of '{coded}' is {choice.tone}; see frames, {coded}, tones"

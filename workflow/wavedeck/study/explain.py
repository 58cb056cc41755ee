"""Say in plain words what a study file holds that its model does not allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol, get_args, get_origin

from pydantic import BaseModel, StringConstraints, ValidationError

from wavedeck.study.base import GroupName, Identifier, PlacedError, StudyName, WaveName
from wavedeck.study.errors import did_you_mean
from wavedeck.study.settings import IsoDate, Sha256
from wavedeck.study.shape import Location, Spot, bare, is_local_text, is_union, literals, locate, tagged

_FORMS = {
    "model_type": "several keys, each with its value",
    "model_attributes_type": "several keys, each with its value",
    "dict_type": "several keys, each with its value",
    "list_type": "a list, e.g. [a, b]",
    "string_type": "text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
}
_PATTERNS = (
    (Identifier, "ids", "lower-case letters, digits and _"),
    (WaveName, "waves", "letters, digits, - and _"),
    (GroupName, "groups", "lower-case letters, digits and _, crossed as a*b"),
    (StudyName, "study names", "lower-case letters, digits, - and _"),
    (IsoDate, "dates", "year-month-day, e.g. 2017-05-31"),
    (Sha256, "checksums", "the 64 digits and letters of a SHA-256"),
)
_SINGULAR = {"slides": "slide", "waves": "wave", "rules": "rule"}
_NOUNS = {
    "codes": "codes",
    "missing": "codes",
    "checked": "codes",
    "unchecked": "codes",
    "categories": "categories",
    "columns": "columns",
    "label": "labels",
    "question": "questions",
    "languages": "languages",
    "fieldwork": "periods",
}


class SourceFile(Protocol):
    """A study file that knows where its keys stand."""

    @property
    def data(self) -> Any:
        """Content, as the models read it."""

    def place(self, location: Location) -> str:
        """Return file and line (or sheet and row) of a key."""

    def order(self, location: Location) -> int:
        """Return a number that sorts keys as they stand in the file."""


@dataclass(frozen=True)
class _Trouble:
    """One validation error at the place it means."""

    spot: Spot
    kind: str
    value: Any
    context: Mapping[str, Any]
    message: str


def explain(file: SourceFile, model: type[BaseModel], error: ValidationError) -> list[str]:
    """Return one message for each thing that is wrong, in the order of the file's keys."""
    troubles = [trouble for item in error.errors() for trouble in _troubles(model, dict(item))]
    messages = [_line(file, trouble) for trouble in _without_echoes(troubles)]
    return list(dict.fromkeys(messages))


def describe(data: Any, path: Location) -> str:
    """Return a path of keys as people read it: list positions from 1, with the id of the entry.

    >>> describe({"slides": [{"id": "cover"}, {"id": "trend"}]}, ("slides", 1, "chart"))
    "slides.2 (slide 'trend').chart"
    """
    words: list[str] = []
    for depth, key in enumerate(path):
        words.append(str(key + 1) if isinstance(key, int) else key)
        data = _inside(data, key)
        name = data.get("id") if isinstance(key, int) and isinstance(data, Mapping) else None
        if isinstance(name, str) and depth and path[depth - 1] in _SINGULAR:
            words[-1] += f" ({_SINGULAR[str(path[depth - 1])]} '{name}')"
    return ".".join(words)


def _inside(data: Any, key: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(str(key))
    is_entry = isinstance(data, list) and isinstance(key, int) and key < len(data)
    return data[key] if is_entry else None


def _troubles(model: type[BaseModel], item: dict[str, Any]) -> Iterator[_Trouble]:
    spot, context = locate(model, tuple(item["loc"])), item.get("ctx", {})
    cause = context.get("error")
    if not isinstance(cause, PlacedError):
        yield _Trouble(spot, item["type"], item["input"], context, item["msg"])
        return
    for path, message in cause.problems:
        yield _Trouble(replace(spot, path=(*spot.path, *path)), "value_error", ..., {}, message)


def _without_echoes(troubles: list[_Trouble]) -> Iterator[_Trouble]:
    """Leave out what one slip causes twice: a misspelt key that is then missing, each form of a union."""
    misspelt = {
        (trouble.spot.path[:-1], key)
        for trouble in troubles
        if trouble.kind == "extra_forbidden" and (key := _meant(trouble.spot))
    }
    for _, group in groupby(troubles, key=_union_path):
        for trouble in _deepest(list(group)):
            path = trouble.spot.path
            if trouble.kind != "missing" or (path[:-1], path[-1]) not in misspelt:
                yield trouble


def _union_path(trouble: _Trouble) -> tuple[Location, bool]:
    spot = trouble.spot
    return (spot.union_path, True) if spot.union_path is not None else (spot.path, False)


def _deepest(troubles: list[_Trouble]) -> list[_Trouble]:
    if troubles[0].spot.union_path is None:
        return troubles
    depth = max(len(trouble.spot.path) for trouble in troubles)
    return [trouble for trouble in troubles if len(trouble.spot.path) == depth][:1]


def _meant(spot: Spot) -> str | None:
    hint = did_you_mean(str(spot.path[-1]), _valid_keys(spot))
    return hint.split("'")[1] if hint else None


def _valid_keys(spot: Spot) -> tuple[str, ...]:
    return tuple(spot.owner.model_fields) if spot.owner else ()


def _line(file: SourceFile, trouble: _Trouble) -> str:
    path, message = trouble.spot.path, _message(trouble)
    if trouble.kind in ("extra_forbidden", "missing"):
        shown = path[:-1]
    elif trouble.kind == "union_tag_invalid":
        shown, path = path, (*path, trouble.context["discriminator"].strip("'"))
    else:
        shown = path
    where = describe(file.data, shown)
    return f"{file.place(path)}, {where}: {message}" if where else f"{file.place(path)}: {message}"


def _message(trouble: _Trouble) -> str:
    spot, kind, value = trouble.spot, trouble.kind, trouble.value
    if kind in _SAYINGS:
        return _SAYINGS[kind](trouble)
    if value is None:
        return "is empty; write a value or leave the key out"
    if _is_number(value) and _wants_text(spot.annotation):
        return f'{_noun(spot)} are text: write "{_as_typed(value)}" in quotes'
    return _pattern(trouble) if kind == "string_pattern_mismatch" else _value(trouble)


def _unknown_key(trouble: _Trouble) -> str:
    return _unknown("key", str(trouble.spot.path[-1]), _valid_keys(trouble.spot), "valid keys")


def _value(trouble: _Trouble) -> str:
    at_union = trouble.spot.union is not None and trouble.spot.path == trouble.spot.union_path
    valid = literals(trouble.spot.annotation) or (literals(trouble.spot.union) if at_union else ())
    if valid and isinstance(trouble.value, str):
        return _unknown("value", trouble.value, valid, "valid values")
    if at_union:
        return f"{trouble.value!r} should be {_forms(trouble.spot.union)}"
    if trouble.kind in _FORMS:
        return f"{trouble.value!r} should be {_FORMS[trouble.kind]}"
    return f"{trouble.value!r}: {trouble.message[0].lower()}{trouble.message[1:]}"


def _forms(union: Any) -> str:
    words = {"str": "text", "int": "a whole number", "float": "a number", "list": "a list"}
    names = [_name_of(member) for member in get_args(union)]
    forms = [words.get(name, "several keys, each with its value") for name in names if name != "NoneType"]
    return " or ".join(dict.fromkeys(forms))


def _name_of(annotation: Any) -> str:
    inner = bare(annotation)
    return getattr(get_origin(inner) or inner, "__name__", "")


def _tag(trouble: _Trouble) -> str:
    valid, key = tuple(tagged(trouble.spot.annotation)), trouble.context["discriminator"].strip("'")
    if trouble.kind == "union_tag_not_found":
        return f"needs '{key}'; valid values: {', '.join(valid)}"
    return _unknown(key, str(trouble.context["tag"]), valid, "valid values")


def _pattern(trouble: _Trouble) -> str:
    for annotation, noun, letters in _PATTERNS:
        if _regex(annotation) == trouble.context["pattern"]:
            return f"'{trouble.value}' is not valid here: {noun} hold only {letters}"
    return f"'{trouble.value}' does not have the form {trouble.context['pattern']}"


def _regex(annotation: Any) -> str | None:
    found = [extra.pattern for extra in get_args(annotation) if isinstance(extra, StringConstraints)]
    return str(found[0]) if found else None


def _unknown(noun: str, word: str, valid: Iterable[str], listed: str) -> str:
    names = list(valid)
    hint = did_you_mean(word, names)
    return f"unknown {noun} '{word}'{hint or ';'} {listed}: {', '.join(names)}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _as_typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wants_text(annotation: Any) -> bool:
    if is_local_text(annotation):
        return True
    inner = bare(annotation)
    if is_union(inner):
        return any(_wants_text(member) for member in get_args(inner))
    return inner is str


def _noun(spot: Spot) -> str:
    near = [str(key) for key in spot.path[-2:]]
    for key in near:
        if key in _NOUNS:
            return _NOUNS[key]
    for annotation, noun, _ in _PATTERNS:
        if _regex(spot.annotation) == _regex(annotation):
            return noun
    return "these values"


_SAYINGS: dict[str, Callable[[_Trouble], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": lambda trouble: f"needs '{trouble.spot.path[-1]}'",
    "union_tag_invalid": _tag,
    "union_tag_not_found": _tag,
    "value_error": lambda trouble: trouble.message.removeprefix("Value error, "),
    "too_short": lambda _: "is empty; write at least one",
}

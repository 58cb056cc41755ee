"""Check that every text exists in every language of the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.checks.settings import is_language
from wavedeck.study.checks.vocabulary import Problems, plural
from wavedeck.study.errors import did_you_mean
from wavedeck.study.shape import Location, bare, field_type, is_local_text, is_union
from wavedeck.study.typed_numbers import typed_number

NO_NUMBERS = "say it in the slide's template, with a figure or a constant; a name with a number is a label"


def check_texts(model: BaseModel, languages: Sequence[str], path: Location = ()) -> Problems:
    """Check all texts within a model."""
    for where, text in texts_in(model, path):
        yield from _check(text, languages, where)


def texts_in(model: BaseModel, path: Location = ()) -> Iterator[tuple[Location, Mapping[str, str]]]:
    """Yield every text within a model, language -> text, with the keys that lead to it."""
    for name, info in type(model).model_fields.items():
        yield from _walk(getattr(model, name), field_type(info), (*path, name))


def _walk(value: Any, annotation: Any, path: Location) -> Iterator[tuple[Location, Mapping[str, str]]]:
    if isinstance(value, BaseModel):
        yield from texts_in(value, path)
    elif isinstance(value, Mapping):
        if _is_text(value, annotation):
            yield path, value
            return
        for key, inner in value.items():
            yield from _walk(inner, _inner(annotation), (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _walk(inner, _inner(annotation), (*path, place))


def typed_numbers(deck: BaseModel) -> Problems:
    """Yield each text of deck.yaml with a number that a person typed; quotes may hold any."""
    for path, text in texts_in(deck):
        if "quotes" not in path:
            for language, words in text.items():
                number = typed_number(words)
                if number:
                    where = path if language == ANY_LANGUAGE else (*path, language)
                    yield where, f"the number '{number}' is typed; {NO_NUMBERS}"


def _is_text(value: Mapping[str, Any], annotation: Any) -> bool:
    members = get_args(bare(annotation)) if is_union(bare(annotation)) else (annotation,)
    is_flat = bool(value) and all(isinstance(text, str) for text in value.values())
    return is_flat and any(is_local_text(member) for member in (annotation, *members))


def _inner(annotation: Any) -> Any:
    inner = bare(annotation)
    members = get_args(inner) if is_union(inner) else (inner,)
    holders = [member for member in members if get_args(bare(member)) and not is_local_text(member)]
    return get_args(bare(holders[0]))[-1] if holders else Any


def _check(text: Mapping[str, str], languages: Sequence[str], path: Location) -> Problems:
    for key in text:
        if key != ANY_LANGUAGE and not is_language(key):
            yield (*path, key), f"unknown language '{key}'{did_you_mean(key, languages)}"
    lacking = [language for language in languages if language not in text and ANY_LANGUAGE not in text]
    if lacking:
        yield path, f"has no text in {plural('language', lacking)}; write one, or one text for every language"

"""Every text that a study declares, and the names that its charts and tables give to things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wavedeck.audit.verify.tokens import has_number
from wavedeck.figures.columns import category_names
from wavedeck.narrative.wording import wording
from wavedeck.study.base import ANY_LANGUAGE, text_in
from wavedeck.study.handover import dump_study
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Declared:
    """What a study declares in words.

    Attributes
    ----------
    texts
        All texts in lower case: labels, questions, titles, constants.
    phrases
        Those that hold a number and a letter, the longest first.
    quotes
        Quotes of deck.yaml.
    own_names
        Id -> names that charts and tables give it.
    """

    texts: frozenset[str]
    phrases: tuple[str, ...]
    quotes: frozenset[str]
    own_names: Mapping[str, frozenset[str]]


def declared_texts(study: Study, language: str) -> Declared:
    """Collect the texts of a study in one language."""
    plain = dump_study(study)
    plain.pop("folder")
    texts = [_one_line(text) for text in _texts(plain, language)]
    texts += [_one_line(text) for text in wording(language).values()]
    texts += [study.report_title(wave, language) for wave in study.wave_names]
    texts += list(_scale_ends(study, language))
    phrases = {one.casefold() for one in texts if has_number(one) and any(sign.isalpha() for sign in one)}
    names: dict[str, set[str]] = defaultdict(set)
    for key, text in _own_names(plain["deck"], language):
        names[key].add(text)
    return Declared(
        frozenset(one.casefold() for one in texts),
        tuple(sorted(phrases, key=len, reverse=True)),
        frozenset(text.strip() for text in _quotes(plain["deck"], language)),
        {key: frozenset(own) for key, own in names.items()},
    )


def _scale_ends(study: Study, language: str) -> Iterator[str]:
    """Yield how a report names the points of an answer scale: 7, and 1 = Poor."""
    for part in study.settings.parts:
        for question in study.codebook.questions_ever(part):
            if question.type in ("rating", "nps"):
                yield from category_names(question)
            for point, label in question.categories.items():
                words = text_in(label, language).removeprefix(point).strip()
                yield f"{point} = {words}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _texts(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, own in value.items():
            if key not in (language, ANY_LANGUAGE) and _is_language(key, value):
                continue
            yield from _texts(own, language)
    elif isinstance(value, list | tuple):
        for own in value:
            yield from _texts(own, language)


def _is_language(key: object, value: Mapping[Any, Any]) -> bool:
    return isinstance(key, str) and len(key) == 2 and all(isinstance(one, str) for one in value.values())


def _own_names(value: Any, language: str) -> Iterator[tuple[str, str]]:
    """Yield what `labels:` of charts and tables call an id."""
    if isinstance(value, Mapping):
        labels = value.get("labels")
        if isinstance(labels, Mapping):
            for key, text in labels.items():
                yield from ((key, one) for one in _texts(text, language))
        for own in value.values():
            yield from _own_names(own, language)
    elif isinstance(value, list | tuple):
        for own in value:
            yield from _own_names(own, language)


def _quotes(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        quotes = value.get("quotes")
        if isinstance(quotes, list | tuple):
            for one in quotes:
                yield from _texts(one.get("text"), language) if isinstance(one, Mapping) else ()
        for own in value.values():
            yield from _quotes(own, language)
    elif isinstance(value, list | tuple):
        for own in value:
            yield from _quotes(own, language)

"""What the study declares about claims that are no figures: waves, constants, quotes, names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.rounding import half_up
from wavedeck.audit.verify.tokens import has_number, value_of
from wavedeck.audit.verify.words import says
from wavedeck.figures.methods import tests_of
from wavedeck.narrative.number_words import place_in_words
from wavedeck.study.base import language_tag, text_in

if TYPE_CHECKING:
    from wavedeck.audit.verify.expected import Truth


def _wave(truth: Truth, binding: Binding) -> str:
    if binding.address not in truth.study.wave_names:
        return f"there is no wave {binding.address}"
    right = truth.labels.wave(binding.address)
    place = place_in_words(len(truth.study.waves_until(binding.address)), truth.language)
    known = (right, place, *truth.names_of(binding.address))
    return "" if binding.printed in known else f"wave {binding.address} is called '{right}'"


def _fieldwork(truth: Truth, binding: Binding) -> str:
    found = (truth.study.settings.fieldwork(binding.address, part) for part in truth.study.settings.parts)
    known = [text_in(one, truth.language) for one in found if one]
    return "" if binding.printed in known else f"the fieldwork of {binding.address} is {' or '.join(known)}"


def _published(truth: Truth, binding: Binding) -> str:
    if binding.address not in truth.study.wave_names:
        return f"there is no wave {binding.address}"
    published = date.fromisoformat(truth.study.wave(binding.address).published)
    right = format_date(published, "long", locale=language_tag(truth.language).replace("-", "_"))
    return "" if binding.printed == right else f"the report of {binding.address} is of {right}"


def _constant(truth: Truth, binding: Binding) -> str:
    value: Any = truth.plain
    path = binding.address.removeprefix("study/").split(".")
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return f"the study declares no {binding.address}"
        value = value[key]
    right = _declared_text(truth, path, value)
    number = value_of(right, truth.language)
    if number is not None and not has_number(binding.printed):
        right = binding.printed if says(binding.printed, number, truth.language) else right
    return (
        "" if binding.printed == right else f"printed '{binding.printed}', but {binding.address} is '{right}'"
    )


def _declared_text(truth: Truth, path: list[str], value: Any) -> str:
    if isinstance(value, Mapping):
        return text_in(dict(value), truth.language)
    if path[-1] == "level":
        return f"{half_up(100 * (1 - value), 0)}%"
    return f"{half_up(100 * value, 0)}%" if path[-1] == "confidence" else str(value)


def _quote(truth: Truth, binding: Binding) -> str:
    plain = binding.printed.strip("‘’“”\"' ")
    cleared = {one.text.strip("‘’“”\"' ") for one in truth.quotes.quotes}
    return (
        ""
        if plain in cleared | truth.typed_quotes
        else f"'{binding.printed}' is no cleared or declared quote"
    )


def _label(truth: Truth, binding: Binding) -> str:
    return (
        ""
        if binding.printed.casefold() in truth.vocabulary
        else f"'{binding.printed}' is no name of the study"
    )


def _method(truth: Truth, binding: Binding) -> str:
    """Check a count of tests against the comparisons of the store."""
    (part, wave, counted), level = binding.address.split("/"), truth.study.settings.tests.level
    against, _, what = counted.partition(".")
    items = truth.store.comparisons.values()
    counts = tests_of(items, truth.store.figures, part=part, wave=wave, level=level)
    value = counts.get(against, {}).get(what)
    if value is None:
        return f"there is no count of tests {binding.address}"
    right = half_up(value, 0)
    same = value_of(binding.printed, truth.language) == right
    return "" if same else f"printed {binding.printed}, but {binding.address} is {right}"


def _later(truth: Truth, binding: Binding) -> str:
    """Leave pages, chapters and numbering to those who know the deck."""
    del truth, binding
    return ""


DECLARED: dict[str, Callable[[Truth, Binding], str]] = {
    "wave": _wave, "fieldwork": _fieldwork, "published": _published, "constant": _constant,
    "quote": _quote, "label": _label, "method": _method, "listed": _later, "page": _later,
    "chapter": _later, "numbering": _later,
}  # fmt: skip

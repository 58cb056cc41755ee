"""Settings without their words, for stages that compute: a new label must not rebuild figures."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from wavedeck.study.base import ANY_LANGUAGE

WORDS = frozenset({"label", "long", "question", "asked_of", "note", "all_label"})
SILENT = {ANY_LANGUAGE: "-"}


def wordless(settings: BaseModel) -> dict[str, Any]:
    """Return settings as a plain dictionary without words."""
    return dict(without_words(settings.model_dump()))


def without_words(data: Any) -> Any:
    """Return plain settings with every label, question and note replaced by a dash.

    >>> without_words(
    ...     {"label": {"en": "Age"}, "categories": {"young": {"en": "Under 35"}}, "waves": ["2017"]}
    ... )
    {'label': {'*': '-'}, 'categories': {'young': {'*': '-'}}, 'waves': ['2017']}
    """
    if isinstance(data, dict):
        return {key: _silent(key, value) for key, value in data.items()}
    return [without_words(item) for item in data] if isinstance(data, list | tuple) else data


def _silent(key: str, value: Any) -> Any:
    if key in WORDS and isinstance(value, dict):
        return SILENT
    if key == "categories" and isinstance(value, dict):
        return {name: SILENT if _is_text(one) else without_words(one) for name, one in value.items()}
    return without_words(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())

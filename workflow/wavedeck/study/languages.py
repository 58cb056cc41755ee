"""Texts of a study that would stand in a report in another language than their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.checks.texts import texts_in
from wavedeck.study.explain import describe
from wavedeck.study.findings import Finding, Severity
from wavedeck.study.foreign import foreign_words
from wavedeck.study.load import read_study_files
from wavedeck.study.paths import shown
from wavedeck.study.shape import Location

# Names of people and firms, and quotes as they were given, keep their language.
SAME_EVERYWHERE = ("author", "quotes")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DECIMAL = re.compile(r"\d[.,]\d")


def language_gaps(
    folder: Path, languages: Sequence[str], *, severity: Severity = "stop"
) -> Iterator[Finding]:
    """Yield each text that would be printed in a language it was not written in.

    A study in one language has none. In a study with several, one plain text stands in every report: that
    is right for what has no words, and for a name written under the key `*`, which says that it is the
    same in every language. A text that is equal in two languages counts as not translated, and so does
    one whose small words are all of another language.

    Parameters
    ----------
    folder
        Folder of the study's files.
    languages
        Languages of the study.
    severity
        Of the findings.
    """
    if len(languages) < 2:
        return
    for name, file, model in read_study_files(folder):
        for path, text in texts_in(model):
            if set(path) & set(SAME_EVERYWHERE) or path[-1] in languages:
                continue
            mistake = _mistake(text, _given(file.data, path), languages)
            if mistake:
                place, _, line = file.place(path).rpartition(", line ")
                yield Finding(
                    severity=severity,
                    rule="language",
                    file=place or shown(folder / f"{name}.yaml"),
                    row=int(line) if line.isdecimal() else None,
                    message=f"{describe(file.data, path)}: {mistake}",
                )


def _given(data: Any, path: Location) -> Any:
    """Return what stands in a file under a path of keys; None when nothing does."""
    for key in path:
        if isinstance(data, Mapping):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def _mistake(text: Mapping[str, str], given: Any, languages: Sequence[str]) -> str:
    if isinstance(given, str) and set(text) == {ANY_LANGUAGE}:
        return _of_plain(given, languages)
    own = {text[language] for language in languages if language in text}
    both = [language for language in languages if language in text]
    if len(both) > 1 and len(own) < len(both) and any(_has_words(one) for one in own):
        return (
            f"'{_short(text[both[-1]])}' is the same in {' and '.join(both)}; translate it, "
            f'or write {{"*": …}} for a name that is the same in all'
        )
    for language in both:
        words = foreign_words(text[language], language, languages)
        if words:
            return (
                f"'{_short(text[language])}' stands under {language} and has '{words[0]}' in it; translate it"
            )
    return ""


def _of_plain(text: str, languages: Sequence[str]) -> str:
    if not _has_words(text) and not _DECIMAL.search(text):
        return ""
    keys = ", ".join(f"{language}: …" for language in languages)
    return (
        f"'{_short(text)}' would stand in every language; write {{{keys}}}, "
        f'or {{"*": …}} for a name that is the same in all'
    )


def _has_words(text: str) -> bool:
    return bool(_WORD.search(text)) and text != text.upper()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"

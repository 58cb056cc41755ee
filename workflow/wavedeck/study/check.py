"""Check a study's files against each other, once each is right by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from wavedeck.study.checks.cleaning import check_cleaning
from wavedeck.study.checks.codebook import check_codebook
from wavedeck.study.checks.deck import check_deck
from wavedeck.study.checks.groups import check_groups
from wavedeck.study.checks.impact import check_impact
from wavedeck.study.checks.indicators import check_indicators
from wavedeck.study.checks.settings import check_settings
from wavedeck.study.checks.texts import check_texts, typed_numbers
from wavedeck.study.checks.verbatims import check_verbatims
from wavedeck.study.checks.vocabulary import Problems, Vocabulary
from wavedeck.study.checks.weighting import check_weighting
from wavedeck.study.explain import SourceFile, describe

Check = Callable[[Any, Vocabulary], Problems]
CHECKS: dict[str, Check] = {
    "study": lambda _, names: check_settings(names),
    "codebook": lambda _, names: check_codebook(names),
    "cleaning": check_cleaning,
    "groups": lambda _, names: check_groups(names),
    "weighting": check_weighting,
    "indicators": lambda _, names: check_indicators(names),
    "deck": lambda deck, names: chain(check_deck(deck, names), typed_numbers(deck)),
    "impact": check_impact,
    "verbatims": check_verbatims,
}


def check_references(models: Mapping[str, Any], files: Mapping[str, SourceFile]) -> list[str]:
    """Return what is wrong between the files of a study, one message each, file by file.

    Parameters
    ----------
    models
        File name (`study`, `codebook`, ...) -> its validated model.
    files
        File name -> the file that it was read from, which knows lines.
    """
    vocabulary = ("study", "codebook", "groups", "indicators", "impact", "verbatims")
    names = Vocabulary(*(models[name] for name in vocabulary))
    messages: list[str] = []
    for name, check in CHECKS.items():
        problems = [*check(models[name], names), *check_texts(models[name], names.settings.languages)]
        problems.sort(key=lambda problem: files[name].order(problem[0]))
        messages += [_line(files[name], *problem) for problem in problems]
    return list(dict.fromkeys(messages))


def _line(file: SourceFile, path: tuple[str | int, ...], message: str) -> str:
    return f"{file.place(path)}, {describe(file.data, path)}: {message}"

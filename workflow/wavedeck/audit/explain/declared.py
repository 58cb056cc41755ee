"""Which lines of a study's files differ between two builds, where a figure rests on them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from wavedeck.audit.explain.behind import (
    analysis_behind,
    answers_behind,
    groups_behind,
    indicators_behind,
    weights_behind,
)
from wavedeck.figures.records import Figure
from wavedeck.study.load import Study
from wavedeck.study.wordless import SILENT, without_words
from wavedeck.study.yaml_lines import read_yaml
from wavedeck.study.yaml_write import to_flow

Keys = tuple[str, ...]
Blocks = dict[tuple[str, Keys], Any]


@dataclass(frozen=True)
class Difference:
    """One block of a study file that differs.

    Attributes
    ----------
    file, keys
        File of the study and keys in it, e.g. ``indicators`` and ``indicators/overall_high``.
    place
        File and line in B; in A where B has no such block.
    lines
        Lines that differ, with ``-`` as in A and ``+`` as in B.
    """

    file: str
    keys: str
    place: str
    lines: tuple[str, ...]


def definition_differences(old: Study, now: Study, before: Figure, figure: Figure) -> list[Difference]:
    """Return what differs in the definitions that a figure rests on; words are left aside.

    Parameters
    ----------
    old, now
        The study in A and in B.
    before, figure
        The figure in A and in B.
    """
    return _differences(old, now, _definitions(old, before), _definitions(now, figure))


def weight_differences(old: Study, now: Study, part: str) -> list[Difference]:
    """Return what differs in the weighting of a part."""
    return _differences(old, now, dict(_weighting(old, part)), dict(_weighting(now, part)))


def every_difference(old: Study, now: Study) -> list[Difference]:
    """Return every block that differs in the files that figures rest on."""
    return _differences(old, now, dict(_everything(old)), dict(_everything(now)))


def _differences(old: Study, now: Study, before: Blocks, after: Blocks) -> list[Difference]:
    found = []
    for key in dict.fromkeys([*after, *before]):
        lines = _lines(before.get(key), after.get(key))
        if lines:
            file, keys = key
            study = now if key in after else old
            found.append(Difference(file, "/".join(keys), _place(study, file, keys), lines))
    return found


def _lines(before: Any, after: Any) -> tuple[str, ...]:
    old, now = ([] if one is None else list(_flat(_quiet(one))) for one in (before, after))
    every = difflib.unified_diff(old, now, n=0, lineterm="")
    return tuple(line for line in every if not line.startswith(("---", "+++", "@@")))


def _flat(data: Any, path: str = "") -> Iterator[str]:
    """Yield one line per setting, with the keys that lead to it.

    >>> list(_flat({"method": "cell", "cells": {"north": {"target": 50}}}))
    ['method: cell', 'cells/north/target: 50']
    """
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _flat(value, f"{path}/{key}" if path else str(key))
    else:
        yield f"{path}: {to_flow(data).strip()}"


def _quiet(data: Any) -> Any:
    """Return plain settings without words."""
    return _bare(without_words(data))


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        kept = {key: _bare(one) for key, one in data.items() if one != SILENT}
        names = [key for key, one in data.items() if one == SILENT]
        return kept if kept or not names else names
    return [_bare(one) for one in data] if isinstance(data, list | tuple) else data


def _place(study: Study, file: str, keys: Keys) -> str:
    path = study.folder / f"{file}.yaml"
    return read_yaml(path).place(keys) if path.is_file() else f"{file}.xlsx"


def _definitions(study: Study, figure: Figure) -> Blocks:
    blocks: Blocks = {}
    for name in indicators_behind(study, figure.indicator):
        if name in study.indicators.indicators:
            blocks["indicators", ("indicators", name)] = _plain(study.indicators.indicators[name], {"groups"})
    if analysis := analysis_behind(study, figure.indicator):
        blocks["impact", ("analyses", analysis)] = _plain(study.impact.analyses[analysis], {"groups"})
    variables = answers_behind(study, figure) | weights_behind(study, figure.part)
    blocks |= dict(_groups(study, figure, variables))
    blocks |= dict(_codebook(study, variables))
    blocks |= dict(_cleaning(study))
    blocks |= dict(_settings(study, figure.part))
    return blocks


def _groups(study: Study, figure: Figure, variables: set[str]) -> Iterator[tuple[tuple[str, Keys], Any]]:
    declared = study.groups
    for name in groups_behind(study, figure):
        if name in declared.groups:
            yield ("groups", ("groups", name)), _plain(declared.groups[name])
        else:
            for breakdown, own in declared.breakdowns.items():
                if own.variable and name.startswith(f"{breakdown}_"):
                    yield ("groups", ("breakdowns", breakdown)), _plain(own)
    for name in sorted(variables & set(declared.derived)):
        yield ("groups", ("derived", name)), _plain(declared.derived[name])


def _codebook(study: Study, variables: set[str]) -> Iterator[tuple[tuple[str, Keys], Any]]:
    book = study.codebook
    for name in (one for one in book.variables if one in {word.partition("@")[0] for word in variables}):
        variable = book.variables[name]
        yield ("codebook", ("variables", name)), _plain(variable)
        for kind, used in (("scales", variable.scale), ("loops", variable.loop)):
            if used:
                entries = getattr(book, kind)[used]
                plain = (
                    _plain(entries)
                    if isinstance(entries, BaseModel)
                    else {key: _plain(one) for key, one in entries.items()}
                )
                yield ("codebook", (kind, used)), plain


def _cleaning(study: Study) -> Iterator[tuple[tuple[str, Keys], Any]]:
    for key, value in _plain(study.cleaning).items():
        yield ("cleaning", (key,)), {key: value}


def _settings(study: Study, part: str) -> Iterator[tuple[tuple[str, Keys], Any]]:
    own = study.settings.parts.get(part)
    if own is not None:
        yield ("study", ("parts", part)), _plain(own, {"source", "respondents", "ignore_columns"})
    yield ("study", ("suppression",)), _plain(study.settings.suppression)


def _weighting(study: Study, part: str) -> Iterator[tuple[tuple[str, Keys], Any]]:
    own = study.weighting.parts.get(part)
    if own is not None:
        yield ("weighting", ("parts", part)), _plain(own)


def _everything(study: Study) -> Iterator[tuple[tuple[str, Keys], Any]]:
    for part in study.settings.parts:
        yield from _weighting(study, part)
        yield from _settings(study, part)
    yield from _cleaning(study)
    yield from _codebook(study, set(study.codebook.variables))
    for kind in ("derived", "groups", "breakdowns"):
        for name, one in getattr(study.groups, kind).items():
            yield ("groups", (kind, name)), _plain(one)
    for name, spec in study.indicators.indicators.items():
        yield ("indicators", ("indicators", name)), _plain(spec)
    for name, analysis in study.impact.analyses.items():
        yield ("impact", ("analyses", name)), _plain(analysis)


def _plain(model: BaseModel, without: set[str] | None = None) -> Any:
    return model.model_dump(exclude_unset=True, exclude=without or set())

"""Footnotes of results: what signs and marks mean, each number with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wavedeck.figures.formats import format_number
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid
from wavedeck.render.signs import SIGNS
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import BenchmarkIndicator, Indicator

STATES = ("suppressed", "low_base", "not_asked", "empty", "not_comparable", "failed")
PERCENT = 100.0
Note = tuple[Run, ...]
_PIECE = re.compile(r"(\{\w+\})")


def wave_run(context: Context, wave: str) -> Run:
    """Return the name of a wave, with the wave as its source."""
    return Run(context.labels.wave(wave), address=wave, field="wave")


def constant_run(text: str, key: str) -> Run:
    """Return a number that study.yaml declares under a key, such as ``tests.level``."""
    return Run(text, address=f"study/{key}", field="constant")


def filled(template: str, values: Mapping[str, Sequence[Run]]) -> Iterator[Run]:
    """Yield a template's text with runs in the places of its names."""
    for piece in filter(None, _PIECE.split(template)):
        name = piece[1:-1]
        yield from values[name] if _PIECE.match(piece) and name in values else (Run(piece),)


def footnotes(
    context: Context, grid: Grid, states: Iterable[str], marks: Iterable[str], against: str
) -> tuple[Paragraph, ...]:
    """Return the notes that the signs and marks of a chart or table need, in one paragraph."""
    return in_one(notes_of(context, grid, states, marks, against))


def notes_of(
    context: Context,
    grid: Grid,
    states: Iterable[str],
    marks: Iterable[str],
    against: str,
    *,
    more: Iterable[str] = (),
) -> list[Note]:
    """Return the notes that signs and marks need, one by one; `more` are texts that stand among them."""
    notes: list[Note] = [*_state_notes(context, set(states)), *((Run(text),) for text in more)]
    if set(marks):
        notes.append(tuple(_mark_note(context, against)))
    specs = _specs(context, grid)
    notes += [(Run(text_in(spec.note, context.language)),) for spec in specs if spec.note]
    notes += [(_source(context, spec),) for spec in specs if isinstance(spec, BenchmarkIndicator)]
    return notes


def in_one(notes: Iterable[Note]) -> tuple[Paragraph, ...]:
    """Return notes as one paragraph, each once; nothing where there are none."""
    runs = [run for note in dict.fromkeys(notes) for run in (Run(" "), *note)][1:]
    return (Paragraph(tuple(runs)),) if runs else ()


def _state_notes(context: Context, states: set[str]) -> Iterator[tuple[Run, ...]]:
    rules = context.study.settings.suppression
    keys = {"minimum": "suppression.reliability.minimum", "low_base": "suppression.reliability.low_base"}
    values = {"minimum": rules.reliability.minimum, "low_base": rules.reliability.low_base}
    if rules.disclosure and rules.disclosure.minimum > rules.reliability.minimum:
        keys["minimum"], values["minimum"] = "suppression.disclosure.minimum", rules.disclosure.minimum
    numbers = {name: (constant_run(context.number(values[name]), keys[name]),) for name in keys}
    for state in STATES:
        if state in states:
            words = "protected" if state == "suppressed" and rules.disclosure else state
            text = context.words[words].replace("{sign}", SIGNS[state])
            yield tuple(filled(text, numbers))


def _mark_note(context: Context, against: str) -> Iterator[Run]:
    tests, waves = context.study.settings.tests, context.study.waves_until(context.wave)
    level = format_number(PERCENT * (1 - tests.level), 0, context.language) + "%"
    correction = "" if tests.correction == "none" else context.words[tests.correction]
    other = tests.stated_wave if against == "stated" else waves[-2] if len(waves) > 1 else None
    values = {
        "wave": (wave_run(context, other),) if other else (),
        "level": (constant_run(level, "tests.level"),),
        "correction": (Run(correction),) if correction else (),
    }
    return filled(context.words[against], values)


def _specs(context: Context, grid: Grid) -> list[Indicator | ImpactIndicator]:
    return [context.labels.spec(name) for name in grid.values["indicator"]]


def _source(context: Context, spec: BenchmarkIndicator) -> Run:
    return Run(context.words["source"].format(text=text_in(spec.source, context.language)))

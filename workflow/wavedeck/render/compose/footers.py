"""What stands under a result: question, base, and footnotes, each number with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wavedeck.figures.formats import format_number
from wavedeck.figures.records import Figure
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid
from wavedeck.render.signs import SIGNS
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question
from wavedeck.study.impact import ImpactIndicator
from wavedeck.study.indicators import BenchmarkIndicator, Indicator

STATES = ("suppressed", "low_base", "not_asked", "empty", "not_comparable", "failed")
# Their base is no number of answers that readers should weigh.
BASELESS = frozenset({"count", "gross", "response_rate", "benchmark", "range"})
PERCENT = 100.0
_PIECE = re.compile(r"(\{\w+\})")


def question_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return the question or questions as asked; None where no figure rests on one."""
    texts = dict.fromkeys(
        text_in(one.question, context.language) for one in _questions(context, grid) if one.question
    )
    if not texts:
        return None
    return Paragraph((Run(context.words["question"].format(text=" / ".join(texts))),))


def _questions(context: Context, grid: Grid) -> list[Question]:
    return [one for name in grid.values["indicator"] for one in context.labels.questions_behind(name)]


def base_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return who answered and how many, per wave; a range where the figures' bases differ."""
    shown = [one for one in grid.figures() if one.is_shown and one.base and one.statistic not in BASELESS]
    if not shown:
        return None
    runs = [Run(context.words["base"].format(who=_who(context, grid)) + "; ")]
    waves = [wave for wave in grid.values["wave"] if any(figure.wave == wave for figure in shown)]
    for place, wave in enumerate(waves):
        runs += [Run(", ")] if place else []
        bases = tuple(_bases(context, [figure for figure in shown if figure.wave == wave]))
        runs += _filled(context.words["in_wave"], {"text": bases, "wave": (wave_run(context, wave),)})
    return Paragraph(tuple(runs))


def wave_run(context: Context, wave: str) -> Run:
    """Return the name of a wave, with the wave as its source."""
    return Run(context.labels.wave(wave), address=wave, field="wave")


def constant_run(text: str, key: str) -> Run:
    """Return a number that study.yaml declares under a key, such as ``tests.level``."""
    return Run(text, address=f"study/{key}", field="constant")


def _filled(template: str, values: Mapping[str, Sequence[Run]]) -> Iterator[Run]:
    """Yield a template's text with runs in the places of its names."""
    for piece in filter(None, _PIECE.split(template)):
        name = piece[1:-1]
        yield from values[name] if _PIECE.match(piece) and name in values else (Run(piece),)


def _who(context: Context, grid: Grid) -> str:
    asked = dict.fromkeys(
        text_in(one.asked_of, context.language) for one in _questions(context, grid) if one.asked_of
    )
    if asked:
        return " / ".join(asked)
    part = context.study.settings.parts[grid.part]
    return text_in(part.respondents, context.language) if part.respondents else context.words["everyone"]


def _bases(context: Context, figures: Sequence[Figure]) -> Iterator[Run]:
    low = min(figures, key=lambda figure: figure.base or 0)
    high = max(figures, key=lambda figure: figure.base or 0)
    ends = [(Run(context.number(one.base or 0), address=one.address, field="base"),) for one in (low, high)]
    number: tuple[Run, ...] = ends[0]
    if low.base != high.base:
        number = tuple(_filled(context.words["range"], {"low": ends[0], "high": ends[1]}))
    yield from _filled(context.words["n"], {"number": number})


def footnotes(
    context: Context, grid: Grid, states: Iterable[str], marks: Iterable[str], against: str
) -> tuple[Paragraph, ...]:
    """Return the notes that the signs and marks of a chart or table need, in one paragraph."""
    notes = [*_state_notes(context, set(states))]
    if set(marks):
        notes.append(tuple(_mark_note(context, against)))
    specs = _specs(context, grid)
    notes += [(Run(text_in(spec.note, context.language)),) for spec in specs if spec.note]
    notes += [(_source(context, spec),) for spec in specs if isinstance(spec, BenchmarkIndicator)]
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
            yield tuple(_filled(text, numbers))


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
    return _filled(context.words[against], values)


def _specs(context: Context, grid: Grid) -> list[Indicator | ImpactIndicator]:
    return [context.labels.spec(name) for name in grid.values["indicator"]]


def _source(context: Context, spec: BenchmarkIndicator) -> Run:
    return Run(context.words["source"].format(text=text_in(spec.source, context.language)))

"""What stands under a result: question, base, and footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wavedeck.figures.formats import format_number
from wavedeck.figures.records import Figure
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import Grid
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.indicators import BenchmarkIndicator, Indicator

STATES = ("suppressed", "low_base", "not_asked", "empty", "not_comparable", "failed")
PERCENT = 100.0


def question_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return the question or questions as asked; None where no figure rests on one."""
    every = [one for name in grid.values["indicator"] for one in context.labels.questions(name)]
    texts = dict.fromkeys(text_in(one.question, context.language) for one in every if one.question)
    if not texts:
        return None
    return Paragraph((Run(context.words["question"].format(text=" / ".join(texts))),))


def base_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return who answered and how many, per wave; a range where the figures' bases differ."""
    shown = [figure for figure in grid.figures() if figure.is_shown and figure.base]
    if not shown:
        return None
    runs = [Run(context.words["base"].format(who=_who(context, grid)) + "; ")]
    waves = [wave for wave in grid.values["wave"] if any(figure.wave == wave for figure in shown)]
    for place, wave in enumerate(waves):
        runs += [Run(", ")] if place else []
        runs += _bases(context, [figure for figure in shown if figure.wave == wave])
        runs += [Run(" ("), Run(context.labels.wave(wave), address=wave, field="wave"), Run(")")]
    return Paragraph(tuple(runs))


def _who(context: Context, grid: Grid) -> str:
    every = [one for name in grid.values["indicator"] for one in context.labels.questions(name)]
    asked = dict.fromkeys(text_in(one.asked_of, context.language) for one in every if one.asked_of)
    if asked:
        return " / ".join(asked)
    part = context.study.settings.parts[grid.part]
    return text_in(part.respondents, context.language) if part.respondents else context.words["everyone"]


def _bases(context: Context, figures: Sequence[Figure]) -> Iterator[Run]:
    low = min(figures, key=lambda figure: figure.base or 0)
    high = max(figures, key=lambda figure: figure.base or 0)
    before, after = context.words["n"].split("{number}")
    yield Run(before)
    yield Run(context.number(low.base or 0), address=low.address, field="base")
    if low.base != high.base:
        yield Run(context.words["range"].replace("{low}", "").replace("{high}", ""))
        yield Run(context.number(high.base or 0), address=high.address, field="base")
    yield Run(after)


def footnotes(
    context: Context, grid: Grid, states: Iterable[str], marks: Iterable[str], against: str
) -> tuple[Paragraph, ...]:
    """Return the notes that the signs and marks of a chart or table need."""
    lines = [*_state_notes(context, set(states))]
    if set(marks):
        lines.append(_mark_note(context, against))
    lines += [text_in(spec.note, context.language) for spec in _specs(context, grid) if spec.note]
    lines += [
        _source(context, spec) for spec in _specs(context, grid) if isinstance(spec, BenchmarkIndicator)
    ]
    return (Paragraph((Run(" ".join(dict.fromkeys(lines))),)),) if lines else ()


def _state_notes(context: Context, states: set[str]) -> Iterator[str]:
    rules = context.study.settings.suppression
    floors = [rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0]
    for state in STATES:
        if state in states:
            yield context.words[state].format(minimum=max(floors), low_base=rules.reliability.low_base)


def _mark_note(context: Context, against: str) -> str:
    level = format_number(PERCENT * (1 - context.study.settings.tests.level), 0, context.language) + "%"
    waves = context.study.waves_until(context.wave)
    wave = (
        context.study.settings.tests.stated_wave
        if against == "stated"
        else waves[-2]
        if len(waves) > 1
        else ""
    )
    return context.words[against].format(wave=context.labels.wave(wave) if wave else "", level=level)


def _specs(context: Context, grid: Grid) -> list[Indicator]:
    return [context.labels.spec(name) for name in grid.values["indicator"]]


def _source(context: Context, spec: BenchmarkIndicator) -> str:
    return context.words["source"].format(text=text_in(spec.source, context.language))

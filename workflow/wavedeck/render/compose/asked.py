"""What was asked, of whom, and how many answered: the lines under a result, from long to short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.figures.records import Figure
from wavedeck.render.chart.description import Axis
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import filled, wave_run
from wavedeck.render.compose.grid import Grid
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question
from wavedeck.study.deck import ChartSpec, Dimension

# Their base is no number of answers that readers should weigh.
BASELESS = frozenset({"count", "gross", "response_rate", "benchmark", "range"})
LOOP = "{loop}"
MOST_ENTRIES, MOST_GROUPS = 6, 4


def question_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return the question or questions as asked; None where no figure rests on one."""
    return next(iter(question_lines(context, grid)), None)


def question_lines(context: Context, grid: Grid) -> tuple[Paragraph, ...]:
    """Return the questions as asked, then with fewer questions, then cut; none where there is no question."""
    texts = list(
        dict.fromkeys(_asked(context, grid, one) for one in _questions(context, grid) if one.question)
    )
    if not texts:
        return ()
    offered = [
        " / ".join(texts),
        *(" / ".join([*texts[:keep], "…"]) for keep in range(len(texts) - 1, 0, -1)),
    ]
    words = texts[0].split()
    offered += [f"{' '.join(words[:keep])} …" for keep in range(len(words) - 2, 4, -2)]
    return tuple(Paragraph((Run(context.words["question"].format(text=text)),)) for text in offered)


def _questions(context: Context, grid: Grid) -> list[Question]:
    return [one for name in grid.values["indicator"] for one in context.labels.questions_behind(name)]


def _asked(context: Context, grid: Grid, question: Question) -> str:
    """Return a question, with the entries of its loop that are shown in the place of ``{loop}``."""
    text = text_in(question.question or {}, context.language)
    if LOOP not in text:
        return text
    loop = context.study.codebook.variables[question.variable].loop
    entries = context.study.codebook.loops[loop] if loop else {}
    shown = [name for name in grid.values["item"] if name in entries] or list(entries)
    names = [grid.names.get(name) or text_in(entries[name].label, context.language) for name in shown]
    return text.replace(LOOP, " / ".join(names))


def base_line(context: Context, grid: Grid) -> Paragraph | None:
    """Return who answered and how many, per wave and entry of a loop; a range where bases differ."""
    return next(iter(base_lines(context, grid)), None)


def base_lines(context: Context, grid: Grid) -> tuple[Paragraph, ...]:
    """Return who answered and how many; then without entries of a loop; then without who answered."""
    shown = _whole(
        [one for one in grid.figures() if one.is_shown and one.base and one.statistic not in BASELESS]
    )
    if not shown:
        return ()
    who = Run(context.words["base"].format(who=_who(context, grid)) + "; ")
    numbers = [_per_wave(context, grid, shown)]
    dimension, values = _parts(context, grid)
    found = {getattr(figure, dimension) for figure in shown}
    if len(found & set(values)) > 1 and len({figure.wave for figure in shown}) == 1:
        numbers.insert(0, _per_part(context, grid, shown, dimension, values))
    short = Run(context.words["base"].format(who=""))
    return tuple(Paragraph(runs) for runs in (*((who, *one) for one in numbers), (short, *numbers[-1])))


def _whole(figures: list[Figure]) -> list[Figure]:
    """Leave out shares of a part of the sample where shares of all of it stand beside them."""
    most = {
        wave: max(one.base or 0 for one in figures if one.wave == wave)
        for wave in {one.wave for one in figures}
    }
    return [one for one in figures if one.statistic != "composition" or one.base == most[one.wave]]


def _parts(context: Context, grid: Grid) -> tuple[Dimension, Sequence[str]]:
    """Return what the base is told apart by: entries of a loop, or groups; nothing where these are many."""
    variables = context.study.codebook.variables
    loops = {variables[one.variable].loop for one in _questions(context, grid)} - {None}
    known = {entry for loop in loops for entry in context.study.codebook.loops[loop or ""]}
    entries = [value for value in grid.values["item"] if value in known]
    if len(entries) > 1:
        return "item", entries if len(entries) <= MOST_ENTRIES else ()
    groups = grid.values["group"]
    return "group", groups if len(groups) <= MOST_GROUPS else ()


def _per_part(
    context: Context, grid: Grid, shown: Sequence[Figure], dimension: Dimension, values: Sequence[str]
) -> tuple[Run, ...]:
    """Return the base of each entry or group in the order shown, in the only wave there is."""
    runs: list[Run] = []
    for value in values:
        own = [figure for figure in shown if getattr(figure, dimension) == value]
        if own:
            runs += [Run(", ")] if runs else []
            runs += [Run(f"{grid.label(dimension, value)} "), *_bases(context, own, "span")]
    return tuple(
        filled(context.words["in_wave"], {"text": runs, "wave": (wave_run(context, shown[0].wave),)})
    )


def _per_wave(context: Context, grid: Grid, shown: Sequence[Figure]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for wave in (wave for wave in grid.values["wave"] if any(figure.wave == wave for figure in shown)):
        runs += [Run(", ")] if runs else []
        bases = tuple(_bases(context, [figure for figure in shown if figure.wave == wave], "range"))
        runs += filled(context.words["in_wave"], {"text": bases, "wave": (wave_run(context, wave),)})
    return tuple(runs)


def _who(context: Context, grid: Grid) -> str:
    asked = dict.fromkeys(
        text_in(one.asked_of, context.language) for one in _questions(context, grid) if one.asked_of
    )
    if asked:
        return " / ".join(asked)
    part = context.study.settings.parts[grid.part]
    return text_in(part.respondents, context.language) if part.respondents else context.words["everyone"]


def _bases(context: Context, figures: Sequence[Figure], words: str) -> Iterator[Run]:
    low = min(figures, key=lambda figure: figure.base or 0)
    high = max(figures, key=lambda figure: figure.base or 0)
    ends = [(Run(context.number(one.base or 0), address=one.address, field="base"),) for one in (low, high)]
    number: tuple[Run, ...] = ends[0]
    if low.base != high.base:
        number = tuple(filled(context.words[words], {"low": ends[0], "high": ends[1]}))
    yield from filled(context.words["n"], {"number": number})


def chart_notes(context: Context, grid: Grid, spec: ChartSpec, axis: Axis) -> list[str]:
    """Return where an axis of bars starts if not at zero, and the answer scale where a chart wants it."""
    cut = [f"{axis.title}."] if axis.title and spec.kind != "lines" else []
    return [*cut, *_scale_notes(context, grid, spec)]


def _scale_notes(context: Context, grid: Grid, spec: ChartSpec) -> tuple[str, ...]:
    for question in _questions(context, grid) if spec.scale else ():
        ends = [list(question.categories)[place] for place in (0, -1)] if question.categories else []
        if ends and question.is_numeric:
            low, high = (
                f"{end} = {text_in(question.categories[end], context.language).removeprefix(end).strip()}"
                for end in ends
            )
            return (context.words["scale"].format(low=low, high=high),)
    return ()

"""Alternative texts: what a chart or table shows, of whom and when, and its highest and lowest figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wavedeck.figures.records import Figure
from wavedeck.narrative.passage import pieces_of
from wavedeck.render.alternative import AltText
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import DIMENSIONS, Grid
from wavedeck.render.text import Run
from wavedeck.study.deck import ChartSpec, Dimension, TableSpec

LONGEST = 280
MOST_NAMES = 3
MOST_LISTED = 6


def alt_of_chart(context: Context, grid: Grid, spec: ChartSpec) -> AltText:
    """Return the alternative text of a chart."""
    dimensions = [name for name in (spec.rows, spec.series, spec.panels) if name]
    return _joined(
        context,
        _head(context, grid, "chart_of", dimensions),
        _finding(context, grid, spec),
        *(_listed(context, grid, name) for name in dimensions),
    )


def alt_of_table(context: Context, grid: Grid, spec: TableSpec) -> AltText:
    """Return the alternative text of a table."""
    dimensions = [*spec.rows, *spec.columns]
    names = grid.values["indicator"]
    if len(names) == 1:
        findings = [_extremes(context, grid, _newest(grid, grid.figures()))]
    else:
        findings = [
            _spread(context, grid, [one for one in grid.figures() if one.indicator == n]) for n in names
        ]
    return _joined(
        context,
        _head(context, grid, "table_of", dimensions),
        *findings,
        *(_listed(context, grid, name) for name in dimensions),
    )


def alt_of_contents(context: Context, titles: Sequence[str]) -> AltText:
    """Return the alternative text of the table of contents."""
    return _joined(context, context.words["contents_of"], f"{_some(context, titles)}.")


def _joined(context: Context, head: str, *sentences: str) -> AltText:
    """Join sentences, leaving out those for which there is no room; each number keeps its source."""
    text = _cut(_runs(context, head))
    for sentence in filter(None, sentences):
        more = (Run(" "), *_runs(context, sentence))
        if len(text) + sum(len(run.text) for run in more) <= LONGEST:
            text = AltText.of((*text.runs, *more))
    return text


def _runs(context: Context, text: str) -> tuple[Run, ...]:
    pieces = pieces_of(text, context.narrator.sources)
    return tuple(Run(one.text, address=one.address or None, field=one.field or None) for one in pieces)


def _cut(runs: Sequence[Run]) -> AltText:
    """Return a text, of one that is too long the words that there is room for."""
    whole = AltText.of(runs)
    if len(whole) <= LONGEST:
        return whole
    room, kept = len(whole[:LONGEST].rpartition(" ")[0]), list[Run]()
    for run in runs:
        kept.append(run if len(run.text) <= room else Run(run.text[:room]))
        room -= len(kept[-1].text)
    return AltText.of((*(run for run in kept if run.text), Run(" …")))


def _label(context: Context, grid: Grid, dimension: Dimension, value: str) -> str:
    """Return the name of a value, with its source where it holds a number."""
    text = grid.label(dimension, value)
    if dimension == "wave":
        return context.narrator.printed(text, value, "wave")
    if any(sign.isdigit() for sign in text):
        return context.narrator.printed(text, f"study/labels.{value}", "label")
    return text


def _figure(context: Context, figure: Figure) -> str:
    return context.narrator.printed(context.printed(figure), figure.address, "estimate")


def _head(context: Context, grid: Grid, words: str, dimensions: Sequence[Dimension]) -> str:
    waves = grid.values["wave"]
    names = [_label(context, grid, "wave", wave) for wave in waves]
    when = context.narrator.join(names)
    if len(names) > MOST_NAMES:
        when = context.words["range"].format(low=names[0], high=names[-1])
    return context.words[words].format(
        what=_some(context, [_label(context, grid, "indicator", name) for name in grid.values["indicator"]]),
        rows=context.narrator.join(context.words[_word(context, grid, name)] for name in dimensions),
        when=when,
    )


def _word(context: Context, grid: Grid, dimension: Dimension) -> str:
    statistic = context.labels.spec(grid.values["indicator"][0]).statistic
    return "group" if dimension == "category" and statistic == "composition" else dimension


def _some(context: Context, names: Sequence[str]) -> str:
    """Return names joined; of many the first ones, and how many more there are."""
    if len(names) <= MOST_LISTED:
        return context.narrator.join(names)
    first = MOST_LISTED - 1
    count = context.narrator.printed(str(len(names) - first), f"study/labels[{len(names)}]", "listed")
    return context.words["and_more"].format(names=", ".join(names[:first]), count=count)


def _listed(context: Context, grid: Grid, dimension: Dimension) -> str:
    values = grid.values[dimension]
    if dimension in ("wave", "indicator") or len(values) < 2:
        return ""
    names = _some(context, [_label(context, grid, dimension, value) for value in values])
    return f"{context.words[f'{_word(context, grid, dimension)}s_listed']}: {names}."


def _finding(context: Context, grid: Grid, spec: ChartSpec) -> str:
    if spec.means is not None:
        beside = replace(grid, values={**grid.values, "indicator": (spec.means,), "category": ("",)})
        title = context.labels.indicator(spec.means)
        return _extremes(context, beside, _newest(beside, beside.figures()), title)
    if spec.kind not in ("stacked", "nps"):
        return _extremes(context, grid, _newest(grid, grid.figures()))
    rows = grid.values[spec.rows]
    row = rows[-1] if spec.rows == "wave" else rows[0]
    inside = [one for one in grid.figures() if getattr(one, spec.rows) == row]
    return _extremes(context, grid, inside, _label(context, grid, spec.rows, row) if len(rows) > 1 else "")


def _newest(grid: Grid, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of the newest wave, or those of all waves where it has a single one."""
    own = [figure for figure in figures if figure.wave == grid.values["wave"][-1]]
    return own if len(own) > 1 else list(figures)


def _ends(figures: Iterable[Figure]) -> tuple[Figure, Figure] | None:
    """Return the lowest and the highest figure, before rounding; None where none may be shown."""
    shown = [figure for figure in figures if figure.is_shown and figure.estimate is not None]
    if not shown:
        return None
    return min(shown, key=_estimate), max(shown, key=_estimate)


def _estimate(figure: Figure) -> float:
    return figure.estimate or 0.0


def _extremes(context: Context, grid: Grid, figures: Sequence[Figure], title: str = "") -> str:
    """Return which figures are highest and lowest, with every one that prints the same value."""
    ends = _ends(figures)
    if ends is None:
        return ""
    waves = {figure.wave for figure in figures}
    of_many = len(waves) == 1 and len(grid.values["wave"]) > 1
    place = context.words["in"].format(wave=_label(context, grid, "wave", figures[0].wave)) if of_many else ""
    subject = ", ".join(filter(None, (title, place)))
    before = f"{subject}: " if subject else ""
    low, high = (context.printed(end) for end in ends)
    if low == high:
        value = _figure(context, ends[0])
        text = context.words["alike" if len(figures) > 1 else "value"].format(value=value)
    else:
        named = {value: _named(context, grid, figures, value) for value in (low, high)}
        text = context.words["extremes"].format(high=named[high], low=named[low])
    return _upper(f"{before}{text}")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(context: Context, grid: Grid, figures: Sequence[Figure], value: str) -> str:
    """Return a value behind the names of all figures that print it, or alone where they are many."""
    varying = [name for name in DIMENSIONS if len({getattr(figure, name) for figure in figures}) > 1]
    found = [figure for figure in figures if context.printed(figure) == value]
    if len(found) > MOST_NAMES:
        return _figure(context, found[0])
    names = context.narrator.join(_name(context, grid, figure, varying) for figure in found)
    return f"{names} ({_figure(context, found[0])})"


def _name(context: Context, grid: Grid, figure: Figure, varying: Sequence[Dimension]) -> str:
    names = (_label(context, grid, name, value) for name in varying if (value := getattr(figure, name)))
    return " – ".join(filter(None, names))


def _spread(context: Context, grid: Grid, figures: Sequence[Figure]) -> str:
    """Return between which values the figures of one indicator lie."""
    ends = _ends(figures)
    if ends is None:
        return ""
    low, high = (_figure(context, end) for end in ends)
    alike = context.printed(ends[0]) == context.printed(ends[1])
    values = low if alike else context.words["range"].format(low=low, high=high)
    return f"{_label(context, grid, 'indicator', figures[0].indicator)}: {values}."

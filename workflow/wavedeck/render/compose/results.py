"""Slides with several charts, tables, quotes and texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wavedeck.narrative.fences import BODY
from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Chart
from wavedeck.render.compose.arrange import FOOT_GAP, TITLE_GAP, Column, Item, Placed, Visual, arrange
from wavedeck.render.compose.asked import base_lines, chart_notes, question_lines
from wavedeck.render.compose.charts import chart_of
from wavedeck.render.compose.footers import Note, notes_of
from wavedeck.render.compose.page import Page, write_first, write_foot, write_title
from wavedeck.render.compose.quotes import quote_paragraphs, quoted_question
from wavedeck.render.compose.tables import signs_used, table_of
from wavedeck.render.compose.texts import refuse_other_areas
from wavedeck.render.pptx.deck import SlideWriter
from wavedeck.render.pptx.flow import GAP, Flow, TextBlock, flow_height, words_fit
from wavedeck.render.pptx.free import place_visual, write_flows, write_line
from wavedeck.render.style import TextSizes
from wavedeck.render.table import Table
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.deck import ResultsSlide, View
from wavedeck.study.errors import RenderError

ABOVE = "above"


@dataclass(frozen=True)
class Drawn:
    """A visual as described, before it is known whether its foot stands under it or at the slide's foot."""

    visual: Visual
    question: tuple[Paragraph, ...]
    base: tuple[Paragraph, ...]
    notes: list[Note]
    asks: bool

    @property
    def foot(self) -> tuple[str, str]:
        """Return question and base as plain text."""
        return tuple("".join(one.text for one in lines[:1]) for lines in (self.question, self.base))  # type: ignore[return-value]


def write_results(written: SlideWriter, page: Page) -> None:
    """Write a slide with several charts, tables, quotes and texts."""
    slide = page.slide
    assert isinstance(slide, ResultsSlide)
    write_title(written, page)
    with page.problems.noted():
        areas = [slide.above or BODY, *(view.text for _, view in slide.views() if view.text)]
        refuse_other_areas(slide, page.passage, list(dict.fromkeys(areas)))
        drawn = {name: _drawn(page, name, view) for name, view in slide.views() if view.chart or view.table}
        quoted = any(view.quotes and view.question for _, view in slide.views())
        shared = not quoted and _shares_foot(list(drawn.values()))
        columns = _columns(page, slide, drawn, under=not shared)
        above = page.blocks(slide.above) if slide.above else ()
        if shared:
            first = next(one for one in drawn.values() if one.asks)
            write_first(written, page, "question", first.question)
            write_first(written, page, "base", first.base)
        write_foot(written, page, [note for one in drawn.values() for note in one.notes])
        _place(written, columns, above, lowest=written.box("question" if shared else "footnote").top)
    written.feet_last()


def _drawn(page: Page, name: str, view: View) -> Drawn:
    context, part = page.context, page.slide.part
    drawing: Chart | Table
    if view.chart is not None:
        chart, grid = chart_of(context, view.chart, name=name, part=part)
        drawing = replace(chart, named=not _says_it_all(chart, view))
        against, more = view.chart.marks, chart_notes(context, grid, view.chart, chart.axis)
    else:
        assert view.table is not None
        drawing, grid = table_of(context, view.table, name=name, part=part)
        against, more = view.table.marks, signs_used(context, grid, view.table)
    return Drawn(
        Visual(name, drawing, grid, _heading(page, view), size=view.size),
        question_lines(context, grid),
        base_lines(context, grid),
        notes_of(context, grid, drawing.states(), drawing.marks(), against, more=more),
        view.question,
    )


def _heading(page: Page, view: View) -> Paragraph | None:
    if view.title is None:
        return None
    return Paragraph((Run(text_in(view.title, page.context.language), bold=True, role="brand"),))


def _says_it_all(chart: Chart, view: View) -> bool:
    """Tell whether the heading makes the only label beside a bar superfluous."""
    return view.title is not None and len(chart.categories) == 1 and chart.kind in ("bars", "stacked", "nps")


def _shares_foot(drawn: Sequence[Drawn]) -> bool:
    """Tell whether one question and base line hold for everything on the slide."""
    return len({one.foot for one in drawn if one.asks}) == 1


def _columns(page: Page, slide: ResultsSlide, drawn: Mapping[str, Drawn], *, under: bool) -> list[Column]:
    """Return the columns that have something in them."""
    names = iter(slide.views())
    columns = []
    for declared in slide.across:
        items = [_item(page, *next(names), drawn, under=under) for _ in declared.down]
        found = tuple(item for item in items if item is not None)
        if found:
            columns.append(Column(declared.size, found))
    return columns


def _item(page: Page, name: str, view: View, drawn: Mapping[str, Drawn], *, under: bool) -> Item | None:
    if name in drawn and (view.chart or view.table):
        one = drawn[name]
        return replace(one.visual, feet=(_grey(one.question), _grey(one.base)) if under and one.asks else ())
    if view.quotes is not None:
        blocks: tuple[TextBlock, ...] = _quoted(page, view)
        element = f"quotes_{name.removeprefix(page.slide.id + '_')}"
    else:
        blocks, element = page.blocks(view.text or BODY), view.text or BODY
    return Flow(element, blocks) if blocks else None


def _quoted(page: Page, view: View) -> tuple[TextBlock, ...]:
    assert view.quotes is not None
    content = quote_paragraphs(page.context, view.quotes)
    title = _heading(page, view)
    asked = quoted_question(page.context, view.quotes) if view.question else ""
    lead = [replace(title, style="heading")] if title else []
    foot = [Paragraph((Run(asked),), style="asked")] if asked and content else []
    return (TextBlock((*lead, *content, *foot)),) if content else ()


def _grey(lines: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    return tuple(replace(one, runs=tuple(replace(run, role="grey") for run in one.runs)) for one in lines)


def _place(
    written: SlideWriter, columns: Sequence[Column], above: Sequence[TextBlock], *, lowest: float
) -> None:
    """Place columns, and text above them, in the largest type size in which all fit."""
    style, spec, body = written.deck.style, written.sizes(BODY), written.box(BODY)
    family = style.fonts.measure
    lead, lacking, offered = Flow(ABOVE, tuple(above)), 0.0, body.height
    for size in spec.sizes:
        taken = flow_height(lead, body.width, size, spec=spec, family=family) + GAP * 1.5 if above else 0.0
        box = Box(body.left, body.top + taken, body.width, lowest - 0.1 - body.top - taken)
        placed, lacking = arrange(columns, box, size, spec=spec, style=style)
        offered = box.height
        texts = [(one.item, one.box) for one in placed if isinstance(one.item, Flow)]
        texts += [(lead, Box(body.left, body.top, body.width, taken))] if above else []
        if lacking <= 0.02 and all(
            words_fit(flow, place.width, size, family=family) for flow, place in texts
        ):
            _draw(written, placed, texts, spec.model_copy(update={"sizes": (size,)}))
            return
    raise RenderError(
        f"{written.place}: its fullest column needs {max(lacking, 0):.2f} in more than the "
        f"{offered:.2f} in there are, at {spec.sizes[-1]:g} pt; shorten its texts or show less"
    )


def _draw(
    written: SlideWriter, placed: Sequence[Placed], texts: Sequence[tuple[Flow, Box]], spec: TextSizes
) -> None:
    if texts:
        write_flows(written, texts, spec=spec)
    for one in placed:
        if isinstance(one.item, Visual):
            _draw_visual(written, one.item, one)


def _draw_visual(written: SlideWriter, visual: Visual, placed: Placed) -> None:
    box, style = placed.box, written.deck.style
    if visual.title is not None:
        head = Box(box.left, box.top, box.width, placed.head - TITLE_GAP)
        write_line(written, f"title:{visual.name}", [visual.title], head, sizes="view_title", bottom=True)
    inner = Box(box.left, box.top + placed.head, box.width, box.height - placed.head - placed.foot)
    place_visual(written, visual.drawing, inner)
    foot = visual.foot(box.width, style)
    if foot:
        top = inner.top + inner.height + FOOT_GAP
        place = Box(box.left, top, box.width, placed.foot - FOOT_GAP)
        write_line(written, f"foot:{visual.name}", foot, place, sizes="view_question")

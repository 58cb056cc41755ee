"""Write one slide: choose its layout, fill its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wavedeck.narrative.passage import Passage
from wavedeck.narrative.write import write_passage
from wavedeck.render.compose.alternatives import alt_of_contents
from wavedeck.render.compose.asked import base_lines, chart_notes, question_lines
from wavedeck.render.compose.charts import make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import Note, notes_of
from wavedeck.render.compose.grid import Grid
from wavedeck.render.compose.matrix import make_matrix
from wavedeck.render.compose.matrix_notes import matrix_notes
from wavedeck.render.compose.page import (
    Chapter,
    Page,
    first_that_fits,
    write_body,
    write_first,
    write_foot,
    write_given,
    write_title,
)
from wavedeck.render.compose.quotes import quote_paragraphs, quoted_question
from wavedeck.render.compose.results import write_results
from wavedeck.render.compose.tables import make_table, signs_used
from wavedeck.render.compose.texts import paragraphs_of
from wavedeck.render.compose.textslides import text_layout, write_text_slide
from wavedeck.render.pptx.deck import ContentsEntry, DeckWriter, SlideWriter
from wavedeck.render.pptx.printed import of_text
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.deck import (
    ChartSlide,
    DividerSlide,
    MatrixSlide,
    QuotesSlide,
    Slide,
    TableSlide,
    TextSlide,
)
from wavedeck.study.errors import WavedeckError


def read_text(context: Context, slide: Slide) -> Passage:
    """Return what the template of a slide says.

    Raises
    ------
    NarrativeError
        Naming the slide, the template and the line.
    """
    try:
        passage = write_passage(context.templates, slide.text or slide.id, context.narrator)
    except WavedeckError as error:
        raise type(error)(f"slide '{slide.id}': {error}") from error
    context.claims[slide.id] = tuple(context.narrator.claims)
    return passage


def write_slide(deck: DeckWriter, page: Page) -> None:
    """Write one slide of the deck; the page notes what of it cannot be written."""
    slide = page.slide
    writers: dict[str, tuple[str, Callable[[SlideWriter, Page], None]]] = {
        "cover": ("cover", _cover),
        "contents": ("contents", _contents),
        "divider": ("divider", _divider),
        "chart": ("chart_text" if page.passage.lines else "chart_full", _chart),
        "quotes": ("quotes", _quotes),
        "matrix": ("matrix", _matrix),
        "results": ("free", write_results),
    }
    default, write = writers.get(slide.kind, ("table_text" if page.passage.lines else "table", _table))
    if isinstance(slide, TextSlide):
        default, write = text_layout(slide), write_text_slide
    written = deck.add_slide(slide.layout or default, key=slide.id)
    write(written, page)
    _notes(deck, written, page)


def _notes(deck: DeckWriter, written: SlideWriter, page: Page) -> None:
    """Write the speaker's notes of the template and of deck.yaml; their figures go into the ledger too."""
    declared = page.slide.notes
    content = paragraphs_of(page.passage.notes)
    content += [Paragraph((Run(text_in(declared, page.context.language)),))] if declared else []
    if content:
        written.notes("\n".join(paragraph.text for paragraph in content))
        deck.record(of_text(written.number, "notes", content))


def _cover(written: SlideWriter, page: Page) -> None:
    settings = page.context.study.settings
    write_title(written, page)
    write_body(written, page, "subtitle")
    write_given(written, page, "agency", text_in(settings.author, page.context.language))
    if settings.commissioner:
        write_given(written, page, "note", text_in(settings.commissioner, page.context.language))


def _contents(written: SlideWriter, page: Page) -> None:
    write_title(written, page)
    entries = [
        ContentsEntry(number=one.number, title=one.title, target=one.slide, level=one.level - 1)
        for one in page.chapters
    ]
    alt = alt_of_contents(page.context, [one.title for one in page.chapters if one.level == 1])
    with page.problems.noted():
        written.write_contents("body", entries, alt=alt)


def _divider(written: SlideWriter, page: Page) -> None:
    own = next(one for one in page.chapters if one.slide == page.slide.id)
    number = Run(own.number, address=f"study/deck.{own.slide}", field="chapter")
    written.write("number", Paragraph((number,)))
    write_title(written, page)


def _chart(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, ChartSlide)
    write_title(written, page)
    with page.problems.noted():
        chart, grid = make_chart(page.context, slide)
        written.place_chart("chart", chart)
        more = chart_notes(page.context, grid, slide.chart, chart.axis)
        marks = slide.chart.marks
        notes = notes_of(page.context, grid, chart.states(), chart.marks(), marks, more=more)
        _footer(written, page, grid, notes)
    write_body(written, page)


def _matrix(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, MatrixSlide)
    write_title(written, page)
    with page.problems.noted():
        matrix, grid = make_matrix(page.context, slide)
        written.place_chart("chart", matrix)
        ways = [matrix_notes(page.context, slide, matrix, grid, listed=one) for one in (True, False)]
        notes = first_that_fits(written, page, [[note.runs for note in one] for one in ways])
        _footer(written, page, grid, notes)
    write_body(written, page)


def _table(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, TableSlide)
    write_title(written, page)
    with page.problems.noted():
        table, grid = make_table(page.context, slide)
        written.place_table("table", table)
        more = signs_used(page.context, grid, slide.table)
        marks = slide.table.marks
        notes = notes_of(page.context, grid, table.states(), table.marks(), marks, more=more)
        _footer(written, page, grid, notes)
    write_body(written, page)


def _footer(written: SlideWriter, page: Page, grid: Grid, notes: Sequence[Note]) -> None:
    write_first(written, page, "question", question_lines(page.context, grid))
    write_first(written, page, "base", base_lines(page.context, grid))
    write_foot(written, page, notes)


def _quotes(written: SlideWriter, page: Page) -> None:
    slide, context = page.slide, page.context
    assert isinstance(slide, QuotesSlide)
    write_title(written, page)
    content = [*paragraphs_of(page.passage.lines), *quote_paragraphs(context, slide)]
    write_given(written, page, "body", content)
    write_given(written, page, "question", quoted_question(context, slide))
    write_foot(written, page)


def chapters_of(slides: Sequence[tuple[Slide, Passage]]) -> tuple[Chapter, ...]:
    """Give each divider its number: 1 for a chapter, 1.1 for a section in it."""
    found: list[Chapter] = []
    chapter = section = 0
    for slide, passage in slides:
        if isinstance(slide, DividerSlide):
            chapter, section = (chapter + 1, 0) if slide.level == 1 else (chapter, section + 1)
            number = f"{chapter}.{section}" if section else str(chapter)
            found.append(Chapter(slide.id, number, passage.title.text, slide.level))
    return tuple(found)

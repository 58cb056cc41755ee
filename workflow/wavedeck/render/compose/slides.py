"""Write one slide: choose its layout, fill its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from wavedeck.narrative.passage import Line, Passage
from wavedeck.narrative.write import write_passage
from wavedeck.render.compose.alternatives import alt_of_contents
from wavedeck.render.compose.charts import make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import base_line, footnotes, question_line
from wavedeck.render.compose.grid import Grid
from wavedeck.render.compose.matrix import make_matrix, matrix_notes
from wavedeck.render.compose.problems import Problems
from wavedeck.render.compose.quotes import quote_paragraphs, quoted_question
from wavedeck.render.compose.tables import make_table
from wavedeck.render.pptx.deck import ContentsEntry, DeckWriter, SlideWriter
from wavedeck.render.pptx.printed import of_text
from wavedeck.render.text import Paragraph, Run, TextLike
from wavedeck.study.base import text_in
from wavedeck.study.deck import ChartSlide, DividerSlide, MatrixSlide, QuotesSlide, Slide, TableSlide
from wavedeck.study.errors import RenderError, WavedeckError
from wavedeck.study.paths import shown

STYLES = {"paragraph": "body", "heading": "heading", "bullet": "body"}


@dataclass(frozen=True)
class Chapter:
    """A divider with its number and title."""

    slide: str
    number: str
    title: str
    level: int


@dataclass(frozen=True)
class Page:
    """One slide to write: what is declared, what its template says, and the chapters of the deck."""

    context: Context
    slide: Slide
    passage: Passage
    chapters: Sequence[Chapter]
    problems: Problems = field(default_factory=lambda: Problems(at_once=True))

    @property
    def template(self) -> str:
        """Return the template of the slide's text, as messages show it."""
        name = f"{self.slide.text or self.slide.id}.{self.context.language}.j2"
        return shown(self.context.templates / name)


def read_text(context: Context, slide: Slide) -> Passage:
    """Return what the template of a slide says.

    Raises
    ------
    NarrativeError
        Naming the slide, the template and the line.
    """
    try:
        return write_passage(context.templates, slide.text or slide.id, context.narrator)
    except WavedeckError as error:
        raise type(error)(f"slide '{slide.id}': {error}") from error


def write_slide(deck: DeckWriter, page: Page) -> None:
    """Write one slide of the deck; the page notes what of it cannot be written."""
    slide = page.slide
    writers: dict[str, tuple[str, Callable[[SlideWriter, Page], None]]] = {
        "cover": ("cover", _cover),
        "contents": ("contents", _contents),
        "divider": ("divider", _divider),
        "text": ("text", _text),
        "chart": ("chart_text" if page.passage.lines else "chart_full", _chart),
        "quotes": ("quotes", _quotes),
        "matrix": ("matrix", _matrix),
    }
    default, write = writers.get(slide.kind, ("table_text" if page.passage.lines else "table", _table))
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


def paragraphs_of(lines: Iterable[Line]) -> list[Paragraph]:
    """Turn the lines of a template into paragraphs whose runs know their figures."""
    return [
        Paragraph(_runs(line), bullet=line.kind == "bullet", style=STYLES[line.kind])  # type: ignore[arg-type]
        for line in lines
    ]


def _runs(line: Line) -> tuple[Run, ...]:
    return tuple(
        Run(piece.text, bold=piece.bold, address=piece.address or None, field=piece.field or None)
        for piece in line.pieces
    )


def _title(written: SlideWriter, page: Page) -> None:
    if not page.passage.title.pieces:
        mistake = f"slide '{page.slide.id}': its template has no title; start it with a line '# …'"
        page.problems.note(RenderError(mistake), page.template)
        return
    with page.problems.noted(page.template):
        written.write("title", Paragraph(_runs(page.passage.title)))


def _body(written: SlideWriter, page: Page, name: str, lines: Iterable[Line]) -> None:
    content = paragraphs_of(lines)
    if content:
        with page.problems.noted(page.template):
            written.write(name, content)


def _line(written: SlideWriter, page: Page, name: str, content: TextLike | None) -> None:
    """Write a text that the study's settings give, where there is one."""
    if content:
        with page.problems.noted():
            written.write(name, content)


def _cover(written: SlideWriter, page: Page) -> None:
    settings = page.context.study.settings
    _title(written, page)
    _body(written, page, "subtitle", page.passage.lines)
    _line(written, page, "agency", text_in(settings.author, page.context.language))
    if settings.commissioner:
        _line(written, page, "note", text_in(settings.commissioner, page.context.language))


def _contents(written: SlideWriter, page: Page) -> None:
    _title(written, page)
    entries = [
        ContentsEntry(number=one.number, title=one.title, target=one.slide, level=one.level - 1)
        for one in page.chapters
    ]
    alt = alt_of_contents(page.context, [one.title for one in page.chapters if one.level == 1])
    with page.problems.noted():
        written.write_contents("body", entries, alt=alt)


def _divider(written: SlideWriter, page: Page) -> None:
    own = next(one for one in page.chapters if one.slide == page.slide.id)
    written.write("number", own.number)
    _title(written, page)


def _text(written: SlideWriter, page: Page) -> None:
    _title(written, page)
    if not written.has("left"):
        _body(written, page, "body", page.passage.lines)
        return
    heads = [place for place, line in enumerate(page.passage.lines) if line.kind == "heading"]
    split = heads[1] if len(heads) > 1 else (len(page.passage.lines) + 1) // 2
    _body(written, page, "left", page.passage.lines[:split])
    _body(written, page, "right", page.passage.lines[split:])


def _chart(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, ChartSlide)
    _title(written, page)
    with page.problems.noted():
        chart, grid = make_chart(page.context, slide)
        written.place_chart("chart", chart)
        notes = footnotes(page.context, grid, chart.states(), chart.marks(), slide.chart.marks)
        _footer(written, page, grid, notes)
    _body(written, page, "body", page.passage.lines)


def _matrix(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, MatrixSlide)
    _title(written, page)
    with page.problems.noted():
        matrix, grid = make_matrix(page.context, slide)
        written.place_chart("chart", matrix)
        _footer(written, page, grid, matrix_notes(page.context, slide, matrix, grid))
    _body(written, page, "body", page.passage.lines)


def _table(written: SlideWriter, page: Page) -> None:
    slide = page.slide
    assert isinstance(slide, TableSlide)
    _title(written, page)
    with page.problems.noted():
        table, grid = make_table(page.context, slide)
        written.place_table("table", table)
        notes = footnotes(page.context, grid, table.states(), table.marks(), slide.table.marks)
        _footer(written, page, grid, notes)
    _body(written, page, "body", page.passage.lines)


def _footer(written: SlideWriter, page: Page, grid: Grid, notes: Sequence[Paragraph]) -> None:
    _line(written, page, "question", question_line(page.context, grid))
    _line(written, page, "base", base_line(page.context, grid))
    _line(written, page, "footnote", notes)


def _quotes(written: SlideWriter, page: Page) -> None:
    slide, context = page.slide, page.context
    assert isinstance(slide, QuotesSlide)
    _title(written, page)
    content = [*paragraphs_of(page.passage.lines), *quote_paragraphs(context, slide)]
    _line(written, page, "body", content)
    _line(written, page, "question", quoted_question(context, slide))


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

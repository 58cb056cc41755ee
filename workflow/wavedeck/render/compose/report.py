"""A whole report: deck, ledger and chart pictures of one study, wave and language."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from wavedeck.intake.write import write_text
from wavedeck.narrative.passage import Line, Passage, Piece
from wavedeck.render.chart.picture import save_chart
from wavedeck.render.compose.charts import chart_of, make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.matrix import make_matrix
from wavedeck.render.compose.page import Page
from wavedeck.render.compose.problems import Problems
from wavedeck.render.compose.slides import chapters_of, read_text, write_slide
from wavedeck.render.compose.texts import numbers_before
from wavedeck.render.pptx.deck import DeckProperties, DeckWriter, Printed
from wavedeck.study.base import language_tag, text_in
from wavedeck.study.deck import ChartSlide, DividerSlide, MatrixSlide, ResultsSlide, Slide

MATRIX_SIZE = (9.2, 4.57)
LEDGER_COLUMNS = ("slide", "element", "address", "field", "printed")


def write_deck(context: Context, template: Path, path: Path) -> tuple[Printed, ...]:
    """Write the deck of a report and return its ledger: which figure was printed where.

    Raises
    ------
    NarrativeError, RenderError
        Naming every slide that cannot be written and why; then nothing is written.
    """
    problems = Problems()
    settings = context.study.settings
    mark = context.words["dummy"] if settings.dummy else None
    deck = DeckWriter(template, context.style, language=language_tag(context.language), dummy_mark=mark)
    slides = context.study.deck.slides_in(context.wave)
    texts = [(slide, _text_of(context, slide, problems)) for slide in slides]
    chapters, counts = chapters_of(texts), numbers_before(texts, context.study.deck.slides)
    for slide, passage in texts:
        if isinstance(slide, DividerSlide) and slide.level == 1:
            deck.start_section(passage.title.text)
        with problems.noted():
            write_slide(deck, Page(context, slide, passage, chapters, problems, counts[slide.id]))
    problems.raise_all()
    deck.save(path, properties_of(context))
    return deck.printed


def _text_of(context: Context, slide: Slide, problems: Problems) -> Passage:
    """Return the text of a slide; where it has a mistake the slide's name, to go on looking for others."""
    with problems.noted():
        return read_text(context, slide)
    return Passage(Line("paragraph", (Piece(slide.id),)), (), ())


def properties_of(context: Context) -> DeckProperties:
    """Return what the files say about themselves; dates come from the study."""
    settings = context.study.settings
    return DeckProperties(
        title=context.study.report_title(context.wave, context.language),
        author=text_in(settings.author, context.language),
        created=dt.date.fromisoformat(context.study.wave(context.wave).published),
        subject=text_in(settings.subtitle, context.language) if settings.subtitle else "",
        study=context.study.name,
        wave=context.wave,
    )


def write_charts(context: Context, folder: Path) -> list[Path]:
    """Draw every chart of the report as PNG and SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    problems, written = Problems(), list[Path]()
    for slide in context.study.deck.slides_in(context.wave):
        with problems.noted():
            written += _pictures_of(context, slide, folder)
    problems.raise_all()
    return written


def _pictures_of(context: Context, slide: Slide, folder: Path) -> Sequence[Path]:
    stem = folder / slide.id
    if isinstance(slide, ChartSlide):
        chart, _ = make_chart(context, slide)
        return save_chart(chart, context.style, stem)
    if isinstance(slide, MatrixSlide):
        matrix, _ = make_matrix(context, slide)
        return save_chart(matrix, context.style, stem, size=MATRIX_SIZE)
    if isinstance(slide, ResultsSlide):
        return [
            path
            for name, view in slide.views()
            if view.chart is not None
            for path in save_chart(
                chart_of(context, view.chart, name=name, part=slide.part)[0], context.style, folder / name
            )
        ]
    return ()


def write_ledger(printed: Sequence[Printed], path: Path) -> None:
    """Write the ledger as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LEDGER_COLUMNS)
    writer.writerows([getattr(line, name) for name in LEDGER_COLUMNS] for line in printed)
    write_text(text.getvalue(), path)

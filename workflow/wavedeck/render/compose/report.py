"""A whole report: deck, ledger and chart pictures of one study, wave and language."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from wavedeck.intake.write import write_text
from wavedeck.render.chart.picture import save_chart
from wavedeck.render.compose.charts import make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.slides import Page, chapters_of, read_text, write_slide
from wavedeck.render.pptx.deck import DeckProperties, DeckWriter, Printed
from wavedeck.study.base import language_tag, text_in
from wavedeck.study.deck import ChartSlide, DividerSlide

LEDGER_COLUMNS = ("slide", "element", "address", "field", "printed")


def write_deck(context: Context, template: Path, path: Path) -> tuple[Printed, ...]:
    """Write the deck of a report and return its ledger: which figure was printed where.

    Raises
    ------
    NarrativeError, RenderError
        Naming the slide; then nothing is written.
    """
    settings = context.study.settings
    mark = context.words["dummy"] if settings.dummy else None
    deck = DeckWriter(template, context.style, language=language_tag(context.language), dummy_mark=mark)
    texts = [(slide, read_text(context, slide)) for slide in context.study.deck.slides_in(context.wave)]
    chapters = chapters_of(texts)
    for slide, passage in texts:
        if isinstance(slide, DividerSlide) and slide.level == 1:
            deck.start_section(passage.title.text)
        write_slide(deck, Page(context, slide, passage, chapters))
    deck.save(path, properties_of(context))
    return deck.printed


def properties_of(context: Context) -> DeckProperties:
    """Return what the files say about themselves; dates come from the study."""
    settings = context.study.settings
    return DeckProperties(
        title=context.study.report_title(context.wave, context.language),
        author=text_in(settings.author, context.language),
        created=dt.date.fromisoformat(context.study.wave(context.wave).published),
        subject=text_in(settings.subtitle, context.language) if settings.subtitle else "",
    )


def write_charts(context: Context, folder: Path) -> list[Path]:
    """Draw every chart of the report as PNG and SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for slide in context.study.deck.slides_in(context.wave):
        if isinstance(slide, ChartSlide):
            chart, _ = make_chart(context, slide)
            written += save_chart(chart, context.style, folder / slide.id)
    return written


def write_ledger(printed: Sequence[Printed], path: Path) -> None:
    """Write the ledger as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LEDGER_COLUMNS)
    writer.writerows([getattr(line, name) for name in LEDGER_COLUMNS] for line in printed)
    write_text(text.getvalue(), path)

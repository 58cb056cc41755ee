from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.passage import Line, Passage, Piece
from wavedeck.render.compose.page import Page
from wavedeck.render.compose.slides import chapters_of, read_text, write_slide
from wavedeck.render.compose.texts import paragraphs_of
from wavedeck.render.pptx.deck import DeckWriter
from wavedeck.study.deck import DividerSlide
from wavedeck.study.errors import NarrativeError, RenderError


def passage(title: str = "Title") -> Passage:
    return Passage(Line("paragraph", (Piece(title),) if title else ()), (), ())


def writer() -> DeckWriter:
    return DeckWriter(tiny_study.HOUSE / "deck.pptx", tiny_study.style(), language="en-GB")


def test_dividers_are_numbered_by_level() -> None:
    slides = [
        (DividerSlide(id=name, kind="divider", level=level), passage(name))
        for name, level in (("a", 1), ("b", 2), ("c", 2), ("d", 1), ("e", 2))
    ]
    assert [one.number for one in chapters_of(slides)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_runs_keep_figure_and_weight() -> None:
    line = Line("bullet", (Piece("7.4", "p/x/all/w", "estimate", bold=True),))
    paragraph = paragraphs_of([line])[0]
    assert (paragraph.bullet, paragraph.runs[0].address, paragraph.runs[0].bold) == (True, "p/x/all/w", True)


def test_mistake_in_a_text_names_the_slide(tmp_path: Path) -> None:
    (tmp_path / "services.en.j2").write_text("# {{ nowhere }}", encoding="utf-8")
    with pytest.raises(
        NarrativeError, match=r"slide 'services': .*services\.en\.j2, line 1: 'nowhere' is undefined"
    ):
        read_text(tiny_study.context(templates=tmp_path), tiny_study.slide("services"))


def test_slide_without_a_title_is_refused() -> None:
    page = Page(tiny_study.context(), tiny_study.slide("services"), passage(""), ())
    with pytest.raises(RenderError, match="slide 'services': its template has no title"):
        write_slide(writer(), page)


def test_layout_without_the_placeholder_asked_for_is_refused() -> None:
    own = tiny_study.slide("services").model_copy(update={"layout": "text"})
    with pytest.raises(RenderError, match="chart"):
        write_slide(writer(), Page(tiny_study.context(), own, passage(), ()))


def test_notes_are_written_and_recorded() -> None:
    context, own = tiny_study.context(), tiny_study.slide("summary")
    deck = writer()
    write_slide(deck, Page(context, own, read_text(context, own), ()))
    notes = [line for line in deck.printed if line.element.startswith("notes")]
    assert [(line.address, line.field, line.printed) for line in notes] == [
        ("visitors/overall/all/2024", "base", "46")
    ]

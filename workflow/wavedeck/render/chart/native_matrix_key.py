"""The key of a native matrix: text boxes under it that list the names behind numbers."""

from __future__ import annotations

from typing import Any

from wavedeck.render.boxes import Box
from wavedeck.render.chart.frames import shifted
from wavedeck.render.chart.matrix_layout import MatrixFrame
from wavedeck.render.chart.pen import Pen
from wavedeck.render.pptx.paragraphs import write_paragraphs
from wavedeck.render.text import Paragraph, Run


def add_key(slide: Any, box: Box, frame: MatrixFrame, pen: Pen, *, name: str, language: str) -> None:
    """Write each column of the key in a text box of its own."""
    for number, column in enumerate(frame.key, start=1):
        shape = slide.shapes.add_textbox(*shifted(box, column.box).emu)
        shape.name = f"{name}:{number}"
        text = shape.text_frame
        text.word_wrap = False
        text.margin_left = text.margin_right = text.margin_top = text.margin_bottom = 0
        lines = [Paragraph((Run(f"{sign}  ", bold=True), Run(what))) for sign, what in column.lines]
        write_paragraphs(
            text._txBody,
            lines,
            style=pen.style,
            size=column.size,
            share=0.0,
            language=language,
            on_run=lambda _properties, _run: None,
        )

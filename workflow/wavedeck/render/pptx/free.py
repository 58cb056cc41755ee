"""Fill slides that divide their room themselves: texts, boxes, charts and tables in rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu

from wavedeck.render.boxes import Box, emu
from wavedeck.render.chart.description import Chart
from wavedeck.render.chart.native import add_chart
from wavedeck.render.pptx import printed
from wavedeck.render.pptx.fit import measure
from wavedeck.render.pptx.flow import Flow, TextBlock, largest_size, stacked
from wavedeck.render.pptx.paragraphs import write_paragraphs
from wavedeck.render.pptx.slide import SlideWriter
from wavedeck.render.pptx.table import add_table
from wavedeck.render.style import TextSizes
from wavedeck.render.table import Table
from wavedeck.render.text import Paragraph
from wavedeck.study.errors import RenderError

_RULE = 12700


def write_flow(slide: SlideWriter, name: str, blocks: Sequence[TextBlock]) -> None:
    """Write blocks into the place of a placeholder; text outside boxes stays in it.

    Raises
    ------
    RenderError
        When they do not fit at the smallest size.
    """
    if len(blocks) == 1 and not blocks[0].boxed:
        slide.write(name, blocks[0].content)
        return
    write_flows(slide, [(Flow(name, tuple(blocks)), slide.box(name))], spec=slide.sizes(name))


def write_flows(slide: SlideWriter, placed: Sequence[tuple[Flow, Box]], *, spec: TextSizes) -> float:
    """Write flows into their rectangles, all in the largest size at which every one fits.

    Returns
    -------
    float
        The size of body text in points.

    Raises
    ------
    RenderError
        When one does not fit at the smallest size, saying which and by how much.
    """
    family = slide.deck.style.fonts.measure
    size, (flow, over, box) = largest_size(placed, spec, family=family)
    if size is None:
        first = " / ".join(one.text for block in flow.blocks for one in block.content)
        shown = first if len(first) <= 90 else f"{first[:90]}…"
        raise RenderError(
            f"{slide.place}: text in '{flow.name}' does not fit {box.width:.1f} x {box.height:.2f} in: "
            f"at {spec.sizes[-1]:g} pt it is {max(over, 0):.2f} in too high. Shorten it: '{shown}'"
        )
    for flow, box in placed:
        for number, (block, place) in enumerate(stacked(flow, box, size, spec=spec, family=family), start=1):
            name = flow.name if number == 1 else f"{flow.name}:{number}"
            write_block(slide, name, block, place, size=size, spec=spec)
    return size


def write_block(
    slide: SlideWriter, name: str, block: TextBlock, place: Box, *, size: float, spec: TextSizes
) -> None:
    """Write one block: in the placeholder of its name where that is free, else in a text box."""
    if block.ruled:
        _draw_rule(slide, name, place)
        place = Box(place.left, place.top + block.rule, place.width, place.height - block.rule)
    shape = _shape(slide, name, block, place)
    frame = shape.text_frame
    frame.word_wrap = True
    inset = Emu(emu(block.inset))
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = inset
    frame.vertical_anchor = MSO_ANCHOR.TOP
    slide.fill_text(shape, name, block.content, size=size, share=spec.space_after)


def _shape(slide: SlideWriter, name: str, block: TextBlock, place: Box) -> Any:
    if slide.has(name) and not block.boxed:
        holder = slide.holder(name)
        holder.left, holder.top, holder.width, holder.height = (Emu(one) for one in place.emu)
        return holder
    shape = slide.slide.shapes.add_textbox(*place.emu)
    if block.boxed:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(*bytes.fromhex(slide.deck.style.hex("ground")))
    shape.name = f"box:{name}" if block.boxed else f"text:{name}"
    return shape


def _draw_rule(slide: SlideWriter, name: str, place: Box) -> None:
    left, top, width, _ = place.emu
    line = slide.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, left, top, left + width, top)
    line.name = f"rule:{name}"
    line._element.remove(line._element.find(qn("p:style")))
    line.line.width = Emu(_RULE)
    line.line.color.rgb = RGBColor(*bytes.fromhex(slide.deck.style.hex("brand")))


def write_line(
    slide: SlideWriter,
    name: str,
    content: Sequence[Paragraph],
    place: Box,
    *,
    sizes: str,
    bottom: bool = False,
) -> None:
    """Write a heading, question or base line of a view into a rectangle.

    Raises
    ------
    RenderError
        When it does not fit.
    """
    spec, style = slide.deck.style.sizes(sizes), slide.deck.style
    found = measure(content, place.width, spec.sizes[0], spec=spec, family=style.fonts.measure)
    if found.height > place.height + 0.02:
        text = " / ".join(one.text for one in content)
        raise RenderError(
            f"{slide.place}: '{name}' does not fit {place.width:.1f} in: it is "
            f"{found.height - place.height:.2f} in too high. Shorten it: '{text}'"
        )
    shape = slide.slide.shapes.add_textbox(*place.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if bottom else MSO_ANCHOR.TOP
    write_paragraphs(
        frame._txBody, content, style=style, size=spec.sizes[0], share=0.0,
        language=slide.deck.language, on_run=lambda _properties, _run: None,
    )  # fmt: skip
    slide.deck.record(printed.of_text(slide.number, name, content))


def place_visual(slide: SlideWriter, visual: Chart | Table, place: Box) -> None:
    """Draw a chart or a table in a rectangle.

    Raises
    ------
    RenderError
        When it does not fit.
    """
    style, language = slide.deck.style, slide.deck.language
    try:
        if isinstance(visual, Table):
            add_table(slide.slide, place, visual, style, language=language)
            slide.deck.record(printed.of_table(slide.number, visual))
        else:
            add_chart(slide.slide, place, visual, style, language=language)
            slide.deck.record(printed.of_chart(slide.number, visual))
    except RenderError as error:
        raise RenderError(f"{slide.place}: {error}") from error

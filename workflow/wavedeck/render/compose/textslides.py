"""Slides of text: prose, two columns, or blocks in a grid that close up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wavedeck.narrative.fences import BODY
from wavedeck.render.boxes import Box
from wavedeck.render.compose.page import Page, write_body, write_foot, write_title
from wavedeck.render.compose.texts import blocks_of, headed, refuse_other_areas
from wavedeck.render.pptx.deck import SlideWriter
from wavedeck.render.pptx.fit import split_columns
from wavedeck.render.pptx.flow import GAP, Flow, TextBlock, flow_height, words_fit
from wavedeck.render.pptx.free import write_flow, write_flows
from wavedeck.render.style import TextSizes
from wavedeck.study.deck import TextSlide
from wavedeck.study.errors import RenderError

SIDES = ("left", "right")
BETWEEN, UNDER = 0.5, 0.32
_ALL_ABREAST = 3


def text_layout(slide: TextSlide) -> str:
    """Return the layout that a form of text wants."""
    return {"prose": "text", "columns": "two_columns", "blocks": "free"}[slide.form]


def write_text_slide(written: SlideWriter, page: Page) -> None:
    """Write a slide of text in its declared form."""
    slide = page.slide
    assert isinstance(slide, TextSlide)
    write_title(written, page)
    write_foot(written, page)
    if slide.form == "blocks":
        _write_blocks(written, page, slide)
        written.feet_last()
    elif written.has("left"):
        _write_columns(written, page)
    else:
        write_body(written, page)


def _write_columns(written: SlideWriter, page: Page) -> None:
    with page.problems.noted(page.template):
        refuse_other_areas(page.slide, page.passage, [BODY, *SIDES])
        sides = {name: page.blocks(name) for name in SIDES}
        if not any(sides.values()):
            sides = dict(zip(SIDES, _halves(written, page), strict=True))
        elif page.lines():
            raise RenderError(
                f"slide '{page.slide.id}': text stands outside the areas left and right; move it into one"
            )
        flows = [(Flow(name, blocks), written.box(name)) for name, blocks in sides.items() if blocks]
        write_flows(written, flows, spec=written.sizes("left"))


def _halves(written: SlideWriter, page: Page) -> tuple[tuple[TextBlock, ...], tuple[TextBlock, ...]]:
    """Divide text without areas: before the second heading, or into columns of equal height."""
    lines = page.lines()
    heads = [place for place, line in enumerate(lines) if line.kind == "heading"]
    counted = page.counted.get(BODY, 0)
    if len(heads) > 1:
        first = sum(line.numbered for line in lines[: heads[1]])
        left = blocks_of(lines[: heads[1]], counted=counted)
        return left, blocks_of(lines[heads[1] :], counted=counted + first)
    content = [paragraph for block in page.blocks() for paragraph in block.content]
    left_half, right_half = split_columns(
        content,
        width=written.box("left").width,
        spec=written.sizes("left"),
        family=written.deck.style.fonts.measure,
        anywhere=True,
    )
    return (TextBlock(tuple(left_half)),), ((TextBlock(tuple(right_half)),) if right_half else ())


def _write_blocks(written: SlideWriter, page: Page, slide: TextSlide) -> None:
    with page.problems.noted(page.template):
        refuse_other_areas(slide, page.passage, [BODY])
        lines, counted = page.lines(), page.counted.get(BODY, 0)
        first = next((place for place, line in enumerate(lines) if line.kind == "heading"), len(lines))
        lead = Flow("lead", blocks_of(lines[:first], counted=counted))
        counted += sum(line.numbered for line in lines[:first])
        flows = []
        for number, own in enumerate(headed(lines[first:]), start=1):
            blocks = blocks_of(own, counted=counted)
            counted += sum(line.numbered for line in own)
            flows.append(Flow(f"block_{number}", (replace(blocks[0], ruled=True), *blocks[1:])))
        if not flows:
            write_flow(written, BODY, lead.blocks)
            return
        _place_blocks(written, lead, flows, across=slide.across)


def _place_blocks(written: SlideWriter, lead: Flow, flows: Sequence[Flow], *, across: int | None) -> None:
    spec, family = written.sizes(BODY), written.deck.style.fonts.measure
    body, foot = written.box(BODY), written.box("footnote")
    box = Box(body.left, body.top, body.width, foot.top - 0.08 - body.top)
    abreast = min(len(flows), across or (_ALL_ABREAST if len(flows) == _ALL_ABREAST else 2))
    over = 0.0
    for size in spec.sizes:
        placed, bottom = grid_of(lead, flows, box, size, across=abreast, spec=spec, family=family)
        over = bottom - box.top - box.height
        if over <= 0.02 and all(words_fit(flow, place.width, size, family=family) for flow, place in placed):
            write_flows(written, placed, spec=spec.model_copy(update={"sizes": (size,)}))
            return
    raise RenderError(
        f"{written.place}: its {len(flows)} blocks are {max(over, 0):.2f} in too high "
        f"at {spec.sizes[-1]:g} pt; shorten them"
    )


def grid_of(
    lead: Flow,
    flows: Sequence[Flow],
    box: Box,
    size: float,
    *,
    across: int,
    spec: TextSizes,
    family: str,
) -> tuple[list[tuple[Flow, Box]], float]:
    """Place a lead over the full width and blocks in rows under it.

    Returns
    -------
    tuple
        Each flow with its rectangle, and where the lowest one ends, in inches.
    """
    top, placed = box.top, []
    if lead.blocks:
        height = flow_height(lead, box.width, size, spec=spec, family=family)
        placed.append((lead, Box(box.left, top, box.width, height)))
        top += height + GAP * 2
    width = (box.width - BETWEEN * (across - 1)) / across
    for start in range(0, len(flows), across):
        row = flows[start : start + across]
        height = max(flow_height(flow, width, size, spec=spec, family=family) for flow in row)
        for place, flow in enumerate(row):
            placed.append((flow, Box(box.left + place * (width + BETWEEN), top, width, height)))
        top += height + UNDER
    return placed, top - UNDER

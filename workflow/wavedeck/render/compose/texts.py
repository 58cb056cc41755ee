"""Lines of a template as paragraphs and blocks of a slide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from wavedeck.narrative.passage import Line, Passage
from wavedeck.render.pptx.flow import TextBlock
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.deck import Slide, TextSlide
from wavedeck.study.errors import RenderError, did_you_mean

STYLES = {"paragraph": "body", "heading": "heading", "bullet": "body"}
#: Slide -> area -> how many numbers came before it, on slides that it continues.
Counts = Mapping[str, Mapping[str, int]]


def paragraphs_of(lines: Iterable[Line], *, counted: int = 0) -> list[Paragraph]:
    """Turn the lines of a template into paragraphs whose runs know their figures.

    Parameters
    ----------
    lines
        Lines of one area.
    counted
        Number that was given last.
    """
    made = []
    for line in lines:
        counted += line.numbered
        made.append(_paragraph(line, counted if line.numbered else 0))
    return made


def _paragraph(line: Line, number: int) -> Paragraph:
    return Paragraph(
        runs_of(line),
        level=line.level,
        bullet=line.kind == "bullet",
        style=STYLES[line.kind],  # type: ignore[arg-type]
        number=number,
        tight=line.tight,
    )


def runs_of(line: Line) -> tuple[Run, ...]:
    """Turn the pieces of a line into runs."""
    return tuple(
        Run(piece.text, bold=piece.bold, address=piece.address or None, field=piece.field or None)
        for piece in line.pieces
    )


def blocks_of(lines: Sequence[Line], *, counted: int = 0) -> tuple[TextBlock, ...]:
    """Part lines into text and boxes; a box that holds no more than its title goes."""
    content = paragraphs_of(lines, counted=counted)
    made = []
    for box, members in groupby(zip(lines, content, strict=True), key=lambda one: one[0].box):
        own = [paragraph for _, paragraph in members]
        if not box or any(one.style != "heading" for one in own):
            made.append(TextBlock(tuple(own), boxed=bool(box)))
    return tuple(made)


def headed(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines from one heading to the next; a heading with nothing under it goes."""
    starts = [place for place, line in enumerate(lines) if line.kind == "heading" and not line.box]
    for start, end in pairwise([*starts, len(lines)]):
        if end > start + 1:
            yield list(lines[start:end])


def in_area(passage: Passage, area: str) -> list[Line]:
    """Return the lines of one area."""
    return [line for line in passage.lines if line.area == area]


def refuse_other_areas(slide: Slide, passage: Passage, known: Sequence[str]) -> None:
    """Refuse lines in areas that a slide does not have.

    Raises
    ------
    RenderError
        Naming the slide, the area and the areas that it has.
    """
    for area in dict.fromkeys(line.area for line in passage.lines):
        if area not in known:
            has = ", ".join(known)
            raise RenderError(
                f"slide '{slide.id}' has no area '{area}'{did_you_mean(area, known)}; it has {has}"
            )


def numbers_before(slides: Iterable[tuple[Slide, Passage]], declared: Iterable[Slide] = ()) -> Counts:
    """Return for each slide that continues another how many numbers came before, per area.

    A slide that continues one of `declared` that this wave does not have continues what that one continues.
    """
    chain = {slide.id: slide.continues for slide in declared if isinstance(slide, TextSlide)}
    after: dict[str, dict[str, int]] = {}
    before: dict[str, Mapping[str, int]] = {}
    for slide, passage in slides:
        wanted = slide.continues if isinstance(slide, TextSlide) else None
        while wanted is not None and wanted not in after:
            wanted = chain.get(wanted)
        start = after.get(wanted or "", {})
        before[slide.id] = start
        counts = dict(start)
        for line in passage.lines:
            counts[line.area] = counts.get(line.area, 0) + line.numbered
        after[slide.id] = counts
    return before

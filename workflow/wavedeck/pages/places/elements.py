"""Give the lines of a slide's ledger the boxes of their elements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from wavedeck.audit.ledger import Print
from wavedeck.pages.places.drawn import boxes_of_chart
from wavedeck.pages.places.lines import Boxes, Lines, boxes_in
from wavedeck.pages.places.slide import ShapeSpots

_PARAGRAPH, _CELL = re.compile(r"p(\d+)"), re.compile(r"r(\d+)c(\d+)")


def boxes_of(shapes: Sequence[ShapeSpots], lines: Lines) -> Boxes:
    """Return the boxes of the lines of one slide.

    Parameters
    ----------
    shapes
        Its shapes and where their texts stand.
    lines
        Number in the ledger -> line, of this slide.
    """
    found: Boxes = {}
    for name, own in _by_shape({n: one for n, one in lines.items() if one.on_slide}).items():
        texts = [one for one in shapes if one.element == name and one.placed.shape.chart is None]
        for shape in texts:
            found |= boxes_of_table(shape, own) if shape.cells is not None else boxes_of_text(shape, own)
    charts = [one for one in shapes if one.chart is not None]
    for shape in charts:
        found |= boxes_of_chart(shape, shapes, lines)
    return found


def _by_shape(lines: Lines) -> dict[str, dict[int, Print]]:
    groups: dict[str, dict[int, Print]] = defaultdict(dict)
    for number, one in lines.items():
        groups[one.element.rpartition("/")[0] or one.element][number] = one
    return groups


def boxes_of_text(shape: ShapeSpots, lines: Lines) -> Boxes:
    """Return the boxes of lines of a text: each in its paragraph, or else in any."""
    groups: dict[int, dict[int, Print]] = defaultdict(dict)
    for number, one in lines.items():
        place = _PARAGRAPH.fullmatch(one.element.rpartition("/")[2])
        groups[int(place[1]) if place else 1][number] = one
    found: Boxes = {}
    for line, own in groups.items():
        spot = shape.paragraphs[line - 1] if 0 < line <= len(shape.paragraphs) else None
        found |= boxes_in(spot, own) if spot is not None else {}
    return found


def boxes_of_table(shape: ShapeSpots, lines: Lines) -> Boxes:
    """Return the boxes of lines of a table."""
    groups: dict[tuple[int, int], dict[int, Print]] = defaultdict(dict)
    for number, one in lines.items():
        place = _CELL.fullmatch(one.element.rpartition("/")[2])
        if place:
            groups[int(place[1]), int(place[2])][number] = one
    found: Boxes = {}
    for cell, own in groups.items():
        for spot in (shape.cells or {}).get(cell, ()):
            found |= boxes_in(spot, own, sort=True) if spot is not None else {}
    return found

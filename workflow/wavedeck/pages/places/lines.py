"""Boxes of the lines of a ledger within one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wavedeck.audit.ledger import Print
from wavedeck.pages.places.boxes import Area, Box
from wavedeck.pages.places.locate import Spot
from wavedeck.pages.places.share import share_out

Lines = Mapping[int, Print]
Boxes = dict[int, tuple[Box, ...]]


def boxes_in(spot: Spot, lines: Lines, *, sort: bool = False) -> Boxes:
    """Return the boxes of lines within one text."""
    found: Boxes = {}
    numbered = {number for number, one in lines.items() if one.field == "numbering"}
    for number in numbered:
        found |= {number: as_boxes(spot.before(lines[number].printed), sure=spot.sure)}
    rest = {number: one for number, one in lines.items() if number not in numbered}
    for number, (stretches, sure) in share_out(spot.text, rest, sort=sort).items():
        areas = [area for start, end in stretches for area in spot.areas(start, end)]
        found[number] = as_boxes(areas, sure=sure and spot.sure)
    return {number: boxes for number, boxes in found.items() if boxes}


def as_boxes(areas: Iterable[Area], *, sure: bool) -> tuple[Box, ...]:
    """Return rectangles as boxes of the page."""
    return tuple(one.box(sure=sure) for one in areas)

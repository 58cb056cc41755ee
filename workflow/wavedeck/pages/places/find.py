"""Find where on its slide each line of a ledger is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from wavedeck.audit.ledger import Print
from wavedeck.audit.verify.bindings import read_bindings
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.slides import read_slides
from wavedeck.pages.places.boxes import Box
from wavedeck.pages.places.elements import boxes_of
from wavedeck.pages.places.frames import place_shapes
from wavedeck.pages.places.slide import read_slide
from wavedeck.pages.places.words import read_pages


def find_places(pdf: Path, deck: Path, ledger: Sequence[Print]) -> Mapping[int, tuple[Box, ...]]:
    """Return where on the pictures of its slides each number of a report stands.

    Parameters
    ----------
    pdf
        The report as it is read; its pages are the slides that are not hidden.
    deck
        The deck that it was made of.
    ledger
        Every number of the report.

    Returns
    -------
    Mapping
        Number of the line in the ledger, from 0 -> boxes in fractions of the picture's width and height.
        Several where a text breaks over lines, where a point of a chart and its name both stand for it, or
        where it is not proven which of several equal numbers it is. A bar without a label has itself as box.
        Lines that do not stand on a picture are absent: notes, alternative texts, workbooks, what lies
        outside slides, and bars too small to be seen.

    Raises
    ------
    AuditError
        When a file is missing or of another kind.
    """
    package = open_package(deck)
    read, language = read_slides(package), read_bindings(package).language.partition("-")[0]
    slides = [one for one in read.slides if not one.hidden]
    lines: dict[int, dict[int, Print]] = defaultdict(dict)
    for number, line in enumerate(ledger):
        if line.slide.isdigit():
            lines[int(line.slide)][number] = line
    found: dict[int, tuple[Box, ...]] = {}
    for page, slide in zip(read_pages(pdf), slides, strict=False):
        spots = read_slide(package, slide, place_shapes(read, slide), page, language)
        found |= boxes_of(spots, lines[slide.number])
    return dict(sorted(found.items()))

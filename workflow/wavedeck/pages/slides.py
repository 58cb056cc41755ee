"""Slides for the pages: pictures, titles, and every line of the ledger with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavedeck.audit.ledger import Print, read_ledger
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Slide, read_slides
from wavedeck.pages.places.boxes import Box
from wavedeck.pages.places.check import bare_numbers
from wavedeck.pages.places.find import find_places
from wavedeck.pages.places.pictures import Picture, draw_slides
from wavedeck.pages.report import Report

FOLDER = "slides"
DIGITS = 5


@dataclass(frozen=True)
class Drawn:
    """The slides of a report as the pages show them.

    Attributes
    ----------
    slides
        Per slide that is shown file, width, height, number in the deck, title and lines; a line has element,
        address, field, printed and boxes (x, y, width, height in fractions of the picture, then whether the
        place is proven).
    bare
        How many numbers stand on the pictures without a box.
    """

    slides: list[dict[str, Any]]
    bare: int


def slides_of(report: Report, site: Path) -> Drawn:
    """Draw the slides of a report into a site and find what stands on them.

    Slides that are hidden are on no page of the PDF and have no picture.
    """
    pictures = draw_slides(report.pdf, site / FOLDER)
    ledger = read_ledger(report.ledger)
    places = find_places(report.pdf, report.deck, ledger)
    shown = [one for one in read_slides(open_package(report.deck)).slides if not one.hidden]
    lines = _lines(ledger, places)
    slides = [
        _slide(picture, slide, lines.get(str(slide.number), []))
        for picture, slide in zip(pictures, shown, strict=False)
    ]
    numbers = [one.number for one in shown]
    bare = bare_numbers(report.pdf, ledger, places, language=report.language, slides=numbers)
    return Drawn(slides, len(bare))


def outside(ledger: Iterable[Print]) -> list[dict[str, str]]:
    """Return the lines of a ledger that stand on no slide: properties and sections of the file."""
    return [vars(one) for one in ledger if one.slide == "0"]


def _slide(picture: Picture, slide: Slide, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "file": f"{FOLDER}/{picture.file}",
        "width": picture.width,
        "height": picture.height,
        "number": slide.number,
        "title": _title(slide),
        "lines": lines,
    }


def _lines(ledger: Sequence[Print], places: Mapping[int, Sequence[Box]]) -> dict[str, list[dict[str, Any]]]:
    """Return the lines of each slide; two claims of one number at one place are one line."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(ledger):
        own, made = found.setdefault(line.slide, []), _line(line, places.get(number, ()))
        if "boxes" not in made or made not in own:
            own.append(made)
    return found


def _line(line: Print, boxes: Iterable[Box]) -> dict[str, Any]:
    own = {name: getattr(line, name) for name in ("element", "address", "field", "printed")}
    placed = [
        [*(round(part, DIGITS) for part in (one.x, one.y, one.width, one.height)), int(one.sure)]
        for one in boxes
    ]
    return {**own, "boxes": placed} if placed else own


def _title(slide: Slide) -> str:
    texts = [shape for shape in slide.shapes if shape.text.strip() and SLIDE_NUMBER not in shape.text]
    first = sorted(texts, key=lambda shape: shape.element != "title")[:1]
    return re.sub(r"\s+", " ", first[0].text).strip() if first else ""

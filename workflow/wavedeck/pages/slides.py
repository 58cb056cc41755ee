"""Slides for the pages: pictures, titles, and every line of the ledger with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wavedeck.audit.ledger import Print, read_ledger
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Slide, read_slides
from wavedeck.pages.places.pictures import Picture, draw_slides
from wavedeck.pages.report import Report

FOLDER = "slides"
DIGITS = 5


def slides_of(report: Report, site: Path) -> list[dict[str, Any]]:
    """Draw the slides of a report into a site and return what stands on them.

    Returns
    -------
    list of dict
        Per slide file, width, height, title and lines; a line has element, address, field, printed and
        boxes (x, y, width, height in fractions of the picture, then whether the place is proven).
    """
    pictures = draw_slides(report.pdf, site / FOLDER)
    ledger = read_ledger(report.ledger)
    places = _places(report, ledger)
    titles = _titles(report.deck)
    lines: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(ledger):
        lines.setdefault(line.slide, []).append(_line(line, places.get(number, ())))
    return [_slide(one, titles, lines) for one in pictures]


def outside(ledger: Iterable[Print]) -> list[dict[str, str]]:
    """Return the lines of a ledger that stand on no slide: properties and sections of the file."""
    return [vars(one) for one in ledger if one.slide == "0"]


def _slide(picture: Picture, titles: Sequence[str], lines: Mapping[str, Any]) -> dict[str, Any]:
    number = picture.slide
    return {
        "file": f"{FOLDER}/{picture.file}",
        "width": picture.width,
        "height": picture.height,
        "title": titles[number - 1] if number <= len(titles) else "",
        "lines": lines.get(str(number), []),
    }


def _places(report: Report, ledger: Sequence[Print]) -> Mapping[int, Sequence[Any]]:
    from wavedeck.pages.places.find import find_places

    return find_places(report.pdf, report.deck, ledger)


def _line(line: Print, boxes: Iterable[Any]) -> dict[str, Any]:
    own = {name: getattr(line, name) for name in ("element", "address", "field", "printed")}
    placed = [
        [*(round(part, DIGITS) for part in (one.x, one.y, one.width, one.height)), int(one.sure)]
        for one in boxes
    ]
    return {**own, "boxes": placed} if placed else own


def _titles(deck: Path) -> list[str]:
    """Return the title of each slide that is shown."""
    return [_title(one) for one in read_slides(open_package(deck)).slides if not one.hidden]


def _title(slide: Slide) -> str:
    texts = [shape for shape in slide.shapes if shape.text.strip() and SLIDE_NUMBER not in shape.text]
    first = sorted(texts, key=lambda shape: shape.element != "title")[:1]
    return re.sub(r"\s+", " ", first[0].text).strip() if first else ""

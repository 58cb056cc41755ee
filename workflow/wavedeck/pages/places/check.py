"""The other way round: numbers on the pages that no line of the ledger has a box on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from wavedeck.audit.ledger import Print
from wavedeck.audit.verify.tokens import tokens
from wavedeck.pages.places.boxes import Area, Box
from wavedeck.pages.places.words import Stream, read_pages


@dataclass(frozen=True)
class Bare:
    """A number on a page without a box: the slide, the number, and the word it is part of."""

    slide: int
    number: str
    word: str


def bare_numbers(
    pdf: Path,
    ledger: Sequence[Print],
    places: Mapping[int, Sequence[Box]],
    *,
    language: str,
    slides: Sequence[int] = (),
) -> tuple[Bare, ...]:
    """Return the numbers and marks of a PDF whose middle lies in no box.

    Parameters
    ----------
    pdf
        The report as it is read, without hidden slides.
    ledger
        Every number of the report.
    places
        Number of the line in the ledger -> boxes.
    language
        Of the report, for what belongs to a number.
    slides
        Number in the deck of the slide on each page; 1, 2 and on when left out.
    """
    boxes: dict[int, list[Area]] = defaultdict(list)
    for number, own in places.items():
        boxes[int(ledger[number].slide)] += [
            Area(one.x, one.y, one.x + one.width, one.y + one.height) for one in own
        ]
    pages = read_pages(pdf)
    return tuple(
        one
        for slide, page in zip(slides or count(1), pages, strict=False)
        for one in _bare(slide, page, boxes[slide], language)
    )


def _bare(slide: int, page: Stream, boxes: Sequence[Area], language: str) -> Iterator[Bare]:
    for word in page.words:
        alone = Stream((word,))
        for token in tokens(word.text, language):
            (area,) = alone.areas(token.start, token.end)
            if not any(box.holds(area.middle) for box in boxes):
                yield Bare(slide, token.text, word.text)

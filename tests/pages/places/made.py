"""Small made cases: words of a page, lines of a ledger, charts, without files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wavedeck.audit.ledger import Print
from wavedeck.audit.verify.charts import SeriesRead, Stored
from wavedeck.pages.places.boxes import Area, Box
from wavedeck.pages.places.words import Stream, Word

HIGH = 0.02
WIDE = 0.01


def word(text: str, x: float, y: float) -> Word:
    """Return a word whose left upper corner stands somewhere; each character is as wide as the others."""
    return Word(text, Area(x, y, x + WIDE * len(text), y + HIGH))


def page(text: str, *, y: float = 0.1) -> Stream:
    """Return a text as words behind each other; a new line stands under the one before it."""
    words: list[Word] = []
    for number, line in enumerate(text.split("\n")):
        x = 0.1
        for one in line.split():
            words.append(word(one, x, y + number * 2 * HIGH))
            x += WIDE * (len(one) + 1)
    return Stream(tuple(words))


def line(printed: str, address: str = "", *, element: str = "body/p1", field: str = "estimate") -> Print:
    """Return a line of a ledger."""
    return Print("1", element, address or f"p/{printed}/all/2024", field, printed)


def series(title: str, values: Sequence[float | None], **more: object) -> SeriesRead:
    """Return a series of a chart over categories called c1, c2 and on."""
    points = {place: str(Decimal(str(one))) for place, one in enumerate(values) if one is not None}
    names = {place: f"c{place + 1}" for place in range(len(values))}
    return SeriesRead(
        Stored("", {0: title}),
        Stored("", names),
        Stored("", points),
        code="0.0",
        shows=True,
        **more,  # type: ignore[arg-type]
    )


def middles(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Return the centres of boxes, rounded."""
    return [(round(one.x + one.width / 2, 3), round(one.y + one.height / 2, 3)) for one in boxes]

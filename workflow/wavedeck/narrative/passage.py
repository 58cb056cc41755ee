"""Texts of a slide: lines of pieces, each piece knowing the figure it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from wavedeck.narrative.fences import BODY, Fences
from wavedeck.study.errors import NarrativeError

LineKind = Literal["paragraph", "heading", "bullet"]
_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_MIDDLE}(.*?){_CLOSE}", re.DOTALL)
# Two stars between spaces are a sign, that of a footnote.
_HALF_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Source:
    """Where a printed number comes from: a figure's address and field, or a declared constant."""

    address: str
    field: str


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `address` and `field` are empty unless it prints a figure."""

    text: str
    address: str = ""
    field: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One paragraph, sub-heading or bullet.

    Attributes
    ----------
    kind, pieces
        What it is and says.
    level
        0, or 1 for a bullet under a bullet.
    numbered
        Whether the build puts a number before it.
    tight
        Whether the next line follows without space between, as in an address.
    area
        Area of the slide that it belongs to; ``body`` outside areas.
    box
        Number of the box it stands in, from 1 within the slide; 0 outside boxes.
    """

    kind: LineKind
    pieces: tuple[Piece, ...]
    level: int = 0
    numbered: bool = False
    tight: bool = False
    area: str = BODY
    box: int = 0

    @property
    def text(self) -> str:
        """Return the line as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Passage:
    """Everything a template says about one slide."""

    title: Line
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    foot: tuple[Line, ...] = ()


def mark_up(text: str, number: int) -> str:
    """Wrap printed text so that its source survives Jinja; `number` is its place among the sources."""
    return f"{_OPEN}{number}{_MIDDLE}{text}{_CLOSE}"


def read_passage(rendered: str, sources: Sequence[Source]) -> Passage:
    """Read the lines of a rendered template.

    ``# `` starts the title, ``## `` a sub-heading, ``- `` a bullet, ``-- `` one under it, ``+ `` a numbered
    paragraph, ``## + `` a numbered sub-heading, ``Note: `` a speaker note, ``Foot: `` a footnote; other
    lines that follow one another form one paragraph; lines after a bullet or a note continue it, unless
    the line before ends in a backslash. ``::: area left`` and ``::: box Title`` open an area and a box,
    ``:::`` closes it.

    Raises
    ------
    NarrativeError
        When there are two titles, bold text or an area is not closed, or a filter cut a printed figure.
    """
    found: dict[str, list[Line]] = {"title": [], "note": [], "foot": [], "text": []}
    fences = Fences()
    for kind, text, tight in _joined(rendered):
        if kind == "fence":
            heading = fences.read(text)
            if heading:
                found["text"].append(_line("heading", heading, sources, fences, tight=False))
            continue
        found.get(kind, found["text"]).append(_line(kind, text, sources, fences, tight=tight))
    fences.refuse_open()
    if len(found["title"]) > 1:
        both = "' and '".join(line.text for line in found["title"][:2])
        raise NarrativeError(f"the template gives more than one title: '{both}'")
    title = found["title"][0] if found["title"] else Line("paragraph", ())
    return Passage(title, tuple(found["text"]), tuple(found["note"]), tuple(found["foot"]))


def _line(kind: str, text: str, sources: Sequence[Source], fences: Fences, *, tight: bool) -> Line:
    shape, level, numbered = _SHAPES.get(kind, ("paragraph", 0, False))
    line = Line(
        shape,
        tuple(_pieces(text, sources)),
        level=level,
        numbered=numbered,
        tight=tight,
        area=fences.area,
        box=fences.box,
    )
    _refuse_remains(line)
    return line


def _refuse_remains(line: Line) -> None:
    if any(sign in line.text for sign in (_OPEN, _MIDDLE, _CLOSE)):
        text = line.text.translate({ord(sign): "" for sign in (_OPEN, _MIDDLE, _CLOSE)})
        raise NarrativeError(f"a filter cut a printed figure in pieces, in '{text}'; print it whole")
    if _HALF_BOLD.search(line.text):
        raise NarrativeError(f"'**' opens or closes bold text on its own, in '{line.text}'")


ONE_LINE = ("title", "heading", "numbered_heading", "fence")
_STARTS = (
    (":::", "fence"),
    ("## + ", "numbered_heading"),
    ("## ", "heading"),
    ("# ", "title"),
    ("-- ", "sub_bullet"),
    ("- ", "bullet"),
    ("+ ", "numbered"),
    ("Note: ", "note"),
    ("Foot: ", "foot"),
)
_SHAPES: dict[str, tuple[LineKind, int, bool]] = {
    "heading": ("heading", 0, False),
    "numbered_heading": ("heading", 0, True),
    "bullet": ("bullet", 0, False),
    "sub_bullet": ("bullet", 1, False),
    "numbered": ("paragraph", 0, True),
}
_BREAK = "\\"


def _joined(rendered: str) -> Iterator[tuple[str, str, bool]]:
    """Yield kind and text of each paragraph, and whether it ends in a break instead of a space."""
    kind = ""
    words: list[str] = []
    for raw in chain(rendered.splitlines(), [""]):
        text = raw.strip()
        start = next(((mark, name) for mark, name in _STARTS if text.startswith(mark)), None)
        broken = bool(words) and words[-1].endswith(_BREAK)
        if words and (start or not text or broken or kind in ONE_LINE):
            yield kind, " ".join(words).removesuffix(_BREAK).rstrip(), broken
            words = []
        if text or start:
            kind = start[1] if start else kind if words else "paragraph"
            words.append(text[len(start[0]) :].strip() if start else text)


def _pieces(text: str, sources: Sequence[Source]) -> Iterator[Piece]:
    place = 0
    for match in _BOLD.finditer(text):
        yield from _plain(text[place : match.start()], sources, bold=False)
        yield from _plain(match[1], sources, bold=True)
        place = match.end()
    yield from _plain(text[place:], sources, bold=False)


def pieces_of(text: str, sources: Sequence[Source]) -> tuple[Piece, ...]:
    """Return the pieces of a text in which printed figures are marked up, bold text left alone.

    >>> pieces_of(f"Highest: {mark_up('8.3', 0)}", [Source("a/b/c/2024", "estimate")])[1].address
    'a/b/c/2024'
    """
    return tuple(_plain(text, sources, bold=False))


def _plain(text: str, sources: Sequence[Source], *, bold: bool) -> Iterator[Piece]:
    place = 0
    for match in _TOKEN.finditer(text):
        if match.start() > place:
            yield Piece(text[place : match.start()], bold=bold)
        source = sources[int(match[1])]
        yield Piece(match[2], source.address, source.field, bold)
        place = match.end()
    if place < len(text):
        yield Piece(text[place:], bold=bold)

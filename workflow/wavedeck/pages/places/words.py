"""The words of a PDF with their places, and finding texts among them."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.pages.places.boxes import Area, lines_of
from wavedeck.study.paths import shown

_READER = "pdftotext"
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
_NUMBER = r"(-?[\d.]+)"
_WORD = re.compile(
    rf'<word xMin="{_NUMBER}" yMin="{_NUMBER}" xMax="{_NUMBER}" yMax="{_NUMBER}">(.*?)</word>', re.S
)
_SAME = str.maketrans(
    {"\u2011": "-", "\u2010": "-", "\u2212": "-", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": ""}
)
_NARROW, _WIDE = ".,:;'’‘|!()[]/ijl°", "%mwMW—▲▼&"


@dataclass(frozen=True)
class Word:
    """A word of a page, as the program that reads PDF cuts them."""

    text: str
    area: Area


def squash(text: str) -> str:
    """Return a text without spaces and line ends, as it is looked for.

    >>> squash("ruim een derde (1 234)")
    'ruimeenderde(1234)'
    """
    return "".join(text.translate(_SAME).split())


@dataclass(frozen=True)
class Stream:
    """Words in an order, read as one text without spaces."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Return all words behind each other."""
        return "".join(one.text for one in self.words)

    @cached_property
    def _owners(self) -> list[tuple[int, int]]:
        """Return word and place within it of each character."""
        return [(number, place) for number, one in enumerate(self.words) for place in range(len(one.text))]

    def starts_word(self, place: int) -> bool:
        """Tell whether a word starts at a character, or the text ends."""
        return place >= len(self._owners) or self._owners[place][1] == 0

    def find(self, wanted: str, start: int = 0) -> Iterator[int]:
        """Yield where a squashed text stands as whole words."""
        place = self.text.find(wanted, start) if wanted else -1
        while place >= 0:
            if self.starts_word(place) and self.starts_word(place + len(wanted)):
                yield place
            place = self.text.find(wanted, place + 1)

    def areas(self, start: int, end: int) -> tuple[Area, ...]:
        """Return the rectangles of a stretch of characters, one for each line."""
        parts: dict[int, list[int]] = {}
        for number, place in self._owners[start:end]:
            parts.setdefault(number, []).append(place)
        return lines_of(_part(self.words[one], places[0], places[-1] + 1) for one, places in parts.items())

    def words_of(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that a stretch of characters touches."""
        return tuple(self.words[one] for one in sorted({number for number, _ in self._owners[start:end]}))

    def within(self, frame: Area, margin: float = 0.0) -> Stream:
        """Return the words whose middle lies in a frame, in the same order."""
        return Stream(tuple(one for one in self.words if frame.holds(one.area.middle, margin)))

    def without(self, taken: Iterable[Word]) -> Stream:
        """Return the words that are not taken, in the same order."""
        gone = {id(one) for one in taken}
        return Stream(tuple(one for one in self.words if id(one) not in gone))


def reading_order(words: Iterable[Word]) -> Stream:
    """Return words from top to bottom, each line from left to right."""
    lines: list[list[Word]] = []
    for one in sorted(words, key=lambda word: (word.area.middle[1], word.area.left)):
        if lines and lines[-1][0].area.bottom > one.area.middle[1]:
            lines[-1].append(one)
        else:
            lines.append([one])
    return Stream(tuple(one for line in lines for one in sorted(line, key=lambda word: word.area.left)))


def _part(word: Word, start: int, end: int) -> Area:
    """Return the part of a word's box that some of its characters take."""
    widths = [0.5 if one in _NARROW else 1.6 if one in _WIDE else 1.0 for one in word.text]
    whole, area = sum(widths), word.area
    left, right = (area.left + (area.right - area.left) * sum(widths[:at]) / whole for at in (start, end))
    return Area(left, area.top, right, area.bottom)


def read_pages(pdf: Path) -> tuple[Stream, ...]:
    """Return the words of each page of a PDF, in the order in which they were drawn.

    Raises
    ------
    AuditError
        When the file is no PDF, or the program that reads it is missing.
    """
    if not pdf.is_file():
        raise AuditError(f"{shown(pdf)}: there is no such file")
    if shutil.which(_READER) is None:
        raise AuditError(f"{_READER} is missing; apt-get install poppler-utils")
    command = [_READER, "-bbox", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()
        raise AuditError(f"{shown(pdf)}: this is no PDF: {words}")
    text = done.stdout.decode("utf-8", errors="replace")
    return tuple(_page(*found.groups()) for found in _PAGE.finditer(text))


def _page(width: str, height: str, content: str) -> Stream:
    across, down = float(width), float(height)
    words = (
        Word(
            squash(html.unescape(text)),
            Area(float(x0) / across, float(y0) / down, float(x1) / across, float(y1) / down),
        )
        for x0, y0, x1, y1, text in _WORD.findall(content)
    )
    return Stream(tuple(one for one in words if one.text))

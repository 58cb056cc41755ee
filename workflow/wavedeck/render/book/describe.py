"""Describe a sheet before it is written: cells with their look, and what each of them prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wavedeck.render.text import Run

Kind = Literal[
    "title", "line", "link", "set", "group", "wave", "stub_head", "stub", "figure", "base", "mark",
    "heading", "text", "column_head", "note", "blank",
]  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a cell looks.

    Attributes
    ----------
    kind
        What the cell is.
    code
        Number format; empty for texts.
    bold
        Whether it is of the newest wave.
    role
        Colour role of the text.
    rule
        Whether a line stands over it: the first row of a block.
    opens
        Whether a line stands left of it: the first column of a group.
    quiet
        Whether it is a row of bases.
    """

    kind: Kind
    code: str = ""
    bold: bool = False
    role: str = ""
    rule: bool = False
    opens: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Claim:
    """What a cell prints: a field of a figure, or something that the study declares."""

    address: str
    field: str
    printed: str


@dataclass(frozen=True)
class Cell:
    """One cell: a rounded number or a text."""

    value: float | str
    look: Look
    claims: tuple[Claim, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name, tab
        Name, and colour role of its tab.
    rows
        Cells by row; None where there is nothing.
    widths
        Width per column, in characters.
    head
        Number of rows over the body, which stay in sight and are repeated in print.
    stub
        Number of columns before the figures, likewise.
    body
        Number of rows of the body, which the filter covers; 0 for no filter.
    """

    name: str
    tab: str
    rows: Sequence[Sequence[Cell | None]]
    widths: tuple[float, ...]
    head: int = 0
    stub: int = 0
    body: int = 0
    wraps: frozenset[int] = field(default_factory=frozenset)


def cell_of_runs(runs: Iterable[Run], look: Look, *, link: str = "") -> Cell:
    """Return a cell with a text, each number with what it prints."""
    own = tuple(runs)
    claims = tuple(Claim(one.address, one.field or "estimate", one.text) for one in own if one.address)
    return Cell("".join(one.text for one in own), look, claims, link)

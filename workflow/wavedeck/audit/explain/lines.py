"""Lines of text for people: numbers, columns under each other, lists that are cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

STEP = "  "
FIRST = 10


def number(value: float | None, *, signed: bool = False) -> str:
    """Write a number with six digits, nothing where there is none.

    >>> number(7.3456789), number(0.25, signed=True), number(None)
    ('7.34568', '+0.25', '')
    """
    if value is None:
        return ""
    return f"{value + 0.0:+.6g}" if signed and value else f"{value + 0.0:.6g}"


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows as columns under each other.

    >>> list(table([("figure", "A"), ("overall", "7")]))
    ['figure   A', 'overall  7']
    """
    every = list(rows)
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    for row in every:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def section(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading and indented lines; nothing where there are none."""
    every = list(lines)
    if every:
        yield ""
        yield name
        yield from ((STEP + line).rstrip() for line in every)


def some(lines: Iterable[str], shown: int = FIRST, *, then: str = "") -> Iterator[str]:
    """Yield the first lines, and how many there are more."""
    every = list(lines)
    yield from every[:shown]
    if len(every) > shown:
        yield f"... and {len(every) - shown} more{f'; {then}' if then else ''}"


def counted(count: int, one: str, several: str = "") -> str:
    """Write a count with its noun.

    >>> counted(1, "figure"), counted(0, "figure"), counted(2, "family", "families")
    ('1 figure', '0 figures', '2 families')
    """
    return f"{count} {one if count == 1 else several or one + 's'}"

"""What became of a raw row, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavedeck.audit.trace.back import RowTrace
from wavedeck.audit.trace.say import INTERNAL, change_in_words, number


def text_of_row(found: RowTrace, rows: int | None) -> Iterator[str]:
    """Yield what became of a raw row."""
    yield f"{found.file}, row {found.row} (part {found.part}, wave {found.wave})"
    yield INTERNAL
    what = found.disposition
    yield f"disposition: {what.disposition}" + (f" by rule {what.rule}" if what.rule else "")
    for change in found.changes:
        yield f"cleaned: {change_in_words(change)}"
    if found.weight is None:
        yield "It is part of no figure."
        return
    yield f"weight {number(found.weight, 6)}" + (f", cell {found.cell}" if found.cell else "")
    if found.weighting_columns:
        named = ", ".join(found.weighting_columns)
        yield f"weights rest on {named}: another answer there moves every weighted figure"
    slides = {
        (report.partition(" ")[0], one)
        for part in found.figures
        for report, own in part.slides.items()
        for one in own
    }
    yield f"part of {len(found.figures)} figures, on {len(slides)} slides"
    shown = found.figures if rows is None else found.figures[:rows]
    table = [
        (
            one.address,
            one.state,
            number(one.estimate, 6),
            number(one.value, 6) if one.value is not None else "",
            number(one.weight, 6),
            number(one.share, 6) if one.share is not None else "",
            slides_in_words(one.slides),
        )
        for one in shown
    ]
    heading = ("figure", "state", "estimate", "value", "weight", "part of estimate", "slides")
    yield from wide_columns([heading, *table])
    if len(shown) < len(found.figures):
        yield f"... and {len(found.figures) - len(shown)} more; --rows all shows every one"


def slides_in_words(slides: Mapping[str, Sequence[str]]) -> str:
    """Name the slides of each report, those of languages that are alike together.

    >>> slides_in_words({"2011": ("8",), "2013": ("9", "16"), "2013 (en)": ("9", "16")})
    '2011: 8; 2013, 2013 (en): 9, 16'
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for report, own in slides.items():
        alike.setdefault(tuple(own), []).append(report)
    return "; ".join(f"{', '.join(reports)}: {', '.join(own)}" for own, reports in alike.items())


def wide_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as columns, the first as wide as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

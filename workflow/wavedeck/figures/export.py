"""figures.csv: the publishable store for people and programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from wavedeck.figures.digits import store_as_printed
from wavedeck.figures.formats import format_figure
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore
from wavedeck.intake.write import write_text

NAMES = ("address", "part", "indicator", "item", "category", "group", "wave", "statistic")
VALUES = ("estimate", "se", "ci_low", "ci_high", "base", "weighted_base", "effective_base")
COLUMNS = (
    *NAMES,
    *VALUES,
    "unit",
    "state",
    "printed",
    "change",
    "change_p",
    "change_mark",
    "rest_difference",
    "rest_p",
    "rest_mark",
)


def export_rows(store: FigureStore, language: str) -> Iterator[tuple[str, ...]]:
    """Yield one row per figure, in the order of the store.

    Numbers of the store are written so that they read back exactly; what does not exist is empty.
    """
    for figure in store:
        change, rest = (store.comparison(figure.address, kind) for kind in ("previous", "rest"))
        values = (_exact(getattr(figure, name)) for name in VALUES)
        names = (getattr(figure, name) for name in NAMES)
        printed = printed_figure(figure, language)
        yield (*names, *values, figure.unit, figure.state, printed, *_compared(change), *_compared(rest))


def printed_figure(figure: Figure, language: str) -> str:
    """Return a figure as reports print it, empty when it is not shown."""
    if figure.estimate is None or not figure.is_shown:
        return ""
    return format_figure(figure.estimate, figure.unit, figure.decimals, language)


def _compared(item: Comparison | None) -> tuple[str, str, str]:
    if item is None:
        return ("", "", "")
    return (_exact(item.difference), _exact(item.p), item.mark)


def _exact(value: float | None) -> str:
    return "" if value is None else repr(float(value) + 0.0).removesuffix(".0")


def write_csv(store: FigureStore, path: Path, language: str, *, printed_digits: bool = False) -> None:
    """Write figures.csv, UTF-8 with line feeds; on request with no more digits than reports print."""
    store = store_as_printed(store) if printed_digits else store
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(export_rows(store, language))
    write_text(text.getvalue(), path)

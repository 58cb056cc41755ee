"""Rows as CSV text, for what the audit hands out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any


def csv_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV: numbers read back exactly, columns stand as they first occur, absent cells empty.

    >>> print(csv_rows([{"figure": "a", "base": 3}, {"figure": "b", "mark": "+"}]))
    figure,base,mark
    a,3,
    b,,+
    """
    every = list(rows)
    names = list(dict.fromkeys(name for row in every for name in row))
    text = StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(every)
    return text.getvalue().rstrip("\n")

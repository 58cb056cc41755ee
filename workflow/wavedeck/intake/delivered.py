"""Read the CSV files that coders and editors deliver beside the raw data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from wavedeck.intake.csv import read_csv
from wavedeck.intake.problems import stop
from wavedeck.intake.read import file_bytes
from wavedeck.study.errors import did_you_mean
from wavedeck.study.verbatims import VerbatimFile

ROW = "_row"


def read_delivered(path: Path, *, file: str, declared: VerbatimFile, columns: Sequence[str]) -> pd.DataFrame:
    """Read a file with certain columns.

    Parameters
    ----------
    path
        Where the file stands.
    file
        Its path as the study names it.
    declared
        How it is written.
    columns
        Columns that it must have; others are left aside.

    Returns
    -------
    pandas.DataFrame
        The columns as text without blanks around it, and `_row`, the 1-based line in the file.

    Raises
    ------
    RawDataError
        When the file is missing or unreadable, or lacks a column.
    """
    data = file_bytes(path, file, declared="its name under files in verbatims.yaml")
    raw = read_csv(data, file=file, delimiter=declared.delimiter, encoding=declared.encoding)
    for name in columns:
        if name not in raw.columns:
            hint = did_you_mean(name, raw.columns, then=f"it has {', '.join(raw.columns)}")
            raise stop("missing_column", file, f"has no column '{name}'{hint}", 1)
    texts = {name: pd.Series(raw.columns[name].values, dtype=object) for name in columns}
    frame = {name: values.str.strip().to_numpy()[raw.columns[name].codes] for name, values in texts.items()}
    return pd.DataFrame({ROW: raw.rows, **frame})

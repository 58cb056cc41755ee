"""What a raw file holds, whatever its format: columns of text exactly as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wavedeck.intake.values import RawValue
from wavedeck.study.findings import Finding


@dataclass(frozen=True)
class RawColumn:
    """One column: which of its distinct texts each row holds.

    Attributes
    ----------
    codes
        Position in `values` per row, shape (rows,), int32.
    values
        The distinct texts.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    @classmethod
    def of(cls, array: pa.Array | pa.ChunkedArray) -> RawColumn:
        """Make a column from an array of text without nulls, dictionary-encoded or not."""
        if isinstance(array, pa.ChunkedArray):
            array = array.unify_dictionaries().combine_chunks()
        encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        return cls(encoded.indices.to_numpy().astype(np.int32), tuple(encoded.dictionary.to_pylist()))

    def texts(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the texts of some rows, given by position."""
        return [self.values[code] for code in self.codes[rows]]


@dataclass(frozen=True)
class ResponseSet:
    """A multiple-response set declared in an SPSS file.

    Attributes
    ----------
    kind
        ``dichotomies``: one column per category; ``mentions``: each column holds a category's code.
    columns
        Columns of the set, in order.
    counted
        Value that means ticked in a set of dichotomies; empty when the file's is not a number.
    """

    kind: Literal["dichotomies", "mentions"]
    columns: tuple[str, ...]
    counted: str = ""


@dataclass(frozen=True)
class RawTable:
    """The content of one raw file.

    Attributes
    ----------
    file
        Path of the file as the study names it.
    rows
        1-based line (case number in .sav) of each record, shape (rows,), int64.
    columns
        Columns in file order.
    labels
        Column -> raw code -> value label, where the file has them.
    user_missing
        Column -> raw codes that the file marks as missing.
    sets
        Multiple-response sets by name, without the `$` that SPSS puts before it.
    decimal
        Decimal mark of numbers in the file.
    findings
        What was noticed while reading.
    """

    file: str
    rows: NDArray[np.int64]
    columns: Mapping[str, RawColumn]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    user_missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sets: Mapping[str, ResponseSet] = field(default_factory=dict)
    decimal: str = "."
    findings: tuple[Finding, ...] = ()

    def distinct(self, column: str) -> list[RawValue]:
        """Return the distinct values of a column with what the file says about each."""
        labels, marked = self.labels.get(column, {}), self.user_missing.get(column, frozenset())
        return [
            RawValue(text, labels.get(text, ""), self.decimal, text in marked)
            for text in self.columns[column].values
        ]

"""Read SPSS files: values as their shortest text, with labels, user-missing and response sets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyreadstat
from numpy.typing import NDArray

from wavedeck.intake.problems import stop
from wavedeck.intake.raw import RawColumn, RawTable, ResponseSet
from wavedeck.intake.values import shortest


def read_sav(path: Path, *, file: str) -> RawTable:
    """Read an SPSS file.

    Numbers become their shortest text (``1``, ``2.5``), dates ISO text, system-missing the empty
    text; user-missing codes stay.

    Parameters
    ----------
    path
        Where the file stands.
    file
        Its path as the study names it.

    Raises
    ------
    RawDataError
        When the file is truncated, no SPSS file, or has no cases.
    """
    content, meta = _open(path, file)
    cases = len(next(iter(content.values()), ()))
    if cases == 0:
        raise stop("empty_file", file, "the file has variables but no cases; put the complete file there")
    if meta.number_rows is not None and meta.number_rows != cases:
        raise _truncated(file, f"it announces {meta.number_rows} cases and holds {cases}")
    labels = {
        name: {_text(code): str(label) for code, label in codes.items()}
        for name, codes in meta.variable_value_labels.items()
    }
    return RawTable(
        file,
        np.arange(1, cases + 1),
        {name: _column(np.asarray(values)) for name, values in content.items()},
        labels=labels,
        user_missing=_user_missing(meta.missing_ranges, content),
        sets={name: _response_set(declared) for name, declared in meta.mr_sets.items()},
    )


def _open(path: Path, file: str) -> tuple[dict[str, Any], Any]:
    try:
        return pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError) as error:
        raise _truncated(file, str(error)) from error


def _truncated(file: str, detail: str) -> Exception:
    message = f"this SPSS file is truncated or damaged ({detail}); copy it again from where it came"
    return stop("unreadable", file, message)


def _column(values: NDArray[Any]) -> RawColumn:
    if values.dtype.kind in "fiu":
        distinct, codes = np.unique(values, return_inverse=True)
        return RawColumn(codes.astype(np.int32), tuple(_text(value) for value in distinct))
    return RawColumn.of(pa.array([_text(value) for value in values], pa.string()))


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, int | float | np.number):
        return shortest(float(value))
    return value if isinstance(value, str) else str(value.isoformat())


def _user_missing(ranges: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(_within(declared, content[name])) for name, declared in ranges.items()}


def _within(declared: list[dict[str, Any]], values: Any) -> list[str]:
    return [
        _text(value)
        for value in set(values)
        if any(span["lo"] <= value <= span["hi"] for span in declared if type(span["lo"]) is type(value))
    ]


def _response_set(declared: Mapping[str, Any]) -> ResponseSet:
    kind: Literal["dichotomies", "mentions"] = "dichotomies" if declared["is_dichotomy"] else "mentions"
    counted = declared.get("counted_value")
    text = "" if counted is None else _text(counted)
    return ResponseSet(kind, tuple(declared["variable_list"]), text)

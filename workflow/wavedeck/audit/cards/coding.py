"""Columns written small: levels once, then one sign or small number per respondent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)
Coded = Mapping[str, Any]


def coded_texts(texts: Sequence[str]) -> dict[str, Any]:
    """Return texts as levels and codes, levels in the order of their first appearance.

    >>> coded_texts(["no", "yes", "no"])
    {'levels': ['no', 'yes'], 'codes': '010'}
    """
    found = pa.array(texts, pa.string()).dictionary_encode()
    return _coded(found.dictionary.to_pylist(), np.asarray(found.indices))


def coded_numbers(values: np.ndarray) -> dict[str, Any]:
    """Return numbers, shape (n,), as levels from low to high and codes; NaN becomes None, the last level.

    >>> coded_numbers(np.array([8.0, np.nan, 7.5]))
    {'levels': [7.5, 8, None], 'codes': '120'}
    """
    levels, codes = np.unique(values, return_inverse=True)
    return _coded([plain(one) for one in levels.tolist()], codes)


def plain(value: float) -> float | int | None:
    """Return a number as JSON writes it shortest: whole ones without decimals, none for NaN.

    >>> plain(8.0), plain(7.5), plain(float("nan"))
    (8, 7.5, None)
    """
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value


def _coded(levels: list[Any], codes: np.ndarray) -> dict[str, Any]:
    if len(levels) <= len(ALPHABET):
        return {"levels": levels, "codes": _SIGNS[codes].tobytes().decode("ascii")}
    return {"levels": levels, "codes": codes.tolist()}


def bits(mask: np.ndarray) -> str:
    """Return who belongs to something, shape (n,), as one sign per respondent.

    >>> bits(np.array([True, False]))
    '10'
    """
    return _SIGNS[np.asarray(mask, np.uint8)].tobytes().decode("ascii")


def mask_of(signs: str) -> np.ndarray:
    """Return who belongs to something, shape (n,), boolean; the way back from `bits`."""
    return np.frombuffer(signs.encode("ascii"), np.uint8) == ord("1")


def codes_of(column: Coded) -> np.ndarray:
    """Return the codes of a column, shape (n,)."""
    codes = column["codes"]
    if not isinstance(codes, str):
        return np.asarray(codes, np.int64)
    place = np.zeros(128, np.int64)
    place[_SIGNS] = np.arange(len(ALPHABET))
    return np.asarray(place[np.frombuffer(codes.encode("ascii"), np.uint8)])


def numbers_of(column: Coded) -> np.ndarray:
    """Return the numbers of a column, shape (n,); NaN where there is none."""
    levels = np.array([np.nan if one is None else one for one in column["levels"]], np.float64)
    return np.asarray(levels[codes_of(column)])


def texts_of(column: Coded) -> list[str]:
    """Return the texts of a column."""
    levels = column["levels"]
    return [levels[code] for code in codes_of(column)]

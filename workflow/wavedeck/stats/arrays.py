"""Names for the array types that the statistics pass around."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Labels: TypeAlias = NDArray[Any]

__all__ = ["ArrayLike", "Booleans", "Floats", "Integers", "Labels", "as_columns", "divide", "encode"]


def as_columns(values: ArrayLike, *, rows: int, what: str) -> Floats:
    """Return `values` as a float array of shape (rows, k), one column per figure."""
    from wavedeck.study.errors import StatisticsError

    array = np.asarray(values, dtype=np.float64)
    array = array[:, None] if array.ndim == 1 else array
    if array.ndim != 2 or array.shape[0] != rows:
        raise StatisticsError(
            f"{what} has shape {np.shape(values)}; expected one row for each of {rows} weights"
        )
    return array


def divide(numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """Divide, giving NaN wherever the denominator is 0."""
    top, bottom = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0)


def encode(labels: ArrayLike) -> tuple[Labels, Integers]:
    """Return the sorted distinct labels and, per row, the position of its label.

    >>> encode(["b", "a", "b"])[1].tolist()
    [1, 0, 1]
    """
    names, codes = np.unique(np.asarray(labels), return_inverse=True)
    return names, codes.reshape(-1).astype(np.int64)

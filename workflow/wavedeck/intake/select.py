"""Which respondents a condition holds for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wavedeck.study.conditions import (
    AllOf,
    AnyOf,
    Condition,
    IsAnswered,
    IsBetween,
    IsOneOf,
    NotThat,
    parse_condition,
)
from wavedeck.study.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

Mask = NDArray[np.bool_]
Responses: TypeAlias = "pa.Table | pd.DataFrame"
MISSING_MARK = "!"


def holds(condition: Condition | Mapping[str, object], responses: Responses) -> Mask:
    """Tell for which respondents a condition holds.

    Parameters
    ----------
    condition
        A condition, or the mapping it is written as.
    responses
        One row per respondent, with the columns of responses.parquet.

    Returns
    -------
    ndarray of bool, shape (respondents,)
        False where the variable has no answer or was not asked in this wave. ``not`` is the
        complement, so it holds for those who gave no answer as well.

    Raises
    ------
    ConfigError
        When ``min`` or ``max`` is asked of a variable that is not a number.

    Examples
    --------
    >>> table = pa.table({"mark": [4.0, None, 2.0], "mark!": pa.array([None, "blank", None], pa.string())})
    >>> holds({"mark": {"min": 3}}, table)
    array([ True, False, False])
    """
    parsed = parse_condition(condition) if isinstance(condition, Mapping) else condition
    return _holds(parsed, responses)


def _holds(condition: Condition, responses: Responses) -> Mask:
    match condition:
        case AllOf(parts):
            return reduce(np.logical_and, (_holds(part, responses) for part in parts))
        case AnyOf(parts):
            return reduce(np.logical_or, (_holds(part, responses) for part in parts))
        case NotThat(inner):
            return ~_holds(inner, responses)
        case IsOneOf(variable, categories):
            return _is_one_of(variable, categories, responses)
        case IsBetween(variable, low, high):
            return _is_between(variable, low, high, responses)
        case IsAnswered(variable):
            return is_answered(variable, responses)


def is_answered(variable: str, responses: Responses) -> Mask:
    """Tell which respondents answered a variable; nobody where it was not asked in this wave."""
    names = _names(responses)
    if variable + MISSING_MARK in names:
        return _mask(_column(responses, variable + MISSING_MARK).is_null())
    return _mask(_column(responses, variable).is_valid()) if variable in names else _nobody(responses)


def _is_one_of(variable: str, categories: tuple[str, ...], responses: Responses) -> Mask:
    names = _names(responses)
    if variable in names:
        return _in(_column(responses, variable), categories)
    ticks = [f"{variable}.{category}" for category in categories]
    masks = [_mask(_column(responses, tick)) for tick in ticks if tick in names]
    return reduce(np.logical_or, masks, _nobody(responses))


def _in(column: pa.ChunkedArray, categories: tuple[str, ...]) -> Mask:
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        numbers = [float(category) for category in categories if _is_number(category)]
        return _mask(pc.is_in(column.cast(pa.float64()), value_set=pa.array(numbers, pa.float64())))
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return _mask(pc.is_in(column, value_set=pa.array(categories, column.type)))


def _is_between(variable: str, low: float | None, high: float | None, responses: Responses) -> Mask:
    if variable not in _names(responses):
        return _nobody(responses)
    numbers = _numbers(variable, _column(responses, variable))
    with np.errstate(invalid="ignore"):
        above = numbers >= (-np.inf if low is None else low)
        return np.asarray(above & (numbers <= (np.inf if high is None else high)))


def _numbers(variable: str, column: pa.ChunkedArray) -> NDArray[np.float64]:
    try:
        numbers = column.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ConfigError(
            f"'{variable}' is not a number; name its categories instead of min and max"
        ) from error
    return np.asarray(numbers.to_numpy(), np.float64)


def _column(responses: Responses, name: str) -> pa.ChunkedArray:
    if isinstance(responses, pa.Table):
        return responses.column(name)
    return pa.chunked_array([pa.Array.from_pandas(responses[name])])


def _names(responses: Responses) -> frozenset[str]:
    return frozenset(responses.column_names if isinstance(responses, pa.Table) else responses.columns)


def _mask(values: pa.ChunkedArray) -> Mask:
    return np.asarray(pc.fill_null(values, False).to_numpy(), np.bool_)


def _nobody(responses: Responses) -> Mask:
    return np.zeros(len(responses), np.bool_)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

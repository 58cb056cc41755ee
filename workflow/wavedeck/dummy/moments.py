"""Dates and times of made-up answers."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.plan import names_of
from wavedeck.dummy.state import Draw
from wavedeck.study.codebook import Question

FIELDWORK = dt.timedelta(weeks=6)
AFTER_FIELDWORK = dt.timedelta(weeks=6)
FIRST_MINUTE, LAST_MINUTE = 8 * 60, 22 * 60


def dates(draw: Draw, question: Question, rows: NDArray[np.int64]) -> NDArray:
    """Return a date within the fieldwork for each respondent who answers."""
    first, last = _period(draw, question)
    days = draw.chance(question.name).integers((last - first).days + 1, size=len(rows))
    found: NDArray = np.full(draw.size, None, object)
    found[rows] = [(first + dt.timedelta(days=int(day))).isoformat() for day in days]
    return found


def _period(draw: Draw, question: Question) -> tuple[dt.date, dt.date]:
    """Return the fieldwork as planned, or else six weeks that end six weeks before the report."""
    for name in names_of(question):
        if draw.wave in draw.plan.dates.get(name, {}):
            first, last = draw.plan.dates[name][draw.wave]
            return first, last
    last = dt.date.fromisoformat(draw.study.wave(draw.wave).published) - AFTER_FIELDWORK
    return last - FIELDWORK, last


def times(draw: Draw, question: Question, rows: NDArray[np.int64]) -> NDArray:
    """Return a time of day for each respondent who answers."""
    minutes = draw.chance(question.name).integers(FIRST_MINUTE, LAST_MINUTE, size=len(rows))
    found: NDArray = np.full(draw.size, None, object)
    found[rows] = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes]
    return found

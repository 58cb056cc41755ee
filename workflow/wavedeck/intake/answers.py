"""The answers to one question, column by column, with why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wavedeck.intake.decode import MISSING_KINDS
from wavedeck.intake.select import MISSING_MARK
from wavedeck.intake.values import shortest
from wavedeck.study.codebook import MissingKind, Question

ANSWERED = -1
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """All answers to one question.

    Attributes
    ----------
    question
        The question in this wave.
    missing
        Position in `MISSING_KINDS` per respondent, -1 where answered, shape (rows,), int8.
    codes, levels
        Categories or texts: position in `levels`, shape (rows,), int32. Meaningless where missing.
    numbers
        Answers of a rating, NPS or number, shape (rows,), float64.
    ticks
        Several answers: category -> ticked, each of shape (rows,), bool.
    """

    question: Question
    missing: NDArray[np.int8]
    codes: NDArray[np.int32] | None = None
    levels: tuple[str, ...] = ()
    numbers: NDArray[np.float64] | None = None
    ticks: Mapping[str, Rows] | None = None

    @property
    def answered(self) -> Rows:
        """Tell where there is an answer."""
        return np.asarray(self.missing == ANSWERED)

    def without(self, rows: Rows, kind: MissingKind) -> Answers:
        """Return the answers with some rows set to missing."""
        return replace(self, missing=np.where(rows, MISSING_KINDS.index(kind), self.missing).astype(np.int8))

    def recoded(self, rows: Rows, to: str) -> Answers:
        """Return the answers with some rows set to one category or number."""
        missing = np.where(rows, ANSWERED, self.missing).astype(np.int8)
        if self.numbers is not None:
            return replace(self, missing=missing, numbers=np.where(rows, float(to), self.numbers))
        if self.ticks is not None:
            ticks = {name: np.where(rows, name == to, ticked) for name, ticked in self.ticks.items()}
            return replace(self, missing=missing, ticks=ticks)
        levels = self.levels if to in self.levels else (*self.levels, to)
        assert self.codes is not None
        codes = np.where(rows, levels.index(to), self.codes).astype(np.int32)
        return replace(self, missing=missing, codes=codes, levels=levels)

    def taken(self, rows: Rows) -> Answers:
        """Return the answers of some respondents."""
        return replace(
            self,
            missing=self.missing[rows],
            codes=None if self.codes is None else self.codes[rows],
            numbers=None if self.numbers is None else self.numbers[rows],
            ticks=None if self.ticks is None else {name: ticked[rows] for name, ticked in self.ticks.items()},
        )

    def texts(self, positions: NDArray[np.int64]) -> list[str]:
        """Return the answers of some respondents, given by position, as text; ``!kind`` where missing."""
        kinds = np.array([*(MISSING_MARK + kind for kind in MISSING_KINDS), ""], object)
        missing = self.missing[positions]
        found = np.where(missing == ANSWERED, self._words(positions), kinds[missing])
        return [str(text) for text in found]

    def _words(self, positions: NDArray[np.int64]) -> NDArray[np.object_]:
        if self.numbers is not None:
            distinct, codes = np.unique(self.numbers[positions], return_inverse=True)
            return np.array([_number_text(number) for number in distinct], object)[codes]
        if self.ticks is not None:
            names = np.array(list(self.ticks), object)
            rows = np.column_stack([ticked[positions] for ticked in self.ticks.values()])
            patterns, codes = np.unique(rows, axis=0, return_inverse=True)
            return np.array(["+".join(names[pattern]) for pattern in patterns], object)[codes]
        return np.array([*self.levels, ""], object)[self.codes[positions]]  # type: ignore[index]

    def columns(self) -> dict[str, pa.Array]:
        """Return the columns of responses.parquet for this question."""
        empty, name = ~self.answered, self.question.name
        if self.numbers is not None:
            columns = {name: pa.array(self.numbers, mask=empty)}
        elif self.ticks is not None:
            columns = {f"{name}.{key}": pa.array(ticked, mask=empty) for key, ticked in self.ticks.items()}
        else:
            columns = {name: _from_levels(self.codes, self.levels, empty).cast(pa.string())}
        return columns | {name + MISSING_MARK: _from_levels(self.missing, MISSING_KINDS, ~empty)}


def _from_levels(codes: NDArray | None, levels: tuple[str, ...], empty: Rows) -> pa.DictionaryArray:
    indices = pa.array(codes, pa.int32(), mask=empty)
    return pa.DictionaryArray.from_arrays(indices, pa.array(levels, pa.string()))


def table_of(first: Mapping[str, pa.Array], answers: Iterable[Answers]) -> pa.Table:
    """Return first columns and the answers to several questions as one table."""
    columns = dict(first)
    for answer in answers:
        columns |= answer.columns()
    return pa.table(columns)


def _number_text(number: float) -> str:
    return "" if np.isnan(number) else shortest(float(number))

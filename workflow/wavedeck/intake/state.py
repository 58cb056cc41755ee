"""The data while they are being cleaned, and the record of what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wavedeck.intake.answers import Answers, Rows
from wavedeck.intake.raw import RawTable
from wavedeck.study.codebook import MissingKind, Question
from wavedeck.study.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Change:
    """The same thing done to some rows.

    Attributes
    ----------
    positions
        Positions of the rows, shape (n,), int64.
    variable, column
        Question and raw column (joined by ``+`` when several) concerned.
    raws, results
        Raw text before and answer after, one per row.
    rule, reason
        Name of the declared rule, and why.
    """

    positions: NDArray[np.int64]
    variable: str
    column: str
    raws: list[str]
    results: list[str]
    rule: str
    reason: str


@dataclass
class State:
    """Answers, dropped rows, changes and findings so far.

    Attributes
    ----------
    answers
        Answers by name of the question.
    dropped
        Rule that dropped a row, empty where kept, shape (rows,), object.
    """

    raw: RawTable
    answers: dict[str, Answers]
    dropped: NDArray[np.object_]
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def kept(self) -> Rows:
        """Tell which rows are kept."""
        return np.asarray(self.dropped == "", np.bool_)

    def set_missing(self, name: str, rows: Rows, kind: MissingKind, *, rule: str, reason: str) -> None:
        """Set some answers to missing and record it."""
        self._replace(name, rows, self.answers[name].without(rows, kind), rule=rule, reason=reason)

    def recode(self, name: str, rows: Rows, to: str, *, rule: str, reason: str) -> None:
        """Set some answers to one category or number and record it."""
        self._replace(name, rows, self.answers[name].recoded(rows, to), rule=rule, reason=reason)

    def drop(self, rows: Rows, *, rule: str, reason: str) -> None:
        """Drop some rows that are still kept and record it."""
        positions = np.flatnonzero(rows & self.kept)
        self.dropped[positions] = rule
        blank = [""] * len(positions)
        self._record(positions, ("", ""), (blank, blank), (rule, reason))

    def note(
        self, positions: NDArray[np.int64], question: Question, column: str, rule: str, reason: str
    ) -> None:
        """Record what harmonising already did to some rows."""
        positions = positions[self.kept[positions]]
        raws = self.raw.columns[column].texts(positions)
        values = self.answers[question.name].texts(positions)
        self._record(positions, (question.name, column), (raws, values), (rule, reason))

    def _replace(self, name: str, rows: Rows, after: Answers, *, rule: str, reason: str) -> None:
        before, candidates = self.answers[name], np.flatnonzero(rows & self.kept)
        pairs = zip(before.texts(candidates), after.texts(candidates), strict=True)
        positions = candidates[np.fromiter((old != new for old, new in pairs), np.bool_, len(candidates))]
        columns = before.question.raw_columns
        texts = [self.raw.columns[column].texts(positions) for column in columns]
        raws = ["+".join(row) for row in zip(*texts, strict=True)]
        self.answers[name] = after
        self._record(positions, (name, "+".join(columns)), (raws, after.texts(positions)), (rule, reason))

    def _record(
        self,
        positions: NDArray[np.int64],
        place: tuple[str, str],
        texts: tuple[list[str], list[str]],
        why: tuple[str, str],
    ) -> None:
        if len(positions) == 0:
            return
        self.changes.append(
            Change(
                positions=positions,
                variable=place[0],
                column=place[1],
                raws=texts[0],
                results=texts[1],
                rule=why[0],
                reason=why[1],
            )
        )

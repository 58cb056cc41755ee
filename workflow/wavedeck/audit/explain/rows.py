"""Which respondents were added, removed or changed between two builds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.explain.inputs import respondent_keys
from wavedeck.audit.trace.place import REASON, belongs

OWN = ("_file", "_row", "_id")


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer that differs: the variable as the responses call it, in A and in B."""

    variable: str
    old: str
    now: str


@dataclass(frozen=True)
class ChangedRow:
    """One respondent who differs.

    Attributes
    ----------
    what
        added, removed or changed.
    row
        Row in the raw file of B; of A for who was removed.
    respondent
        Id.
    answers
        What differs, for who changed.
    """

    what: str
    row: int
    respondent: str
    answers: tuple[ChangedAnswer, ...] = ()


@dataclass(frozen=True, eq=False)
class RowChanges:
    """Respondents of A against those of B, both read by the same definitions.

    Attributes
    ----------
    old, now
        Responses in A and in B.
    removed, added
        Positions in A of who is not in B, and in B of who is not in A.
    both
        Positions in A and in B of who is in both, shape (n,) each.
    differing
        Column -> who of both has another answer there, shape (n,).
    touched
        How many of both differ in an answer that is asked about.
    """

    old: pa.Table
    now: pa.Table
    removed: np.ndarray
    added: np.ndarray
    both: tuple[np.ndarray, np.ndarray]
    differing: Mapping[str, np.ndarray]
    touched: int = 0

    @cached_property
    def changed(self) -> np.ndarray:
        """Return which of both differ in any answer, as positions in `both`."""
        return np.flatnonzero(_any(self.differing.values(), len(self.both[0])))

    @property
    def counts(self) -> dict[str, int]:
        """Return how many respondents were added, removed and changed."""
        return {"added": len(self.added), "removed": len(self.removed), "changed": len(self.changed)}

    @property
    def line(self) -> str:
        """Return the counts in words."""
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"{self.old.num_rows} respondents became {self.now.num_rows}: {counts}"

    def rows(self, shown: int | None = None) -> list[ChangedRow]:
        """Return the respondents who differ: removed, added, changed.

        Parameters
        ----------
        shown
            How many; all when None.
        """
        left = sum(self.counts.values()) if shown is None else shown
        removed, added = self.removed[:left], self.added[: max(left - len(self.removed), 0)]
        changed = self.changed[: max(left - len(removed) - len(added), 0)]
        return [
            *_listed("removed", self.old, removed),
            *_listed("added", self.now, added),
            *self._changed(changed),
        ]

    def _changed(self, places: np.ndarray) -> list[ChangedRow]:
        answers: list[list[ChangedAnswer]] = [[] for _ in places]
        pairs = zip((self.old, self.now), self.both, strict=True)
        sides = [table.take(pa.array(at[places])) for table, at in pairs]
        for name in dict.fromkeys(one.removesuffix(REASON) for one in self.differing):
            before, after = (_texts(side, name) for side in sides)
            for number in (one for one in range(len(places)) if before[one] != after[one]):
                answers[number].append(ChangedAnswer(name, before[number], after[number]))
        plain = _listed("changed", self.now, self.both[1][places])
        return [replace(one, answers=tuple(own)) for one, own in zip(plain, answers, strict=True)]


def compare_rows(old: pa.Table, now: pa.Table, variables: Iterable[str] = ()) -> RowChanges:
    """Hold respondents of two builds against each other, by their ids.

    Parameters
    ----------
    old, now
        Responses, with the columns of responses.parquet.
    variables
        Variables of which it is counted how many respondents changed in them.
    """
    first, second = respondent_keys(old), respondent_keys(now)
    at = first.get_indexer(second)
    both = (at[at >= 0], np.flatnonzero(at >= 0))
    sides = (table.take(pa.array(own)) for table, own in zip((old, now), both, strict=True))
    differing = {} if old is now else _differing(*sides)
    wanted = set(variables)
    touched = [mask for name, mask in differing.items() if any(_holds(name, one) for one in wanted)]
    return RowChanges(
        old=old,
        now=now,
        removed=np.flatnonzero(second.get_indexer(first) < 0),
        added=np.flatnonzero(at < 0),
        both=both,
        differing=differing,
        touched=int(_any(touched, len(both[0])).sum()),
    )


def _holds(column: str, variable: str) -> bool:
    return belongs(column, variable) or column.startswith(f"{variable}@")


def _any(masks: Iterable[np.ndarray], length: int) -> np.ndarray:
    return np.logical_or.reduce([np.zeros(length, np.bool_), *masks])


def _differing(old: pa.Table, now: pa.Table) -> dict[str, np.ndarray]:
    """Return column -> who has another answer there, for columns in which somebody has."""
    found = {}
    for name in now.column_names:
        if name not in OWN:
            mask = _differs(old, now, name)
            if mask.any():
                found[name] = mask
    return found


def _differs(old: pa.Table, now: pa.Table, name: str) -> np.ndarray:
    if name not in old.column_names:
        return np.asarray(now[name].is_valid().to_numpy(zero_copy_only=False), np.bool_)
    if old[name].equals(now[name]):
        return np.zeros(now.num_rows, np.bool_)
    texts = [table[name].cast(pa.string()).fill_null("") for table in (old, now)]
    return np.asarray(pc.not_equal(*texts).to_numpy(), np.bool_)


def _listed(what: str, table: pa.Table, places: np.ndarray) -> list[ChangedRow]:
    own = table.select(["_row", "_id"]).take(pa.array(places, pa.int64()))
    pairs = zip(own["_row"].to_pylist(), own["_id"].to_pylist(), strict=True)
    return [ChangedRow(what, int(row), str(respondent)) for row, respondent in pairs]


def _texts(table: pa.Table, name: str) -> list[str]:
    """Return answers as text; why there is none in brackets."""
    if name not in table.column_names:
        return ["(not there)"] * table.num_rows
    answers = table[name].cast(pa.string()).to_pylist()
    reason = f"{name}{REASON}"
    reasons = table[reason].cast(pa.string()).to_pylist() if reason in table.column_names else answers
    pairs = zip(answers, reasons, strict=True)
    return [f"({why or 'no answer'})" if one is None else one for one, why in pairs]

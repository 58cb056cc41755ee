"""Which respondents were added, removed or changed between two builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.explain.inputs import respondent_keys
from wavedeck.audit.trace.place import belongs

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


@dataclass(frozen=True)
class RowChanges:
    """Respondents of A against those of B, both read by the same definitions.

    Attributes
    ----------
    old, now
        How many respondents there are.
    rows
        Those who differ: removed, added, changed.
    touched
        How many of those who changed differ in an answer that is asked about.
    """

    old: int
    now: int
    rows: tuple[ChangedRow, ...]
    touched: int = 0

    def count(self, what: str) -> int:
        """Return how many were added, removed or changed."""
        return sum(one.what == what for one in self.rows)

    @property
    def line(self) -> str:
        """Return the counts in words."""
        counts = ", ".join(f"{self.count(what)} {what}" for what in ("added", "removed", "changed"))
        return f"{self.old} respondents became {self.now}: {counts}"


def compare_rows(old: pa.Table, now: pa.Table, variables: Iterable[str] = ()) -> RowChanges:
    """Hold respondents of two builds against each other, by their ids.

    Parameters
    ----------
    old, now
        Responses, with the columns of responses.parquet.
    variables
        Variables of which it is counted how many respondents changed in them.
    """
    if old is now:
        return RowChanges(old.num_rows, now.num_rows, ())
    keys = [respondent_keys(table) for table in (old, now)]
    known = [{key: place for place, key in enumerate(own)} for own in keys]
    removed = [place for place, key in enumerate(keys[0]) if key not in known[1]]
    added = [place for place, key in enumerate(keys[1]) if key not in known[0]]
    shared = [key for key in keys[1] if key in known[0]]
    before, after = (
        table.take(pa.array([own[key] for key in shared], pa.int64()))
        for table, own in zip((old, now), known, strict=True)
    )
    differing = _differing(before, after)
    wanted = set(variables)
    touched = [mask for name, mask in differing.items() if any(_holds(name, one) for one in wanted)]
    rows = (
        *_listed("removed", old, removed),
        *_listed("added", now, added),
        *_changed(before, after, differing),
    )
    return RowChanges(old.num_rows, now.num_rows, rows, _any(touched, len(shared)))


def _holds(column: str, variable: str) -> bool:
    return belongs(column, variable) or column.startswith(f"{variable}@")


def _any(masks: Sequence[np.ndarray], length: int) -> int:
    return int(np.logical_or.reduce([np.zeros(length, np.bool_), *masks]).sum())


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


def _listed(what: str, table: pa.Table, places: Sequence[int]) -> list[ChangedRow]:
    own = table.select(["_row", "_id"]).take(pa.array(places, pa.int64()))
    pairs = zip(own["_row"].to_pylist(), own["_id"].to_pylist(), strict=True)
    return [ChangedRow(what, int(row), str(respondent)) for row, respondent in pairs]


def _changed(old: pa.Table, now: pa.Table, differing: dict[str, np.ndarray]) -> list[ChangedRow]:
    if not differing:
        return []
    places = np.flatnonzero(np.logical_or.reduce(list(differing.values())))
    texts = {
        name: [_texts(table, name, places) for table in (old, now)] for name in differing if "!" not in name
    }
    answers: list[list[ChangedAnswer]] = [[] for _ in places]
    for name, (before, after) in texts.items():
        for number in np.flatnonzero(differing[name][places]):
            answers[number].append(ChangedAnswer(name, before[number], after[number]))
    plain = _listed("changed", now, places.tolist())
    return [
        ChangedRow("changed", one.row, one.respondent, tuple(own))
        for one, own in zip(plain, answers, strict=True)
    ]


def _texts(table: pa.Table, name: str, places: np.ndarray) -> list[str]:
    """Return answers as text; why there is none in brackets."""
    own = table.take(pa.array(places))
    if name not in own.column_names:
        return ["(not there)"] * len(places)
    answers = own[name].cast(pa.string()).to_pylist()
    reasons = own[f"{name}!"].cast(pa.string()).to_pylist() if f"{name}!" in own.column_names else answers
    return [
        f"({why or 'no answer'})" if one is None else one for one, why in zip(answers, reasons, strict=True)
    ]

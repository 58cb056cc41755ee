"""One figure whose value differs between two builds: what exactly is behind each cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from wavedeck.audit.explain.behind import answers_behind, weights_behind
from wavedeck.audit.explain.build import Build
from wavedeck.audit.explain.changes import Change, Comparison
from wavedeck.audit.explain.declared import Difference, definition_differences, weight_differences
from wavedeck.audit.explain.inputs import Unit, file_digests
from wavedeck.audit.explain.mixed import Mix
from wavedeck.audit.explain.rows import ChangedRow, RowChanges, compare_rows
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.place import WaveData
from wavedeck.audit.trace.raw import raw_file
from wavedeck.audit.trace.rows import pseudonym
from wavedeck.study.errors import WavedeckError, did_you_mean


@dataclass(frozen=True)
class CellWeights:
    """The weights of one cell in A and in B: respondents, and the mean of their weights."""

    cell: str
    old_rows: int
    old_weight: float
    now_rows: int
    now_weight: float


@dataclass(frozen=True)
class Detail:
    """Everything about the change of one figure.

    Attributes
    ----------
    change
        The figure and its parts.
    files
        Raw and coding files that differ: name, checksum in A and in B, empty where it is missing.
    rows
        Respondents who differ; None where the rows of B do not fit the definitions of A.
    weighted_rows
        How many respondents changed in an answer that weights rest on.
    definition, weighting
        Lines of the study that differ.
    cells
        Weights then and now, where they differ.
    failed
        Steps that could not be taken, and why.
    """

    change: Change
    files: tuple[tuple[str, str, str], ...]
    rows: RowChanges | None
    weighted_rows: int
    definition: tuple[Difference, ...]
    weighting: tuple[Difference, ...]
    cells: tuple[CellWeights, ...]
    failed: tuple[tuple[str, str], ...]


def explain_change(found: Comparison, address: str) -> Detail:
    """Return what is behind the change of one figure.

    Parameters
    ----------
    found
        The two builds.
    address
        Address in B, or in A where it was another one.

    Raises
    ------
    AuditError
        When neither build has the figure; the message names the closest address.
    """
    change = change_of(found, address)
    unit = (change.now.part, change.now.wave)
    first, second = found.first, found.second
    rows = rows_between(found, unit, answers_behind(second.study, change.now))
    of_weights = rows_between(found, unit, weights_behind(first.study, unit[0]))
    return Detail(
        change=change,
        files=tuple(changed_files(first, second, unit)),
        rows=rows,
        weighted_rows=of_weights.touched if of_weights else 0,
        definition=tuple(definition_differences(first.study, second.study, change.old, change.now)),
        weighting=tuple(weight_differences(first.study, second.study, unit[0])),
        cells=tuple(_cells(found, unit)),
        failed=tuple((step, why) for (step, own), why in found.failed.items() if own == unit),
    )


def change_of(found: Comparison, address: str) -> Change:
    """Return the change of a figure; one without parts where nothing differs."""
    for one in found.changes:
        if address in (one.address, one.before):
            return one
    known = {b: a for a, b in found.pairs.both} | {a: a for a, b in found.pairs.both if a != b}
    if address not in known:
        _refuse(found, address, list(known))
    before = known[address]
    now = next(b for a, b in found.pairs.both if a == before)
    return Change(now, before, found.old[before], found.now[now])


def _refuse(found: Comparison, address: str, known: Sequence[str]) -> None:
    for names, build in ((found.pairs.gone, found.first), (found.pairs.new, found.second)):
        if address in names:
            raise AuditError(f"only {build.label} has '{address}'; there is nothing to hold it against")
    alike = [one for one in known if one.rpartition("/")[0] == address.rpartition("/")[0]]
    raise AuditError(f"neither build has a figure '{address}'{did_you_mean(address, alike or known)}")


def changed_files(first: Build, second: Build, unit: Unit) -> list[tuple[str, str, str]]:
    """Return raw and coding files whose bytes differ, with both checksums."""
    old, now = file_digests(first, unit), file_digests(second, unit)
    names = dict.fromkeys([*now, *old])
    every = [(name, old.get(name, ""), now.get(name, "")) for name in names]
    return [one for one in every if one[1] != one[2]]


def rows_between(found: Comparison, unit: Unit, variables: Iterable[str] = ()) -> RowChanges | None:
    """Return who differs, read by the definitions of A or else of B; None where neither reads both."""
    if "records" not in found.kinds.get(unit, frozenset()):
        return None
    for build in (found.first, found.second):
        try:
            old, now = (
                found.workshop.responses(Mix(records, records, build), unit)
                for records in (found.first, found.second)
            )
        except WavedeckError:
            continue
        return compare_rows(old, now, variables)
    return None


def _cells(found: Comparison, unit: Unit) -> list[CellWeights]:
    """Return the weights of each cell in A and in B, by the inputs of each."""
    if not found.kinds.get(unit, frozenset()):
        return []
    try:
        tables = [
            found.workshop.weights(Mix(build, build, build), unit) for build in (found.first, found.second)
        ]
    except WavedeckError:
        return []
    old, now = (_by_cell(table) for table in tables)
    every = [
        CellWeights(cell, *old.get(cell, (0, 0.0)), *now.get(cell, (0, 0.0))) for cell in sorted({*old, *now})
    ]
    return [one for one in every if (one.old_rows, one.old_weight) != (one.now_rows, one.now_weight)]


def _by_cell(weights: pa.Table) -> dict[str, tuple[int, float]]:
    cells = weights["cell"].combine_chunks().dictionary_encode()
    names, codes = cells.dictionary.to_pylist(), cells.indices.to_numpy(zero_copy_only=False)
    counts = np.bincount(codes, minlength=len(names))
    sums = np.bincount(codes, weights["weight"].to_numpy(), minlength=len(names))
    return {
        name: (int(count), float(total / count))
        for name, count, total in zip(names, counts, sums, strict=True)
    }


def respondents_of(found: Comparison, detail: Detail, shown: int | None) -> list[ChangedRow]:
    """Return the first respondents who differ, under pseudonyms, as traces of either build name them.

    Parameters
    ----------
    shown
        How many; all when None.
    """
    rows = detail.rows.rows(shown) if detail.rows else []
    figure = detail.change.now
    removed, others = (
        raw_file(WaveData(build.study, build.folder, figure.part, figure.wave))
        for build in (found.first, found.second)
    )
    return [
        replace(one, respondent=pseudonym(one.respondent, removed if one.what == "removed" else others))
        for one in rows
    ]

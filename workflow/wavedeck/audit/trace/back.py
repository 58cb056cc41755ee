"""From a raw row to every figure and slide that the respondent is part of."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.logs import Change, Disposition, changes_of, disposition_of
from wavedeck.audit.trace.place import Place, WaveData
from wavedeck.audit.trace.respondent import Part, Respondent
from wavedeck.audit.trace.rests import Sources
from wavedeck.study.errors import did_you_mean


@dataclass(frozen=True, kw_only=True)
class RowTrace:
    """What became of a raw row.

    Attributes
    ----------
    file, row
        The raw row.
    part, wave
        Of which population and round.
    disposition
        Kept, or dropped and by which rule.
    changes
        What cleaning changed in it.
    weight, cell
        Its weight, None when dropped.
    weighting_columns
        Raw columns that weights rest on: another answer there moves every weighted figure.
    figures
        Every figure that it is part of, those on slides first.
    """

    file: str
    row: int
    part: str
    wave: str
    disposition: Disposition
    changes: tuple[Change, ...]
    weight: float | None
    cell: str
    weighting_columns: tuple[str, ...]
    figures: tuple[Part, ...]


def wave_of_file(name: str, place: Place) -> WaveData:
    """Return the wave and part whose raw file has a name.

    Raises
    ------
    AuditError
        When no part and wave has it.
    """
    known = {
        place.study.raw_file(part, wave): (part, wave)
        for wave in place.study.wave_names
        for part in place.study.parts_in(wave)
    }
    wanted = name.replace("\\", "/").removeprefix("./")
    found = [one for file, one in known.items() if file == wanted or wanted.endswith(f"/{file}")]
    found = found or [one for file, one in known.items() if file.endswith(f"/{wanted}")]
    if len(found) != 1:
        many = f"'{name}' may be several files" if found else f"'{name}' is no raw file of this study"
        raise AuditError(f"{many}{did_you_mean(name, known, then='its raw files: ' + ', '.join(known))}")
    return place.wave(*found[0])


def trace_row(place: Place, file: str, row: int, *, column: str = "") -> RowTrace:
    """Follow a raw row to every figure that it is part of.

    Parameters
    ----------
    place
        The report whose store is looked at.
    file, row
        Raw file, and line (CSV, Excel) or case (SPSS).
    column
        Limits figures to those that rest on this raw column.

    Raises
    ------
    AuditError
        When there is no such file, row or column.
    """
    data = wave_of_file(file, place)
    what = disposition_of(data, row)
    if what is None:
        raise AuditError(f"{data.raw_name}: there is no respondent in row {row}")
    every = Respondent(place, data, row) if what.disposition == "kept" else None
    sources = Sources(data)
    if column:
        _require_column(column, sources)
    weighing = sources.of_weights()
    return RowTrace(
        file=data.raw_name,
        row=row,
        part=data.part,
        wave=data.name,
        disposition=what,
        changes=tuple(changes_of(data, [row])),
        weight=every.weight if every else None,
        cell=every.cell if every else "",
        weighting_columns=tuple(sorted(weighing)),
        figures=tuple(sorted(every.parts(sources, column), key=_unprinted)) if every else (),
    )


def _unprinted(part: Part) -> bool:
    return not part.slides


def _require_column(column: str, sources: Sources) -> None:
    known = {one for question in sources.questions.values() for one in question.raw_columns}
    if column not in known:
        raise AuditError(f"no question rests on a raw column '{column}'{did_you_mean(column, known)}")

"""Restatements: figures of earlier waves that differ from what was delivered then."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from io import StringIO
from pathlib import Path

from wavedeck.audit.explain.delivered import DELIVERED, LEDGER, deliveries
from wavedeck.audit.ledger import AuditError, read_ledger
from wavedeck.figures.digits import as_printed
from wavedeck.figures.export import COLUMNS, printed_figure
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore, read_store
from wavedeck.intake.write import write_text
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

FIGURES, COMPARISONS = "figures.parquet", "comparisons.parquet"
PROCESSED = Path("data") / "processed"
CLOSE = 1e-9
KINDS = {
    "printed": "another printed value",
    "hidden": "printed then, may not be printed now",
    "appeared": "not printed then, printed now",
    "gone": "delivered then, no longer made",
    "mark": "the same printed value, another mark of its change",
    "base": "the same printed value, another base",
    "digits": "the same printed value, other digits behind it",
}
IN_PRINT = ("printed", "hidden", "appeared", "gone")


@dataclass(frozen=True)
class Restatement:
    """One figure of an earlier wave, as delivered and as it is now.

    What may not be published now has no values, also not those of then.

    Attributes
    ----------
    address
        The figure.
    delivered
        Wave of the report that delivered it last.
    kind
        What differs: a key of `KINDS`.
    slides_then
        Slides of that report that printed it.
    printed_then, printed_now, base_then, base_now, mark_then, mark_now
        As delivered and now.
    value_then, value_now
        Unrounded.
    """

    address: str
    delivered: str
    kind: str
    slides_then: str = ""
    printed_then: str = ""
    printed_now: str = ""
    base_then: str = ""
    base_now: str = ""
    mark_then: str = ""
    mark_now: str = ""
    value_then: str = ""
    value_now: str = ""


@dataclass(frozen=True)
class Restatements:
    """All restatements of one report.

    Attributes
    ----------
    study, wave
        The report.
    deliveries
        Wave of an earlier report -> folder of what was delivered.
    entries
        In the order in which figures were delivered.
    """

    study: str
    wave: str
    deliveries: Mapping[str, str]
    entries: tuple[Restatement, ...]

    @property
    def in_print(self) -> tuple[Restatement, ...]:
        """Return those of which a reader sees another value, or none, or one for the first time."""
        return tuple(one for one in self.entries if one.kind in IN_PRINT)

    @property
    def note(self) -> str:
        """Return one line for the screen, empty where nothing was delivered earlier."""
        if not self.deliveries:
            return ""
        count = len(self.in_print)
        on_slides = sum(bool(one.slides_then) for one in self.in_print)
        which = (
            f"{count} printed figures of earlier waves differ"
            if count != 1
            else ("1 printed figure of earlier waves differs")
        )
        more = (
            f", {on_slides} of them on slides then; wavedeck explain --restated {self.study}" if count else ""
        )
        return f"{self.study} {self.wave}: {which} from what was delivered{more}"


def find_restatements(study: Study, root: Path, wave: str) -> Restatements:
    """Hold the publishable figures of a built report against what earlier reports delivered.

    Parameters
    ----------
    study
        The study.
    root
        Folder that holds data/.
    wave
        Report whose figures are looked at.

    Raises
    ------
    AuditError
        When the report is not built, or a delivered file cannot be read.
    """
    folder = root / PROCESSED / study.name / wave
    if not all((folder / name).is_file() for name in (FIGURES, COMPARISONS)):
        raise AuditError(f"the report of {study.name} {wave} is not built; run: wavedeck build {study.name}")
    store = read_store(folder / FIGURES, folder / COMPARISONS)
    language = study.settings.languages[0]
    found = deliveries(root, study, wave)
    return hold(store, found, study=study.name, wave=wave, language=language, root=root)


def hold(
    store: FigureStore,
    delivered: Mapping[str, str],
    *,
    study: str,
    wave: str,
    language: str,
    root: Path = Path(),
) -> Restatements:
    """Hold a publishable store against what earlier reports delivered.

    A figure is compared with the latest earlier report that has it, in its newest version.

    Parameters
    ----------
    store
        The publishable store of a report.
    delivered
        Wave of an earlier report -> its folder, oldest first, as `deliveries` gives them.
    study, wave, language
        Name, wave and main language of the report.
    root
        Folder that folders are named from.
    """
    folders = {one: root / folder for one, folder in delivered.items()}
    latest = {row["address"]: (name, row) for name, path in folders.items() for row in _rows(path, wave)}
    slides = {name: _slides(path) for name, path in folders.items()}
    found = (
        _held(store, row, name, slides[name].get(address, ""), language)
        for address, (name, row) in latest.items()
    )
    entries = tuple(one for one in found if one is not None)
    return Restatements(study=study, wave=wave, deliveries=dict(delivered), entries=entries)


def _rows(folder: Path, wave: str) -> Iterator[dict[str, str]]:
    path = folder / DELIVERED
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if lacking:
            raise AuditError(f"{shown(path)}: this delivered file has no column {', '.join(lacking)}")
        yield from (row for row in reader if row["wave"] != wave)


def _slides(folder: Path) -> dict[str, str]:
    """Return address -> slides on which a delivered deck printed it."""
    path = folder / LEDGER
    found: dict[str, dict[str, None]] = {}
    for one in read_ledger(path) if path.is_file() else ():
        if one.on_slide and one.field == "estimate":
            found.setdefault(one.address, {})[one.slide] = None
    return {address: ", ".join(slides) for address, slides in found.items()}


def _held(
    store: FigureStore, row: Mapping[str, str], delivered: str, slides: str, language: str
) -> Restatement | None:
    """Return what differs about one delivered figure; None where nothing does."""
    address = row["address"]
    figure = store.figures.get(address)
    printed = row["printed"]
    if figure is None or not figure.is_shown:
        kind = "gone" if figure is None else "hidden"
        return Restatement(address, delivered, kind, slides) if printed else None
    now = _now(store, figure, language)
    then = {"printed": printed, "base": row["base"], "mark": row["change_mark"], "value": row["estimate"]}
    kind = _kind(then, now)
    if not kind:
        return None
    sides = {
        f"{name}_{side}": _whole(name, own[name])
        for name in then
        for side, own in (("then", then), ("now", now))
    }
    return Restatement(address, delivered, kind, slides, **sides)


def _now(store: FigureStore, figure: Figure, language: str) -> dict[str, str]:
    test = store.comparison(figure.address, "previous")
    values = {
        name: "" if one is None else repr(float(one))
        for name, one in (("base", figure.base), ("value", figure.estimate))
    }
    rounded = repr(as_printed(figure).estimate) if figure.estimate is not None else ""
    return {
        **values,
        "rounded": rounded,
        "printed": printed_figure(figure, language),
        "mark": test.mark if test else "",
    }


def _kind(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    if then["printed"] != now["printed"]:
        return "printed" if then["printed"] else "appeared"
    if then["mark"] != now["mark"]:
        return "mark"
    if not _equal(then["base"], now["base"]):
        return "base"
    same = _equal(then["value"], now["value"]) or _equal(then["value"], now["rounded"])
    return "" if same else "digits"


def _equal(one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    return abs(float(one) - float(other)) <= CLOSE * max(1.0, abs(float(one)))


def _whole(name: str, value: str) -> str:
    return value.removesuffix(".0") if name in ("base", "value") else value


def restatement_rows(entries: Iterable[Restatement]) -> str:
    """Return restatements as CSV text, one line per figure."""
    text = StringIO()
    writer = csv.DictWriter(text, [one.name for one in fields(Restatement)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(one) for one in entries)
    return text.getvalue()


def write_restatements(found: Restatements, path: Path) -> None:
    """Write restatements.csv, the same bytes for the same restatements."""
    write_text(restatement_rows(found.entries), path)

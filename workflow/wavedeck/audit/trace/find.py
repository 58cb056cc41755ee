"""What a person points at: an address, a slide, an element on it, or a printed number."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.ledger import AuditError, Print, read_ledger
from wavedeck.audit.trace.decks import own_ledger
from wavedeck.audit.trace.place import PROCESSED, STORE, Place
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

REPORTS = Path("reports")
_DECK = re.compile(r"^(?P<deck>.+\.(?:pptx|pdf))(?:#(?P<slide>[^:]*)(?::(?P<element>.+))?)?$")
_LEDGER = re.compile(r"^ledger(?:\.(?P<language>[a-z]{2}))?\.csv$")


@dataclass(frozen=True)
class Pointer:
    """A place in a deck.

    Attributes
    ----------
    deck
        The file.
    slide, element
        Number of the slide and name of the element in the ledger; empty for all.
    """

    deck: Path
    slide: str = ""
    element: str = ""

    @property
    def ledger(self) -> Path:
        """Return the ledger that belongs to the deck: ``ledger.en.csv`` beside ``deck.en.pptx``."""
        return self.deck.with_name(f"ledger{self.deck.stem.removeprefix('deck')}.csv")


def parse_pointer(text: str) -> Pointer | None:
    """Read ``deck.pptx#8:body/p1``; None when the text names no deck.

    >>> parse_pointer("deck.pptx#8:body/p1").slide
    '8'
    """
    match = _DECK.match(text)
    if match is None:
        return None
    return Pointer(Path(match["deck"]), match["slide"] or "", match["element"] or "")


def study_of_deck(deck: Path) -> tuple[str, str]:
    """Return study and wave of a deck by where it stands, empty where it stands elsewhere."""
    parts = deck.resolve().parent.parts
    if parts[-1:] == ("draft",):
        parts = parts[:-1]
    if len(parts) >= 3 and parts[-3] in (REPORTS.name, PROCESSED.name):
        return parts[-2], parts[-1]
    return "", ""


def built_waves(study: Study, folder: Path) -> list[str]:
    """Return the waves whose store is built, oldest first."""
    stores = folder / PROCESSED / study.name
    return [wave for wave in study.wave_names if (stores / wave / STORE).is_file()]


def newest_place(study: Study, folder: Path, wave: str = "") -> Place:
    """Return the report of a wave; the newest that is built when left out.

    Raises
    ------
    AuditError
        When the wave does not exist or is not built.
    """
    built = built_waves(study, folder)
    if wave and wave not in study.wave_names:
        raise AuditError(
            f"study '{study.name}' has no wave '{wave}'"
            f"{did_you_mean(wave, study.wave_names, then='its waves are ' + ', '.join(study.wave_names))}"
        )
    if not built or (wave and wave not in built):
        raise AuditError(
            f"the report of {study.name} {wave or study.wave_names[-1]} is not built; "
            f"run: wavedeck build {study.name}"
        )
    return Place(study, folder, wave or built[-1])


def prints_at(pointer: Pointer) -> tuple[Print, ...]:
    """Return what a deck prints at a place.

    Raises
    ------
    AuditError
        When there is no such slide or element, or no number there; naming what there is.
    """
    ledger = ledger_of(pointer)
    if not pointer.slide:
        return ledger
    here = [one for one in ledger if one.slide == pointer.slide]
    if not here:
        known = list(dict.fromkeys(one.slide for one in ledger))
        raise AuditError(
            f"{shown(pointer.deck)}: no number of the ledger stands on slide '{pointer.slide}'; "
            f"there are numbers on {ranges(known)}"
        )
    if not pointer.element:
        return tuple(here)
    found = [one for one in here if one.element == pointer.element]
    found = found or [one for one in here if one.element.startswith(f"{pointer.element}/")]
    if not found:
        known = list(dict.fromkeys(one.element for one in here))
        raise AuditError(
            f"{shown(pointer.deck)}: slide {pointer.slide} has no number in '{pointer.element}'"
            f"{did_you_mean(pointer.element, known, then='it has them in ' + ', '.join(known[:12]))}"
        )
    return tuple(found)


def ledger_of(pointer: Pointer) -> tuple[Print, ...]:
    """Return what a deck prints: the whole ledger beside it, or its own where that is not about this file.

    Raises
    ------
    AuditError
        When it has none beside it and carries none.
    """
    own = own_ledger(pointer.deck) if pointer.deck.is_file() else None
    if own is not None and not (own.is_in_order and pointer.ledger.is_file()):
        return own.prints
    return read_ledger(pointer.ledger)


def ranges(names: Sequence[str]) -> str:
    """Write numbers of slides short.

    >>> ranges(["1", "2", "3", "7"])
    'slides 1-3, 7'
    """
    found: list[list[str]] = []
    for name in names:
        last = found[-1][-1] if found else ""
        if name.isdecimal() and last.isdecimal() and int(name) == int(last) + 1:
            found[-1].append(name)
        else:
            found.append([name])
    texts = [one[0] if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found]
    return f"slides {', '.join(texts)}"


def prints_of(number: str, prints: Iterable[Print], *, where: str) -> tuple[Print, ...]:
    """Return the prints that say a number, as a person reads it from the slide.

    Raises
    ------
    AuditError
        When none does; naming what comes closest.
    """
    every = tuple(prints)
    found = tuple(one for one in every if one.printed == number)
    found = found or tuple(one for one in every if _bare(one.printed) == _bare(number))
    if not found:
        known = list(dict.fromkeys(one.printed for one in every))
        raise AuditError(f"{where}: the build printed no '{number}' there{did_you_mean(number, known)}")
    return found


def _bare(text: str) -> str:
    """Return a printed number without signs around it."""
    return re.sub(r"[^0-9,.\-−]", "", text).strip(".,") or text.strip().casefold()


def every_ledger(study: str, folder: Path) -> dict[str, tuple[Print, ...]]:
    """Return report (wave, and language where it is another) -> its ledger, of all built reports."""
    found = {}
    for path in sorted((folder / REPORTS / study).glob("*/ledger*.csv")):
        match = _LEDGER.match(path.name)
        if match:
            language = f" ({match['language']})" if match["language"] else ""
            found[path.parent.name + language] = read_ledger(path)
    return found


def table_prints(study: str, folder: Path, wave: str, address: str) -> tuple[Print, ...]:
    """Return where the table book of a wave's report prints a figure; nothing where there is no book."""
    path = folder / REPORTS / study / wave / "ledger_tables.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if f",{address}," in line]
    found = (Print(*row) for row in csv.reader(lines))
    return tuple(one for one in found if one.field == "estimate")

"""The ledger inside a deck: what it prints where, also when it was mailed, renamed or re-ordered."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from wavedeck.audit.ledger import Print

_LEDGER = "{urn:wavedeck:ledger}"
_DECK = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_PRESENTATION = "ppt/presentation.xml"


@dataclass(frozen=True)
class OwnLedger:
    """What a deck says of itself.

    Attributes
    ----------
    study, wave, language
        Which report it is.
    prints
        What it prints, by the numbers that its slides have now.
    is_in_order
        Whether its slides stand where the build put them.
    """

    study: str
    wave: str
    language: str
    prints: tuple[Print, ...]
    is_in_order: bool


def own_ledger(deck: Path) -> OwnLedger | None:
    """Read the ledger that a deck carries; None where it carries none, as a PDF.

    Parameters
    ----------
    deck
        A file of any kind.
    """
    if not zipfile.is_zipfile(deck):
        return None
    with zipfile.ZipFile(deck) as file:
        root = _ledger(file)
        if root is None or _PRESENTATION not in file.namelist():
            return None
        listed = [one.get("id", "") for one in ET.fromstring(file.read(_PRESENTATION)).iter(f"{_DECK}sldId")]
    numbers = {own_id: str(place) for place, own_id in enumerate(listed, start=1)}
    kept = [slide for slide in root if slide.get("id") in numbers]
    kept.sort(key=lambda slide: int(numbers[slide.get("id", "")]))
    in_order = len(kept) == len(root) and all(numbers[one.get("id", "")] == one.get("number") for one in kept)
    return OwnLedger(
        study=root.get("study", ""),
        wave=root.get("wave", ""),
        language=root.get("language", ""),
        prints=tuple(line for slide in kept for line in _lines(slide, numbers[slide.get("id", "")])),
        is_in_order=in_order,
    )


def _ledger(file: zipfile.ZipFile) -> ET.Element | None:
    for part in sorted(file.namelist()):
        if part.startswith("customXml/") and part.endswith(".xml"):
            root = ET.fromstring(file.read(part))
            if root.tag == f"{_LEDGER}ledger":
                return root
    return None


def _lines(slide: ET.Element, number: str) -> Iterator[Print]:
    for line in slide:
        yield Print(number, *(line.get(name, "") for name in ("element", "address", "field", "printed")))

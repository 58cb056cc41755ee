"""Which delivered files the figures of a report are held against."""

from __future__ import annotations

from pathlib import Path

from wavedeck.audit.provenance.published import newest_sealed
from wavedeck.study.load import Study

DELIVERED, LEDGER = "figures.csv", "ledger.csv"


def deliveries(root: Path, study: Study, wave: str) -> dict[str, str]:
    """Return wave -> newest sealed folder of each earlier report, named from the root, oldest first."""
    found = {one: newest_sealed(root, study.name, one) for one in study.waves_until(wave)[:-1]}
    return {
        one: path.relative_to(root).as_posix()
        for one, path in found.items()
        if path and (path / DELIVERED).is_file()
    }


def delivered_files(root: Path, study: Study, wave: str) -> list[str]:
    """Return the files that restatements rest on, named from the root."""
    folders = deliveries(root, study, wave).values()
    names = [f"{folder}/{name}" for folder in folders for name in (DELIVERED, LEDGER)]
    return [name for name in names if (root / name).is_file()]

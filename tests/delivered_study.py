"""Delivered reports of the tiny study, as sealing leaves them in data/published."""

from __future__ import annotations

from pathlib import Path

from built_study import stores
from changed_study import CONFIG
from wavedeck.figures.export import write_csv
from wavedeck.figures.store import FigureStore
from wavedeck.study.load import load_study

LEDGER = """\
slide,element,address,field,printed
4,body/p1,visitors/overall/all/2023,estimate,7.2
6,chart:overall/s1p1,visitors/overall/all/2023,estimate,7.2
6,alt:chart:overall,visitors/overall/all/2023,estimate,7.2
"""


def deliver_earlier(folder: Path, *, version: int = 1, wave: str = "2023") -> Path:
    """Put the report of an earlier wave into data/published as it would be delivered now."""
    study = load_study(folder / CONFIG)
    return deliver_store(folder, stores(study, folder, folder, wave).publishable, version=version, wave=wave)


def deliver_store(folder: Path, store: FigureStore, *, version: int = 1, wave: str = "2023") -> Path:
    """Put a publishable store into data/published as the report of a wave."""
    place = folder / "data" / "published" / "tiny" / wave / str(version)
    place.mkdir(parents=True)
    write_csv(store, place / "figures.csv", "en")
    (place / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    (place / "seal.json").write_text("{}\n", encoding="utf-8")
    return place

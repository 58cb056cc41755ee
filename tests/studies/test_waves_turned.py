"""Waves made up the other way round, or alike: raw files of their own, and texts that follow them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import mirror
from built_study import stores
from wavedeck.dummy.rehearse import rehearse
from wavedeck.figures.records import Comparison
from wavedeck.figures.store import FigureStore
from wavedeck.study.load import Study, load_study
from workplace import ROOT

FOLDERS = sorted(path.parent for path in (ROOT / "config/studies").glob("*/published.csv"))
STUDIES = [folder.name for folder in FOLDERS if len(load_study(folder).wave_names) > 1]
Turn = Callable[[str, str, str], tuple[str, str]]
Rows = list[dict[str, str]]


def swapped(newest: str, before: str, field: str) -> tuple[str, str]:
    """Give each wave the value of the other; how many answered stays."""
    return (newest, before) if field == "base" else (before, newest)


def alike(newest: str, before: str, field: str) -> tuple[str, str]:
    """Give both waves the value of the newest."""
    return (newest, before) if field == "base" else (newest, newest)


def turned_targets(rows: Rows, newest: str, before: str, turn: Turn) -> Rows:
    """Return targets with other values in two waves, where both have one; no target of a difference."""
    kept = [dict(row) for row in rows if not row["field"].startswith("previous.")]
    found: dict[tuple[str, str], Rows] = {}
    for row in kept:
        stem, _, wave = row["address"].rpartition("/")
        if wave in (newest, before) and "respondents" not in stem and not row["reason"]:
            found.setdefault((stem, row["field"]), []).append(row)
    for (_, field), members in found.items():
        values = {row["address"].rpartition("/")[2]: row["value"] for row in members}
        if len(values) == 2:
            turned = dict(zip((newest, before), turn(values[newest], values[before], field), strict=True))
            for row in members:
                row["value"] = turned[row["address"].rpartition("/")[2]]
    return kept


def turned_study(name: str, turn: Turn, into: Path) -> Study:
    """Return a copy of a study whose published figures of its two newest waves are turned."""
    folder = into / "config/studies" / name
    shutil.copytree(ROOT / "config/studies" / name, folder)
    shutil.copytree(ROOT / "data/raw" / name, into / "data/raw" / name)
    study = load_study(folder)
    before, newest = study.wave_names[-2:]
    with (folder / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "published.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(turned_targets(rows, newest, before, turn))
    return study


def marks(store: FigureStore, wave: str) -> Mapping[str, Comparison]:
    """Return what tests against the wave before say of each figure of a wave."""
    own = (figure for figure in store if figure.wave == wave)
    found = {one.address: store.comparison(one.address, "previous") for one in own}
    return {address: item for address, item in found.items() if item is not None and item.mark}


def untrue(study: Study, store: FigureStore) -> list[str]:
    """Return lines of the newest report that its figures do not bear, in each language."""
    folder, wave = ROOT / "templates" / study.name, study.wave_names[-1]
    reports = (mirror.Report(study, store, wave, one, folder) for one in study.settings.languages)
    return [line for report in reports for line in report.untrue()]


def made(name: str, turn: Turn, into: Path) -> tuple[Study, FigureStore]:
    study = turned_study(name, turn, into)
    rehearse(study, into)
    return study, stores(study, into, into, study.wave_names[-1]).publishable


@pytest.mark.slow
@pytest.mark.parametrize("name", STUDIES)
def test_texts_follow_waves_that_were_made_up_the_other_way_round(name: str, tmp_path: Path) -> None:
    study, store = made(name, swapped, tmp_path)
    signs = [item.mark for item in marks(store, study.wave_names[-1]).values()]
    plain = study.folder / "published.csv"
    assert signs.count("-") > signs.count("+"), f"{plain} was not turned"
    assert untrue(study, store) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", STUDIES)
def test_texts_of_waves_that_were_made_up_alike_tell_of_no_move(name: str, tmp_path: Path) -> None:
    study, store = made(name, alike, tmp_path)
    signs = [item.mark for item in marks(store, study.wave_names[-1]).values()]
    assert signs.count("none") > 10 * (signs.count("+") + signs.count("-"))
    assert untrue(study, store) == []

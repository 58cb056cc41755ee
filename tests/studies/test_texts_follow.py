"""The texts of every study that is built say what its figures say, turned round or levelled too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import mirror
from wavedeck.figures.store import FigureStore, read_store
from wavedeck.study.load import Study, load_study

ROOT = Path(__file__).parents[2]
STUDIES = sorted(path.parent.name for path in (ROOT / "config/studies").glob("*/study.yaml"))
TURNS = {"as it is": None, "mirrored": mirror.mirrored, "level": mirror.level}


@cache
def study(name: str) -> Study:
    return load_study(ROOT / "config/studies" / name)


@cache
def built(name: str, wave: str) -> FigureStore | None:
    """Return the store of a report that was built from the study as it is now."""
    folder = ROOT / "data/processed" / name / wave
    paths = [folder / "figures.parquet", folder / "comparisons.parquet"]
    settings = [path.stat().st_mtime for path in (ROOT / "config/studies" / name).glob("*.yaml")]
    if not all(path.is_file() and path.stat().st_mtime > max(settings) for path in paths):
        return None
    return read_store(*paths)


def stores(name: str) -> Iterator[tuple[str, FigureStore]]:
    for wave in study(name).wave_names[1:]:
        store = built(name, wave)
        if store is not None:
            yield wave, store


@pytest.mark.slow
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", STUDIES)
def test_no_text_says_what_its_figures_do_not(name: str, turn: str) -> None:
    own, templates, turned = study(name), ROOT / "templates" / name, TURNS[turn]
    reports = [(wave, turned(store, own, wave) if turned else store) for wave, store in stores(name)]
    if not reports:
        pytest.skip(f"no report of {name} is built from the study as it is")
    for wave, store in reports:
        for language in own.settings.languages:
            assert mirror.Report(own, store, wave, language, templates).untrue() == [], (wave, language)

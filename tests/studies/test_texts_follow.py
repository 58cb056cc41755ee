"""The texts of every tracker say what its figures say, turned round or levelled too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import mirror
from wavedeck.figures.store import read_store
from wavedeck.study.load import Study, load_study
from workplace import ROOT

STUDIES = {
    path.parent.name: load_study(path.parent) for path in (ROOT / "config/studies").glob("*/study.yaml")
}
TRACKERS = sorted(name for name, study in STUDIES.items() if len(study.wave_names) > 1)
TURNS = {"as it is": None, "mirrored": mirror.mirrored, "level": mirror.level}


def raw_is_there(study: Study) -> bool:
    wave = study.wave_names[-1]
    return all((ROOT / study.raw_file(part, wave)).is_file() for part in study.parts_in(wave))


@pytest.mark.slow
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", TRACKERS)
def test_no_text_says_what_its_figures_do_not(
    name: str, turn: str, build_study: Callable[[str], Path]
) -> None:
    own, templates, turned = STUDIES[name], ROOT / "templates" / name, TURNS[turn]
    if not raw_is_there(own):
        pytest.skip(f"the raw files of {name} are absent; data/raw/README.md says where to get them")
    wave = own.wave_names[-1]
    folder = build_study(name) / "data/processed" / name / wave
    store = read_store(folder / "figures.parquet", folder / "comparisons.parquet")
    shown = turned(store, own, wave) if turned else store
    for language in own.settings.languages:
        assert mirror.Report(own, shown, wave, language, templates).untrue() == [], language

"""The tiny study as a build leaves it, and what a recomputation of it gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.recompute.outcome import Recomputation, summarise
from wavedeck.audit.recompute.sql import Session
from wavedeck.audit.recompute.stage import Files, recompute_wave
from wavedeck.study.load import Study

WAVE = "2024"


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "tiny"
    shutil.copytree(ROOT, folder)
    build(study(), folder, folder, WAVE)
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(built_once, folder)
    return folder


@pytest.fixture(scope="session")
def recomputed() -> Callable[..., tuple[Session, Recomputation]]:
    def run(folder: Path, own: Study | None = None) -> tuple[Session, Recomputation]:
        session = Session()
        recompute_wave(session, own or study(), Files(folder, "tiny"), WAVE)
        return session, summarise(session)

    return run

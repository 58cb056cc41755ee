"""Studies as their reports are built: from their own files, in a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workplace import ROOT, Workplace


@pytest.fixture(scope="session")
def build_study(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds a study's newest report once and gives the folder it was built in."""
    made: dict[str, Path] = {}

    def built(study: str) -> Path:
        if study not in made:
            made[study] = _build(study, tmp_path_factory.mktemp(study))
        return made[study]

    return built


def _build(study: str, folder: Path) -> Path:
    for name in ("config/studies", "templates", "data/raw"):
        shutil.copytree(ROOT / name / study, folder / name / study)
    shutil.copy(ROOT / "config" / "config.yaml", folder / "config" / "config.yaml")
    run = Workplace(folder).snakemake("--config", f"only_study={study}")
    assert run.code == 0, run.text
    return folder

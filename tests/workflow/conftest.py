"""Run the real workflow on the tiny study, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workplace import ROOT, Workplace, copy_study


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """A fresh copy of the tiny study, not built."""
    return copy_study(tmp_path / "study")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The tiny study built; not to be changed by tests."""
    place = copy_study(tmp_path_factory.mktemp("built"))
    run = place.snakemake()
    assert run.code == 0, run.text
    return place


@pytest.fixture
def built(built_once: Workplace, tmp_path: Path) -> Workplace:
    """A copy of the built study that a test may change; nothing is out of date in it."""
    folder = tmp_path / "study"
    shutil.copytree(built_once.folder, folder, copy_function=shutil.copy2)
    return Workplace(folder)


@pytest.fixture(scope="session")
def copy_code() -> Callable[[Path], Path]:
    """Return a function that copies the project's code into a folder."""

    def copied(folder: Path) -> Path:
        shutil.copytree(ROOT / "workflow", folder / "workflow", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "templates" / "house", folder / "templates" / "house")
        shutil.copy(ROOT / "Snakefile", folder)
        return folder

    return copied

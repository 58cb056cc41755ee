"""Studies as their reports are built: from their own files, in a folder of their own."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workplace import ROOT, Workplace


@pytest.fixture(scope="session")
def build_study(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds a study's newest report once and gives the folder it was built in.

    Processes that share the tests share the reports too: whoever comes first builds, others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def built(study: str) -> Path:
        folder, done = shared / f"built_{study}", shared / f"built_{study}.done"
        with (shared / f"built_{study}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                done.write_text(str(_build(study, folder)), encoding="utf-8")
        return folder

    return built


def _build(study: str, folder: Path) -> Path:
    for name in ("config/studies", "templates", "data/raw"):
        shutil.copytree(ROOT / name / study, folder / name / study)
    shutil.copy(ROOT / "config" / "config.yaml", folder / "config" / "config.yaml")
    run = Workplace(folder).snakemake("--config", f"only_study={study}")
    assert run.code == 0, run.text
    return folder

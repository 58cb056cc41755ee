"""The tiny study as a build leaves it, with a ledger of a few numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.trace.place import Place
from wavedeck.cli.project import Project, find_project

WAVE = "2024"
LEDGER = """\
slide,element,address,field,printed
1,title/p1,2024,wave,2024
2,body/p1,visitors/overall/all/2024,estimate,7.4
2,body/p1,visitors/overall/all/2023,estimate,7.1
2,base/p1,visitors/overall/all/2024,base,48
2,table:groups/r2c1,visitors/overall/sex_female/2024,estimate,7.4
2,table:groups/r2c2,visitors/overall_high/all/2024,estimate,54%
4,body/p2,study/constants.pass_mark,constant,6
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the built tiny study."""
    folder = tmp_path_factory.mktemp("traced") / "tiny"
    shutil.copytree(ROOT, folder)
    build(study(), folder, folder, WAVE)
    report = folder / "reports" / "tiny" / WAVE
    report.mkdir(parents=True)
    (report / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    (report / "deck.pptx").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def place(built: Path) -> Place:
    return Place(study(), built, WAVE)


@pytest.fixture(scope="session")
def project(built: Path) -> Project:
    return find_project(built)

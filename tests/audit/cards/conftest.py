"""The cards of the tiny study as a build leaves it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audit.cards.as_written import Written, written
from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.cards.internal import internal_cards
from wavedeck.audit.cards.public import public_cards
from wavedeck.audit.trace.place import Place

WAVE = "2024"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the built tiny study."""
    folder = tmp_path_factory.mktemp("carded") / "tiny"
    shutil.copytree(ROOT, folder)
    build(study(), folder, folder, WAVE)
    return folder


@pytest.fixture(scope="session")
def place(built: Path) -> Place:
    return Place(study(), built, WAVE)


@pytest.fixture(scope="session")
def public(built: Path) -> Written:
    return written(public_cards(built, study(), WAVE))


@pytest.fixture(scope="session")
def internal(built: Path) -> Written:
    return written(internal_cards(built, study(), WAVE))

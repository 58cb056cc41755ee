from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.cli.convert import convert_codebook
from wavedeck.cli.project import UsageError
from wavedeck.study.load import load_study
from workplace import copy_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The study files of a small study."""
    return copy_study(tmp_path).folder / "config" / "studies" / "tiny"


def test_codebook_comes_back_the_same(folder: Path) -> None:
    before = load_study(folder).codebook
    assert convert_codebook(folder, "xlsx").name == "codebook.xlsx"
    assert not (folder / "codebook.yaml").exists()
    assert load_study(folder).codebook == before
    convert_codebook(folder, "yaml")
    assert not (folder / "codebook.xlsx").exists()
    assert load_study(folder).codebook == before


def test_form_it_has_already_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"codebook\.yaml already"):
        convert_codebook(folder, "yaml")


def test_unknown_form_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="xlsx or yaml"):
        convert_codebook(folder, "csv")

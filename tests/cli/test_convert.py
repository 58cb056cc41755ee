from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.cli.convert import convert_codebook
from wavedeck.cli.project import UsageError
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import load_study
from wavedeck.study.sheet import codebook_to_xlsx
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


def test_codebook_alone_is_enough(folder: Path) -> None:
    for name in ("indicators", "deck", "groups", "weighting", "cleaning"):
        (folder / f"{name}.yaml").unlink()
    assert convert_codebook(folder, "xlsx").is_file()


def test_no_codebook_at_all_is_said(folder: Path) -> None:
    (folder / "codebook.yaml").unlink()
    with pytest.raises(UsageError, match=r"studies/tiny has no codebook yet, neither codebook\.yaml nor"):
        convert_codebook(folder, "xlsx")


def test_codebook_with_errors_names_the_line_and_stays(folder: Path) -> None:
    (folder / "codebook.yaml").write_text("variables:\n  q: {label: Q, typ: single}\n")
    with pytest.raises(ConfigError, match=r"codebook\.yaml, line 2, variables\.q: unknown key 'typ'"):
        convert_codebook(folder, "xlsx")
    assert not (folder / "codebook.xlsx").exists()


def test_codebook_kept_twice_is_refused(folder: Path) -> None:
    codebook_to_xlsx(load_study(folder).codebook, folder / "codebook.xlsx")
    with pytest.raises(ConfigError, match="only one of them can count"):
        convert_codebook(folder, "yaml")


def test_unknown_form_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="xlsx or yaml"):
        convert_codebook(folder, "csv")

"""The comparison of two builds: what it takes for the same, and how it names what is not."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reproduce import compare, copy_project, differing_parts, main
from workplace import ROOT


def _zip(parts: dict[str, bytes], *, year: int = 2020) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds that made the same."""
    for name in ("one", "two"):
        (tmp_path / name / "reports").mkdir(parents=True)
        (tmp_path / name / "reports" / "figures.csv").write_text("7.4")
        (tmp_path / name / "reports" / "deck.pptx").write_bytes(_zip({"slide.xml": b"7.4"}))
    return tmp_path / "one", tmp_path / "two"


def test_same_bytes_are_counted(builds: tuple[Path, Path]) -> None:
    found = compare(*builds)
    assert found.is_same
    assert list(found.lines()) == ["2 files have the same bytes"]


def test_two_empty_folders_are_no_proof(tmp_path: Path) -> None:
    assert not compare(tmp_path, tmp_path).is_same


def test_other_times_in_a_zip_are_told_from_other_parts(builds: tuple[Path, Path]) -> None:
    (builds[1] / "reports" / "deck.pptx").write_bytes(_zip({"slide.xml": b"7.4"}, year=2021))
    found = compare(*builds)
    assert (found.packed, found.differing, found.is_same) == (["reports/deck.pptx"], [], False)


def test_part_of_a_workbook_inside_a_deck_is_named() -> None:
    decks = [_zip({"a.xml": b"1", "book.xlsx": _zip({"sheet.xml": value})}) for value in (b"7.4", b"7.5")]
    assert differing_parts(*decks) == ["book.xlsx > sheet.xml"]


def test_file_of_one_build_alone_is_named(builds: tuple[Path, Path]) -> None:
    (builds[0] / "reports" / "figures.csv").rename(builds[0] / "reports" / "figures.en.csv")
    assert compare(*builds).alone == ["reports/figures.csv", "reports/figures.en.csv"]


def test_two_folders_that_were_built_elsewhere_can_be_compared(
    builds: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--compare", *map(str, builds)]) == 0
    (builds[1] / "reports" / "figures.csv").write_text("7.5")
    assert main(["--compare", *map(str, builds)]) == 1
    assert capsys.readouterr().out.endswith("1 files have the same bytes\ndiffers: reports/figures.csv\n")


def test_copy_holds_nothing_that_was_built(tmp_path: Path) -> None:
    for name in (
        "reports/deck.pptx",
        "data/processed/x",
        "data/raw/answers.csv",
        ".venv/bin/python",
        "Snakefile",
    ):
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(name)
    copy = copy_project(tmp_path / "own", tmp_path / "copy")
    made = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert made == {"data/raw/answers.csv", "Snakefile"}


def test_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep")
    command = [sys.executable, str(ROOT / "tools" / "reproduce.py"), "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]

"""What a person reads who seals a report or checks a folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from delivered_report import correct, delivered_report, write
from wavedeck.cli.app import FINE, STOPPED, WRONG_USE, app
from wavedeck.cli.main import run
from workplace import Workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return delivered_report(tmp_path / "study")


class Shell:
    """Runs the command on one project and keeps what it said."""

    def __init__(self, place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
        self.place = ["--directory", str(place.folder)]
        self.capsys = capsys
        self.said = ""

    def seal(self, *words: str) -> int:
        code = run(lambda: app(["seal", *words, *self.place], prog_name="wavedeck"))
        shown = self.capsys.readouterr()
        self.said = shown.out + shown.err
        return code


@pytest.fixture
def shell(place: Workplace, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(place, capsys)


def test_sealing_tells_place_and_root_digest(place: Workplace, shell: Shell) -> None:
    assert shell.seal("tiny") == FINE
    sums = place.folder / "data/published/tiny/2024/1/SHA256SUMS"
    by_hand = subprocess.run(["sha256sum", str(sums)], capture_output=True, text=True, check=True)
    assert "Sealed: data/published/tiny/2024/1\n" in shell.said
    assert f"root digest  {by_hand.stdout.split()[0]}\n" in shell.said


def test_newest_built_wave_is_sealed_when_none_is_named(place: Workplace, shell: Shell) -> None:
    assert shell.seal("tiny", "--wave", "2023") == STOPPED
    assert "tiny 2023 has no whole report to seal" in shell.said
    assert shell.seal("tiny") == FINE
    assert (place.folder / "data/published/tiny/2024/1").is_dir()


def test_check_of_everything_tells_each_folder(place: Workplace, shell: Shell) -> None:
    shell.seal("tiny")
    correct(place)
    assert shell.seal("tiny") == STOPPED
    assert "--reason" in shell.said
    assert shell.seal("tiny", "--reason", "weights corrected") == FINE
    assert shell.seal("--check") == FINE
    assert shell.said.count("untouched") == 2
    assert "reason       weights corrected" in shell.said
    assert shell.seal("--check", "tiny") == FINE
    assert "as manifest.json lists them; not sealed" in shell.said


def test_check_of_a_folder_of_versions_checks_each(place: Workplace, shell: Shell) -> None:
    shell.seal("tiny")
    correct(place)
    shell.seal("tiny", "--reason", "corrected")
    assert shell.seal("--check", str(place.folder / "data/published")) == FINE
    assert shell.said.count("untouched, version") == 2


def test_check_of_a_built_report_says_which_version_it_is(place: Workplace, shell: Shell) -> None:
    shell.seal("tiny")
    shell.seal("--check", str(place.reports))
    assert "the same report as version 1, sealed in data/published" in shell.said
    correct(place)
    assert shell.seal("--check", str(place.reports)) == FINE
    assert "not the report that was sealed as version 1:\n    changed  figures.csv\n" in shell.said


def test_check_of_a_touched_copy_ends_with_1_and_names_files(
    place: Workplace, shell: Shell, tmp_path: Path
) -> None:
    shell.seal("tiny")
    copy = tmp_path / "usb stick"
    shutil.copytree(place.folder / "data/published/tiny/2024/1", copy)
    (copy / "deck.pptx").unlink()
    write(copy / "deck.pptx", "edited")
    (copy / "figures.csv").unlink()
    write(copy / "notes.txt", "mine")
    write(copy / ".DS_Store", "")
    assert shell.seal("--check", str(copy)) == STOPPED
    assert f"{copy}: TOUCHED, version 1 of tiny 2024, of 9 files 1 changed, 1 missing, 1 added" in shell.said
    for line in ("  changed  deck.pptx\n", "  missing  figures.csv\n", "  added    notes.txt\n"):
        assert line in shell.said
    assert "left aside, as programs make them: .DS_Store" in shell.said


def test_check_of_a_copy_needs_no_project(
    place: Workplace,
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shell.seal("tiny")
    monkeypatch.chdir(tmp_path)
    folder = str(place.folder / "data/published/tiny/2024/1")
    assert run(lambda: app(["seal", "--check", folder], prog_name="wavedeck")) == FINE
    assert "untouched, version 1 of tiny 2024, 9 files as it was sealed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], WRONG_USE, "name the study to seal (studies that exist: tiny)"),
        (["tinny"], WRONG_USE, "unknown study 'tinny'; did you mean 'tiny'?"),
        (["tiny", "--wave", "2042"], WRONG_USE, "did you mean '2024'?"),
        (["--check"], WRONG_USE, "nothing is sealed here yet"),
        (["--check", "tinny"], WRONG_USE, "tinny: there is no such folder; did you mean 'tiny'?"),
        (["--check", "--reason", "x"], WRONG_USE, "--check only looks"),
        (["tiny", "--signers", "x"], WRONG_USE, "--signers belongs to --check"),
        (["tiny", "--sign", "no_key"], STOPPED, "no_key: there is no such key; make one with  ssh-keygen"),
    ],
)
def test_wrong_use_says_what_would_be_right(shell: Shell, words: list[str], code: int, said: str) -> None:
    assert shell.seal(*words) == code
    assert said in shell.said


def test_help_shows_examples(shell: Shell) -> None:
    assert shell.seal("--help") == FINE
    assert "Examples:\n    wavedeck seal travel" in shell.said

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from wavedeck.cli.app import FINE, INTERRUPTED, STOPPED, WRONG_USE, app
from wavedeck.cli.main import run
from wavedeck.cli.project import Project, UsageError
from wavedeck.study.errors import DataError


def _wavedeck(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(lambda: app(list(words), prog_name="wavedeck"))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("a"), WRONG_USE),
        (DataError("a"), STOPPED),
        (KeyboardInterrupt(), INTERRUPTED),
        (SystemExit(WRONG_USE), WRONG_USE),
        (SystemExit(), STOPPED),
    ],
)
def test_exit_code_tells_what_stopped(error: BaseException, code: int) -> None:
    assert run(lambda: _raise(error)) == code
    assert run(lambda: None) == FINE


def test_unforeseen_error_shows_no_traceback_but_the_log_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(lambda: _raise(ZeroDivisionError("deep inside"))) == STOPPED
    said = capsys.readouterr().err
    assert "deep inside" not in said
    assert str(tmp_path / "logs/wavedeck.log") in said
    assert "ZeroDivisionError: deep inside" in (tmp_path / "logs/wavedeck.log").read_text()


@pytest.mark.parametrize("command", ["build", "check", "list"])
def test_help_of_each_command_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _wavedeck(command, "--help", capsys=capsys)
    assert code == FINE
    assert f"Examples:\n    wavedeck {command}" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "tinny"], "did you mean 'tiny'?"),
        (["build", "tiny", "--wave", "3"], "waves that exist: 01, 02"),
        (["build", "tiny", "--cores", "0"], "--cores 0: give a number from 1 up, or all"),
        (["build", "tiny", "--wvae", "3"], "--wave"),
        (["check", "tinny"], "did you mean 'tiny'?"),
        (["build", "TINY"], "unknown study 'TINY'; did you mean 'tiny'? Studies that exist: tiny"),
        (["check", "TINY"], "unknown study 'TINY'; did you mean 'tiny'? Studies that exist: tiny"),
        (["check", "tiny", "--wave", "3"], "waves that exist: 01, 02"),
        (["chek"], "check"),
    ],
)
def test_wrong_use_ends_with_2_and_a_hint(
    project: Project, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--directory", str(project.folder)] if len(words) > 1 else []
    code, _, err = _wavedeck(*words, *place, capsys=capsys)
    assert (code, said in err) == (WRONG_USE, True), err


def test_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _wavedeck("--version", capsys=capsys)
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["version"]
    assert (code, out) == (FINE, f"wavedeck {declared}\n")


def test_list_shows_the_studies_of_another_folder(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = _wavedeck("list", "--directory", str(project.folder), capsys=capsys)
    assert code == FINE
    assert "A tiny tracker" in out


def test_check_of_a_study_with_a_wrong_file_says_where(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _wavedeck("check", "tiny", "--directory", str(project.folder), capsys=capsys)
    assert (code, out) == (STOPPED, "")
    assert "config/studies/tiny/" in err
    assert "Traceback" not in err


def test_program_is_installed_and_ends_with_its_code(project: Project) -> None:
    program = Path(sys.executable).parent / "wavedeck"
    done = subprocess.run(
        [program, "build", "tinny", "--directory", project.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == WRONG_USE
    assert done.stdout == ""
    assert done.stderr.strip() == "unknown study 'tinny'; did you mean 'tiny'? Studies that exist: tiny"

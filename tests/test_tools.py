"""The scripts that set a machine up, on machines that lack something."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from backports import add_suite, copy_of_stanza

TOOLS = Path(__file__).parents[1] / "tools"

STANZAS = """\
Types: deb
URIs: file:/security
Suites: bookworm-security
Components: main

Types: deb deb-src
# a remark
URIs: file:/mirror
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/some.gpg
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that has the tools and nothing else."""
    shutil.copytree(TOOLS, tmp_path / "project/tools")
    (tmp_path / "bin").mkdir()
    return tmp_path / "project"


def _program(checkout: Path, name: str, does: str) -> None:
    file = checkout.parent / "bin" / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)


def _run(checkout: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{checkout.parent / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", *command],
        cwd=checkout,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("system", "advice"), [("Darwin", "docker build"), ("MINGW64_NT-10.0", "wsl --install")]
)
def test_setup_on_another_system_says_what_to_do(checkout: Path, system: str, advice: str) -> None:
    _program(checkout, "uname", f"echo {system}")
    done = _run(checkout, "tools/setup.sh")
    assert done.returncode == 1
    assert advice in done.stderr


def test_setup_with_old_python_says_what_to_install(checkout: Path) -> None:
    for name in ("python3", *(f"python3.{minor}" for minor in range(11, 20))):
        _program(checkout, name, 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
    done = _run(checkout, "tools/setup.sh", "python")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr
    assert "sudo apt-get install python3.11" in done.stderr


def test_setup_without_rights_says_what_to_have_installed(checkout: Path) -> None:
    _program(checkout, "id", "echo 1000")
    _program(checkout, "sudo", "exit 1")
    _program(checkout, "fc-list", "echo Liberation Sans")
    done = _run(checkout, "tools/setup.sh", "system")
    assert done.returncode == 1
    assert "This account may not install software" in done.stderr
    assert "    sudo tools/setup.sh system\n" in done.stderr
    assert "fonts-crosextra-carlito fonts-crosextra-caladea" in done.stderr
    assert "fonts-liberation" not in done.stderr


def test_data_copies_raw_files_and_never_touches_those_that_are_there(checkout: Path, tmp_path: Path) -> None:
    for wave in ("2015", "2016"):
        source = tmp_path / f"given/tiny/raw/{wave}/answers of {wave}.csv"
        source.parent.mkdir(parents=True)
        source.write_text(f"new {wave}")
    (tmp_path / "given/tiny/README.md").write_text("not raw")
    own = checkout / "data/raw/tiny/2015/answers of 2015.csv"
    own.parent.mkdir(parents=True)
    own.write_text("own")
    done = _run(checkout, "tools/data.sh", WAVEDECK_DATA=f"{tmp_path / 'given'}/")
    assert done.stdout == "Copied 1 raw files into data/raw\n"
    raw = checkout / "data/raw"
    assert {file.relative_to(raw).as_posix(): file.read_text() for file in raw.rglob("*.*")} == {
        "tiny/2015/answers of 2015.csv": "own",
        "tiny/2016/answers of 2016.csv": "new 2016",
    }


def test_data_from_a_folder_that_is_not_there_fails(checkout: Path, tmp_path: Path) -> None:
    done = _run(checkout, "tools/data.sh", WAVEDECK_DATA=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "is not a folder" in done.stderr


def test_backports_copies_the_stanza_of_the_main_suite() -> None:
    assert copy_of_stanza(STANZAS, main="bookworm", suite="bookworm-backports") == (
        "Types: deb\nURIs: file:/mirror\nSuites: bookworm-backports\nComponents: main\n"
        "Signed-By: /usr/share/keyrings/some.gpg"
    )


def test_backports_are_added_beside_one_line_sources(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(
        "# deb file:/old bookworm main\n"
        "deb file:/security bookworm-security main\n"
        "deb [arch=amd64] file:/mirror bookworm main contrib\n"
    )
    file = add_suite("bookworm-backports", apt=tmp_path)
    assert file == tmp_path / "sources.list.d/wavedeck-bookworm-backports.list"
    assert file.read_text() == "deb [arch=amd64] file:/mirror bookworm-backports main\n"


def test_backports_without_main_suite_say_so(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    with pytest.raises(SystemExit, match="No entry for bookworm"):
        add_suite("bookworm-backports", apt=tmp_path)

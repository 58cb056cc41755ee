"""What is said of the program: its commit, whether it differs from it, and a digest without git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from delivered_report import write
from wavedeck.audit.provenance.code import code_state, program_digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program of two files."""
    write(tmp_path / "code" / "Snakefile", "rule all:\n")
    write(tmp_path / "code" / "workflow" / "one.py", "one = 1\n")
    return tmp_path / "code"


def _git(root: Path, *arguments: str) -> str:
    own = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *own, "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _commit(root: Path) -> str:
    _git(root, "init", "-q")
    _git(root, "add", ".")
    _git(root, "commit", "-q", "-m", "First")
    return _git(root, "rev-parse", "HEAD")


def _state(root: Path) -> dict[str, object]:
    code_state.cache_clear()
    return code_state(root)


def test_program_without_git_has_a_digest_and_no_commit(root: Path) -> None:
    found = _state(root)
    assert (found["commit"], found["changed"], found["lock"]) == (None, None, None)
    script = "find Snakefile workflow -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"
    by_hand = subprocess.run(["bash", "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert found["digest"] == by_hand.stdout.split()[0]


def test_digest_follows_content_and_nothing_else(root: Path) -> None:
    before = program_digest(root)
    write(root / "workflow" / "__pycache__" / "one.pyc", "made")
    write(root / "workflow" / ".one.swp", "made")
    assert program_digest(root) == before
    write(root / "workflow" / "one.py", "one = 2\n")
    assert program_digest(root) != before


def test_commit_and_what_differs_from_it_are_named(root: Path) -> None:
    commit = _commit(root)
    assert (_state(root)["commit"], _state(root)["changed"]) == (commit, [])
    write(root / "workflow" / "one.py", "one = 3\n")
    write(root / "workflow" / "new module.py", "")
    write(root / "notes.txt", "not of the program")
    assert _state(root)["changed"] == ["workflow/new module.py", "workflow/one.py"]


def test_program_inside_another_repository_is_not_taken_for_it(root: Path) -> None:
    write(root.parent / "other.txt", "other")
    (root.parent / ".gitignore").write_text("code/\n")
    _commit(root.parent)
    assert _state(root)["commit"] is None

"""When the manifest is written anew, and what it says of a real build."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from wavedeck.audit.provenance.check import check_folder
from workplace import Workplace, copy_study


def _git(folder: Path, *arguments: str) -> str:
    own = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *own, "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _manifest(place: Workplace) -> dict[str, object]:
    data: dict[str, object] = json.loads((place.reports / "manifest.json").read_text())
    return data


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory, copy_code: Callable[[Path], Path]) -> Workplace:
    """The tiny study built by code that git keeps."""
    folder = tmp_path_factory.mktemp("committed")
    code = copy_code(folder / "code")
    (code / ".gitignore").write_text("__pycache__/\n")
    _git(code, "init", "-q")
    _git(code, "add", ".")
    _git(code, "commit", "-q", "-m", "First")
    place = Workplace(copy_study(folder / "study").folder, code)
    run = place.snakemake()
    assert run.code == 0, run.text
    return place


def test_new_commit_changes_the_manifest_and_nothing_else(committed: Workplace) -> None:
    before = _manifest(committed)
    _git(committed.code, "commit", "-q", "--allow-empty", "-m", "Second")
    assert committed.snakemake().stages == {"provenance"}
    after = _manifest(committed)
    assert after["code"]["commit"] == _git(committed.code, "rev-parse", "HEAD")  # type: ignore[index]
    assert after["code"] != before["code"]
    assert after["internal"] == before["internal"]
    assert committed.snakemake().stages == set()


def test_manifest_lists_all_that_was_delivered(built_once: Workplace) -> None:
    found = check_folder(built_once.reports)
    assert found.untouched
    assert (
        found.files
        == sum(
            path.is_file() and path.name != ".snakemake_timestamp" for path in built_once.reports.rglob("*")
        )
        - 1
    )


def test_no_plain_checksum_of_what_stays_inside_is_given_away(built_once: Workplace) -> None:
    text = (built_once.reports / "manifest.json").read_text()
    inside = [path for path in built_once.folder.glob("data/processed/tiny/2024/**/*") if path.is_file()]
    full = [path for path in inside if path.name.startswith("full_") or path.name == "responses.parquet"]
    assert len(full) >= 3
    for path in full:
        assert path.relative_to(built_once.folder).as_posix() in text
        assert hashlib.sha256(path.read_bytes()).hexdigest() not in text


def test_delivered_file_that_was_edited_is_named_and_never_listed_as_built(built: Workplace) -> None:
    before = _manifest(built)
    deck = built.reports / "deck.pptx"
    deck.write_bytes(deck.read_bytes() + b"edited")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == {"provenance"}
    assert "reports/tiny/2024, not as it was verified: changed  deck.pptx" in run.text
    assert _manifest(built)["report"] == before["report"]
    assert check_folder(built.reports).differences.changed == ("deck.pptx",)
    sealed = built.wavedeck("seal", "tiny")
    assert sealed.code == 1
    assert "changed  deck.pptx" in sealed.text

"""Lists of checksums, held against the standard tool."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from delivered_report import write
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.checksums import (
    files_in,
    left_aside,
    read_sums,
    root_digest,
    sums_in,
    sums_text,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a b.txt", "charts/é.svg", "charts.en/z.svg", "B.txt"):
        write(tmp_path / "report" / name, name)
    return tmp_path / "report"


def test_list_is_what_sha256sum_writes(folder: Path) -> None:
    script = "find . -type f | cut -c3- | LC_ALL=C sort | xargs -d '\\n' sha256sum"
    made = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert sums_text(sums_in(folder)) == made.stdout
    (folder / "SUMS").write_text(made.stdout)
    told = subprocess.run(["sha256sum", "SUMS"], cwd=folder, capture_output=True, text=True, check=True)
    assert told.stdout.split()[0] == root_digest(made.stdout)


def test_list_can_be_read_back(folder: Path) -> None:
    sums = sums_in(folder)
    assert read_sums(sums_text(sums), name="SUMS") == {one.path: one.sha256 for one in sums}


def test_list_that_was_changed_is_named_with_its_line(folder: Path) -> None:
    with pytest.raises(AuditError, match="SUMS, line 2: no checksum"):
        read_sums(sums_text(sums_in(folder)[:1]) + "oops\n", name="SUMS")


def test_files_of_programs_are_left_aside_and_named(folder: Path) -> None:
    own = files_in(folder)
    for name in (".DS_Store", "charts/Thumbs.db", "~$deck.pptx", "charts/.snakemake_timestamp"):
        write(folder / name, "")
    assert files_in(folder) == own
    assert left_aside(folder) == [".DS_Store", "charts/Thumbs.db", "~$deck.pptx"]


def test_link_to_elsewhere_is_refused(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "b.txt")
    with pytest.raises(AuditError, match=r"link\.txt in .* is a link"):
        sums_in(folder)

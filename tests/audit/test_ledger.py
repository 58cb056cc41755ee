from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.audit.ledger import AuditError, read_ledger
from wavedeck.render.compose.report import write_ledger
from wavedeck.render.pptx.printed import Printed


def test_ledger_is_read_as_the_deck_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    write_ledger([Printed(3, "notes/p1", "a/b/all/2013", "estimate", "7,7")], path)
    (found,) = read_ledger(path)
    assert (found.slide, found.address, found.printed) == ("3", "a/b/all/2013", "7,7")
    assert not found.on_slide


def test_missing_ledger_says_to_build_first(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="build the report first"):
        read_ledger(tmp_path / "ledger.csv")


def test_other_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(AuditError, match="this is no ledger"):
        read_ledger(path)

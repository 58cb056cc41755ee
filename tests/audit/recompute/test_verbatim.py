"""Raw files as they are, whatever their format; held against the first route's reader."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat
import pytest

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.rawfile import RawFile
from wavedeck.audit.recompute.sql import Session
from wavedeck.audit.recompute.verbatim import read_verbatim
from wavedeck.intake.read import read_raw
from wavedeck.study.settings import Source


def _read(path: Path, **source: str) -> tuple[Session, RawFile]:
    session = Session()
    own = Source.model_validate({"file": path.name, **source})
    return session, read_verbatim(session, path, file=path.name, source=own, wave="2024")


def _cells(session: Session) -> list[tuple]:
    return session.rows('SELECT "row", "column", "value" FROM verbatim ORDER BY ALL')


def _by_the_first_route(path: Path, **source: str) -> list[tuple]:
    own = Source.model_validate({"file": path.name, **source})
    raw = read_raw(path, file=path.name, source=own, wave="2024")
    return sorted(
        (int(row), name, cell)
        for name, column in raw.columns.items()
        for row, cell in zip(raw.rows, column.texts(np.arange(len(raw.rows))), strict=True)
    )


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b"id,q\n1,a\n2,\n", {}),
        (b"\xef\xbb\xbfid,q\r\n1,a\r\n2,b\r\n", {}),
        ("id;q\n1;é\n2;2,5\n".encode("cp1252"), {"delimiter": ";", "encoding": "cp1252"}),
        (b'id,q\n1,"two\nlines"\n\n2,"a ""b"", c"\n', {}),
        (b"id\tq\n1\t a \n2\tb\n", {}),
        ("id|q\n1|x\n".encode("utf-16"), {"encoding": "utf-16"}),
    ],
)
def test_text_is_read_as_it_is(tmp_path: Path, content: bytes, source: dict[str, str]) -> None:
    path = tmp_path / "raw.csv"
    path.write_bytes(content)
    session, _ = _read(path, format="csv", **source)
    assert _cells(session) == _by_the_first_route(path, format="csv", **source)


def test_rows_have_the_number_of_their_line(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_bytes(b'id,q\n1,"two\nlines"\n\n2,b\n')
    session, raw = _read(path, format="csv")
    assert [row for row, column, _ in _cells(session) if column == "id"] == [2, 5]
    assert not raw.direct


def test_columns_that_differ_in_capitals_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_text("q,Q\n1,2\n")
    session, raw = _read(path, format="csv")
    assert raw.columns == {"q": "q", "Q": "Q#2"}
    assert session.rows('SELECT "q", "Q#2" FROM raw') == [("1", "2")]


def test_workbook_is_read_as_it_is(tmp_path: Path) -> None:
    path, book = tmp_path / "raw.xlsx", openpyxl.Workbook()
    for row in (("id", "q", "x"), (1, 2.5, "a"), (None, None, None), (2, True, None)):
        book.active.append(row)
    book.save(path)
    session, _ = _read(path, format="xlsx")
    assert _cells(session) == _by_the_first_route(path, format="xlsx")


def test_spss_file_is_read_with_labels_and_missing_codes(tmp_path: Path) -> None:
    path = tmp_path / "raw.sav"
    frame = pd.DataFrame({"id": [1.0, 2.0, 3.0], "q": [1.0, 9.0, None], "t": ["a", "", "c"]})
    labels, missing = {"q": {1: "Yes", 9: "No answer"}}, {"q": [{"lo": 9, "hi": 9}]}
    pyreadstat.write_sav(frame, str(path), variable_value_labels=labels, missing_ranges=missing)
    session, raw = _read(path, format="sav")
    assert _cells(session) == _by_the_first_route(path, format="sav")
    assert raw.labels["q"] == {"1": "Yes", "9": "No answer"}
    assert raw.marked["q"] == ("9",)


def test_other_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    path.write_bytes("id,q\n1,é\n".encode("cp1252"))
    with pytest.raises(AuditError, match=r"raw.csv: is not written in utf-8"):
        _read(path, format="csv")

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.raw import RawFile
from wavedeck.study.settings import Source


def raw(path: Path, form: str, **changes: str) -> RawFile:
    return RawFile(path.name, path, Source(file=path.name, format=form, **changes), "")  # type: ignore[arg-type]


def test_csv_row_is_the_line_also_after_a_text_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffid;mark;why\r\n1;7,5;"two\r\nlines"\r\n2;8;fine\r\n'.encode())
    found = raw(path, "csv").cells([2, 4], ["mark", "why"])
    assert found == {2: {"mark": "7,5", "why": "two\nlines"}, 4: {"mark": "8", "why": "fine"}}


def test_csv_in_another_encoding_is_read_as_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,town\n1,Zürich\n".encode("cp1252"))
    assert raw(path, "csv", encoding="cp1252").cells([2], ["town"]) == {2: {"town": "Zürich"}}


def test_spss_row_is_the_case(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"v1": [7.0, 8.5, None], "v2": ["a", "b", "c"]}), str(path))
    found = raw(path, "sav").cells([2, 3], ["v1", "v2"])
    assert found == {2: {"v1": "8.5", "v2": "b"}, 3: {"v1": "", "v2": "c"}}


def test_workbook_row_is_the_line_of_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "mark"], [1, 7], [2, 8.5]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    assert raw(tmp_path / "a.xlsx", "xlsx").cells([3], ["mark"]) == {3: {"mark": "8.5"}}


def test_checksum_is_held_against_the_one_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n", encoding="utf-8")
    own = raw(path, "csv")
    assert own.verdict == "study.yaml declares none"
    assert RawFile("a.csv", path, own.source, own.checksum).verdict == "as study.yaml declares"
    assert RawFile("a.csv", path, own.source, "0" * 64).verdict.startswith("NOT")


def test_missing_raw_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"a\.csv: this raw file is not there"):
        raw(tmp_path / "a.csv", "csv").cells([2], ["id"])

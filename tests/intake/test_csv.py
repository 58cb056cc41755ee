from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.intake.csv import read_csv
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.raw import RawTable


def read(data: str | bytes, delimiter: str | None = None, encoding: str | None = None) -> RawTable:
    content = data.encode() if isinstance(data, str) else data
    return read_csv(content, file="raw.csv", delimiter=delimiter, encoding=encoding)


def texts(table: RawTable, column: str) -> list[str]:
    return table.columns[column].texts(np.arange(len(table.rows)))


def refusal(data: str | bytes, **settings: str) -> str:
    with pytest.raises(RawDataError) as caught:
        read(data, **settings)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_sniffed(delimiter: str) -> None:
    table = read(f"a{delimiter}b\n1{delimiter}x y\n")
    assert (texts(table, "a"), texts(table, "b")) == (["1"], ["x y"])


def test_declared_delimiter_goes_before_sniffing() -> None:
    assert list(read("a,b;c\n1,2;3\n", delimiter=";").columns) == ["a,b", "c"]


def test_cells_stay_exactly_as_written() -> None:
    table = read('a,b\nNA, 3.0\n"",01\nnull,true\n')
    assert texts(table, "a") == ["NA", "", "null"]
    assert texts(table, "b") == [" 3.0", "01", "true"]


def test_row_is_the_line_on_which_the_record_starts() -> None:
    table = read('a,b\n1,"x\ny"\n\n2,z\r\n3,"""q"""\n')
    assert table.rows.tolist() == [2, 5, 6]
    assert texts(table, "b") == ["x\ny", "z", '"q"']


def test_row_counts_lines_of_the_header_and_of_old_line_ends() -> None:
    assert read('"a\nb",c\n1,2\n').rows.tolist() == [3]
    assert read("a,b\r1,2\r3,4\r").rows.tolist() == [2, 3]


def test_decimal_comma_goes_with_semicolons() -> None:
    assert read("a;b\n1;2,5\n").decimal == ","
    assert read("a,b\n1,2.5\n").decimal == "."


def test_latin_1_read_as_utf_8_names_byte_and_line() -> None:
    message = refusal("a,b\n1,x\n2,caf\u00e9\n".encode("latin-1"))
    assert message.startswith("raw.csv:3: byte 0xE9 is not UTF-8")
    assert "encoding: cp1252" in message


def test_latin_1_declared_as_utf_8_gives_the_same_message() -> None:
    assert "raw.csv:2: byte 0xE9" in refusal("a,b\ncaf\u00e9,1\n".encode("latin-1"), encoding="utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_declared_encoding_is_used(encoding: str) -> None:
    table = read("a,b\ncaf\u00e9,1\n".encode(encoding), encoding=encoding)
    assert texts(table, "a") == ["caf\u00e9"]


def test_utf_8_declared_as_latin_1_is_a_warning() -> None:
    (finding,) = read("a,b\ncaf\u00e9,1\n".encode(), encoding="latin-1").findings
    assert finding.severity == "warning"
    assert "read as UTF-8" in finding.message


def test_encoding_that_does_not_fit_is_not_advised_again() -> None:
    message = refusal(b"a,b\n\x81,1\n", encoding="cp1252")
    assert "byte 0x81 is not CP1252" in message
    assert "encoding: latin-1" in message


def test_unknown_encoding_is_named() -> None:
    assert "encoding 'utf-88' does not exist" in refusal("a,b\n1,2\n", encoding="utf-88")


def test_rows_of_the_wrong_length_are_all_named() -> None:
    message = refusal('a,b\n1,2\n1,2,3\n"x\ny",2\n4\n')
    assert "raw.csv:3: the row has 3 fields, the header 2" in message
    assert "raw.csv:6: the row has 1 fields, the header 2" in message


def test_header_without_rows_is_refused() -> None:
    assert "has a header but no rows" in refusal("a,b\n")


def test_name_twice_in_the_header_is_refused() -> None:
    assert "the header names 'a' twice" in refusal("a,b,a\n1,2,3\n")


@pytest.mark.parametrize("data", ['a,b\n1,"x\n3,4\n5,6\n', 'a,b\n1,"x\n3,"y"\n4,5\n'])
def test_quote_that_swallows_rows_is_refused(data: str) -> None:
    assert refusal(data).startswith("raw.csv:2: a quote that opens on this row is not closed")


def test_quote_inside_a_field_is_text() -> None:
    assert texts(read('a,b\n1,5" pipe\n2,x\n'), "b") == ['5" pipe', "x"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=5)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_written_cells_and_lines_come_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    lines = []
    writer.writerow(["a", "b"])
    for row in rows:
        lines.append(line_count(stream.getvalue()) + 1)
        writer.writerow(row)
    table = read(stream.getvalue(), delimiter=",")
    assert list(zip(texts(table, "a"), texts(table, "b"), strict=True)) == rows
    assert table.rows.tolist() == lines


def line_count(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")

from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.intake.delivered import read_delivered
from wavedeck.intake.problems import RawDataError
from wavedeck.study.verbatims import VerbatimFile

FILE = "data/raw/tiny/2017/codes.csv"
DECLARED = VerbatimFile(file=FILE)


def test_columns_come_as_text_with_the_line_of_each_row(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text('respondent,code,note\n007, 1 ,"two\nlines"\n008,2,\n')
    found = read_delivered(path, file=FILE, declared=DECLARED, columns=("respondent", "code"))
    assert found.values.tolist() == [[2, "007", "1"], [4, "008", "2"]]


def test_delimiter_and_encoding_are_as_declared(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_bytes("respondent;text\n1;één, twee\n".encode("cp1252"))
    declared = VerbatimFile(file=FILE, delimiter=";", encoding="cp1252")
    found = read_delivered(path, file=FILE, declared=declared, columns=("text",))
    assert found["text"].tolist() == ["één, twee"]


def test_missing_column_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("respondents,code\n1,1\n")
    with pytest.raises(RawDataError) as caught:
        read_delivered(path, file=FILE, declared=DECLARED, columns=("respondent",))
    assert str(caught.value) == (
        f"{FILE}:1: has no column 'respondent'; did you mean 'respondents'? It has respondents, code"
    )


@pytest.mark.parametrize(("content", "message"), [(None, "is missing"), (b" \n", "is empty")])
def test_file_that_is_not_there_or_empty_is_named(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "codes.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RawDataError, match=f"{FILE}: this raw file {message}"):
        read_delivered(path, file=FILE, declared=DECLARED, columns=("respondent",))

from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.figures.cleared import Cleared, read_cleared
from wavedeck.study.verbatims import Redaction, VerbatimFile

DECLARED = VerbatimFile(file="data/{wave}/cleared.csv")
HEAD = "respondent,variable,cleared,language,text\n"


@pytest.fixture
def read(tmp_path: Path):
    """Read cleared texts from the rows of a file."""

    def run(rows: str) -> Cleared:
        path = tmp_path / "cleared.csv"
        path.write_text(HEAD + rows)
        return read_cleared(path, declared=DECLARED, wave="2017", rules=Redaction(digits=2))

    return run


def test_rows_of_one_answer_are_its_languages_the_first_the_one_given(read) -> None:
    cleared = read("1,why,yes,nl,Goed zo\n2,why,ja,en,Well done\n1,why,YES,en,Good\n")
    first, second = cleared.of("why")
    assert (first.respondent, first.row, first.given) == ("1", 2, "nl")
    assert dict(first.texts) == {"nl": "Goed zo", "en": "Good"}
    assert (second.respondent, second.given) == ("2", "en")
    assert cleared.findings == []


def test_answers_not_cleared_are_left_out_silently(read) -> None:
    cleared = read("1,why,no,nl,Geheim\n2,why,nee,nl,Geheim\n3,why,,nl,Geheim\n")
    assert cleared.of("why") == []
    assert cleared.findings == []


def test_questions_are_kept_apart(read) -> None:
    cleared = read("1,why,yes,nl,Goed\n1,other,yes,nl,Fout\n")
    assert [one.texts["nl"] for one in cleared.of("other")] == ["Fout"]
    assert cleared.of("unknown") == []


@pytest.mark.parametrize(
    ("rows", "rule", "severity", "count"),
    [
        ("1,why,perhaps,nl,Goed\n2,why,perhaps,nl,Goed\n", "unclear_mark", "stop", 2),
        ("1,why,yes,nl,\n", "empty_text", "warning", 1),
        ("1,why,yes,nl,Zaak 123\n", "digits", "warning", 1),
        ("1,why,yes,nl,Mail a@b.nl\n", "redacted", "warning", 1),
        ("1,why,yes,nl,Goed\n1,why,yes,nl,Beter\n", "repeated_text", "warning", 1),
    ],
)
def test_finding_names_file_and_first_row(read, rows: str, rule: str, severity: str, count: int) -> None:
    (found,) = read(rows).findings
    assert (found.rule, found.severity, found.count) == (rule, severity, count)
    assert found.file == "data/2017/cleared.csv"
    assert found.row == (3 if rule == "repeated_text" else 2)


def test_first_of_two_texts_in_one_language_is_taken(read) -> None:
    (answer,) = read("1,why,yes,nl,Goed\n1,why,yes,nl,Beter\n").of("why")
    assert answer.texts["nl"] == "Goed"

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from audit.verify import finished
from built_study import build
from tiny_study import ROOT, study
from wavedeck.cli.app import FINE, STOPPED, WRONG_USE, app
from wavedeck.cli.main import run
from wavedeck.cli.trace import parse_rows
from workplace import copy_study

LEDGER = """\
slide,element,address,field,printed
1,title/p1,2024,wave,2024
2,body/p1,visitors/overall/all/2024,estimate,7.4
2,body/p1,visitors/overall/all/2023,estimate,7.1
2,base/p1,visitors/overall/all/2024,base,48
4,body/p2,study/constants.pass_mark,constant,6
5,body/p1,visitors/2024/rest.tests,method,12
"""
DECK = "reports/tiny/2024/deck.pptx"
RAW = "data/raw/tiny/2024/responses.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cli") / "tiny"
    shutil.copytree(ROOT, made)
    build(study(), made, made, "2024", impact=False)
    (made / DECK).parent.mkdir(parents=True)
    (made / DECK).write_bytes(b"")
    (made / DECK).with_name("ledger.csv").write_text(LEDGER, encoding="utf-8")
    return made


def wavedeck(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(lambda: app(["trace", *words, "--directory", str(folder)], prog_name="wavedeck"))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize(
    "target", ["visitors/overall/all/2024", "visitors/overall/all", "tiny/visitors/overall/all/2024"]
)
def test_address_is_found_with_and_without_study_and_wave(
    folder: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    code, out, _ = wavedeck(folder, capsys, target)
    assert code == FINE
    assert out.startswith("visitors/overall/all/2024\nINTERNAL")
    assert "'7.4' on slide 2, body/p1 (estimate)" in out


def test_place_with_one_number_is_traced_and_one_with_several_lists_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = wavedeck(folder, capsys, f"{DECK}#2:base/p1")
    assert code == FINE
    assert "base in the store: 4" in out
    code, out, _ = wavedeck(folder, capsys, f"{DECK}#2")
    assert code == FINE
    assert "3 numbers; name an element" in out
    assert "visitors/overall/all/2023" in out


def test_printed_number_is_traced_from_its_deck(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = wavedeck(folder, capsys, "7.1", "--deck", DECK, "--slide", "2")
    assert code == FINE
    assert out.startswith("visitors/overall/all/2023\n")


def test_constant_names_file_and_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = wavedeck(folder, capsys, f"{DECK}#4")
    assert code == FINE
    assert "constant 'pass_mark': '6', declared in config/studies/tiny/study.yaml, line" in out


def test_number_that_is_no_figure_says_what_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = wavedeck(folder, capsys, f"{DECK}#1")
    assert code == FINE
    assert "a wave, declared in study.yaml (config/studies/tiny/study.yaml, line" in out


def test_count_of_tests_says_what_it_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = wavedeck(folder, capsys, f"{DECK}#5")
    assert code == FINE
    assert out.startswith("'12' on slide 5, body/p1: no figure but a method")
    assert "comparisons" in out


def test_deck_sent_elsewhere_is_traced_by_its_own_ledger(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sent = tmp_path / "sent (2).pptx"
    shutil.copy(finished.deck(), sent)
    code, out, _ = wavedeck(folder, capsys, f"{sent}#8:title")
    assert code == FINE
    assert "visitors/overall" in out


def test_forms_for_programs_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("visitors/overall/all/2024", "--rows", "all", "--format")
    record = json.loads(wavedeck(folder, capsys, *words, "json")[1])
    lines = list(csv.DictReader(wavedeck(folder, capsys, *words, "csv")[1].splitlines()))
    assert record["formula"]["adds_up"] is True
    assert len(lines) == record["respondents"] == len(record["rows"])


def test_row_lists_its_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = wavedeck(folder, capsys, "--row", f"{RAW}:12", "--column", "q_staff", "--rows", "all")
    assert code == FINE
    assert "disposition: kept" in out
    listed = [line for line in out.splitlines() if line.startswith("visitors/")]
    assert listed
    assert all("service" in line or "staff" in line or "overall_gap" in line for line in listed)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], WRONG_USE, "say what to trace"),
        (["visitors/overal/all/2024"], STOPPED, "did you mean 'visitors/overall/all/2024'"),
        (["visitors/overall/al/2024"], STOPPED, "did you mean 'visitors/overall/all/2024'"),
        (["visitors/overall"], WRONG_USE, "is not an address; write <part>"),
        (["7.4"], WRONG_USE, "say where this number is printed, with --deck"),
        (["9.9", "--deck", DECK], STOPPED, "the build printed no '9.9' there"),
        ([f"{DECK}#9"], STOPPED, "there are numbers on slides 1-2, 4"),
        ([f"{DECK}#2:bodi/p1"], STOPPED, "did you mean 'body/p1'"),
        (["reports/tiny/2024/tables.xlsx#2"], WRONG_USE, "a table book has no slides"),
        (["reports/tiny/2024/dek.pptx#2"], WRONG_USE, f"did you mean '{DECK}'"),
        (["visitors/overall/all/2024", "--format", "jason"], WRONG_USE, "did you mean 'json'"),
        (["visitors/overall/all/2024", "--study", "tini"], WRONG_USE, "did you mean 'tiny'"),
        (["visitors/overall/all/2024", "--rows", "some"], WRONG_USE, "give a number, or all"),
        (["visitors/overall/all/2024", "--wave", "2023"], STOPPED, "is not built; run: wavedeck build tiny"),
        (["study/constants.pas_mark"], WRONG_USE, "did you mean 'pass_mark'"),
        (["--row", RAW], WRONG_USE, "write the raw file and the row"),
        (["--row", f"{RAW}:9999"], STOPPED, "no respondent in row 9999"),
    ],
)
def test_mistake_gets_a_message_that_says_what_would_be_right(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    ended, out, told = wavedeck(folder, capsys, *words)
    assert ended == code
    assert said in told
    assert out == ""


def test_number_of_rows_is_a_number_or_all() -> None:
    assert parse_rows("all") is None
    assert parse_rows("3") == 3


@pytest.mark.slow
def test_mutated_answer_changes_exactly_what_is_named_through_the_whole_workflow(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    work = copy_study(tmp_path / "work")
    stored = work.folder / "data/processed/tiny/2024/full_figures.parquet"
    assert work.wavedeck("build", "tiny", "--only", "figures").code == FINE
    before = {one["address"]: one for one in pq.read_table(stored).to_pylist()}
    told = json.loads(
        work.wavedeck("trace", "--row", f"{RAW}:2", "--column", "q_staff", "--format", "json").text
    )
    work.edit(RAW, "24001,1,2,37,8,2,5,", "24001,1,2,37,8,2,,")
    assert work.wavedeck("build", "tiny", "--only", "figures").code == FINE
    after = {one["address"]: one for one in pq.read_table(stored).to_pylist()}
    moved = {one for one in before if before[one] != after[one] and _differs(before[one], after[one])}
    named = {one["address"] for one in told["figures"]}
    assert moved
    assert {one for one in moved if "/drivers_" not in one} == {
        one for one in named if "/drivers_" not in one
    }
    assert moved <= named


def _differs(first: dict[str, object], second: dict[str, object]) -> bool:
    return any(_rounded(value) != _rounded(second[name]) for name, value in first.items())


def _rounded(value: object) -> object:
    return f"{value:.9g}" if isinstance(value, float) else value

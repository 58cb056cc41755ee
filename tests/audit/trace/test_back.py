from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.back import RowTrace, trace_row
from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.say_row import text_of_row
from wavedeck.audit.trace.trace import trace_figure

RAW = "data/raw/tiny/2024/responses.csv"
ROW = 12
FIELDS = ("state", "estimate", "base", "weighted_base", "se", "sd")


def mutate(folder: Path, row: int, column: str, value: str) -> Place:
    """Return the study built with one raw answer changed."""
    shutil.copytree(ROOT, folder)
    with (folder / RAW).open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[row - 1][lines[0].index(column)] != value
    lines[row - 1][lines[0].index(column)] = value
    with (folder / RAW).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    build(study(), folder, folder, "2024")
    return Place(study(), folder, "2024")


def rounded(value: object) -> object:
    return f"{value:.9g}" if isinstance(value, float) else value


def changed(before: Place, after: Place) -> set[str]:
    """Return addresses of figures that are not the same."""
    first, second = (
        {one["address"]: [rounded(one[field]) for field in FIELDS] for one in place.figures.to_pylist()}
        for place in (before, after)
    )
    assert first.keys() == second.keys()
    return {address for address, values in first.items() if values != second[address]}


def test_other_answer_changes_only_what_is_named_and_what_it_adds_to(place: Place, tmp_path: Path) -> None:
    after = mutate(tmp_path / "other", ROW, "overall", "9")
    first, second = (
        {one.address: one.share for one in trace_row(own, RAW, ROW, column="overall").figures}
        for own in (place, after)
    )
    moved = {one for one in changed(place, after) if "/drivers_" not in one}
    differing = {
        one for one in first.keys() | second.keys() if rounded(first.get(one)) != rounded(second.get(one))
    }
    assert moved == {one for one in differing if "/drivers_" not in one}


def test_mutated_weighting_answer_is_announced(place: Place) -> None:
    found = trace_row(place, RAW, ROW)
    assert found.weighting_columns == ("branch",)
    assert any("moves every weighted figure" in line for line in text_of_row(found, 5))


def test_parts_are_those_of_the_way_forward(place: Place) -> None:
    found = trace_row(place, RAW, ROW)
    assert len(found.figures) > 40
    for one in found.figures:
        forward = trace_figure(place, one.address, rows=None)
        own = next(row for row in forward.rows if row.row == ROW)
        assert own.weight == pytest.approx(one.weight), one.address
        if one.share is not None:
            assert own.share == pytest.approx(one.share, rel=1e-9, abs=1e-12), one.address


def test_respondent_is_behind_no_figure_that_is_not_named(place: Place) -> None:
    told = {one.address for one in trace_row(place, RAW, ROW).figures}
    for row in place.figures.to_pylist():
        if row["wave"] == "2024" and row["estimate"] is not None and row["address"] not in told:
            forward = trace_figure(place, row["address"], rows=None)
            assert ROW not in {one.row for one in forward.rows}, row["address"]


def test_slides_come_from_the_ledgers(place: Place) -> None:
    slides = {one.address: one.slides for one in trace_row(place, RAW, ROW).figures}
    assert slides["visitors/overall/all/2024"] == {"2024": ("2",)}
    assert slides["visitors/service@staff/all/2024"] == {}


def test_dropped_row_names_its_rule(place: Place, built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    path = folder / "data/processed/tiny/2024/visitors/dispositions.csv"
    text = path.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if f",{ROW}," in one)
    path.write_text(text.replace(line, line.replace("kept,", "dropped,too_fast")), encoding="utf-8")
    found: RowTrace = trace_row(Place(place.study, folder, "2024"), RAW, ROW)
    assert (found.disposition.disposition, found.disposition.rule) == ("dropped", "too_fast")
    assert found.figures == ()
    assert "It is part of no figure." in list(text_of_row(found, None))


def test_unknown_row_file_and_column_are_told(place: Place) -> None:
    with pytest.raises(AuditError, match="no respondent in row 9999"):
        trace_row(place, RAW, 9999)
    with pytest.raises(AuditError, match=r"did you mean 'data/raw/tiny/2024/responses\.csv'"):
        trace_row(place, "data/raw/tiny/2024/response.csv", ROW)
    with pytest.raises(AuditError, match="did you mean 'q_staff'"):
        trace_row(place, RAW, ROW, column="q_staf")

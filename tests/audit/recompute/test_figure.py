"""One figure handed out: SQL that runs alone, rows, scripts, a workbook with formulas."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from tiny_study import study
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.figure import FigureRows, figure_rows, figure_sql
from wavedeck.audit.recompute.scripts import r_script, spss_syntax, write_rows
from wavedeck.audit.recompute.stage import Files
from wavedeck.audit.recompute.workbook import write_workbook

ADDRESSES = [
    "visitors/overall/branch_north*sex_female/2024",
    "visitors/overall_high/branch_south/2023",
    "visitors/service_distribution@wifi.high/all/2024",
    "visitors/recommend/sex_male/2024",
    "visitors/activity.quiet/all/2023",
    "visitors/remark_theme.place/sex_female/2024",
    "visitors/population.age_young/all/2024",
]
OTHERS = [
    "visitors/respondents/sex_male/2024",
    "visitors/response/all/2024",
    "visitors/staff_gap@staff/all/2024",
    "visitors/activity_mentions.quiet/all/2024",
    "visitors/overall_range.width/all/2024",
    "visitors/service_range.low/sex_male/2024",
    "visitors/other_libraries/all/2024",
]


def _stored(folder: Path, address: str) -> dict[str, float]:
    path = folder / "data/processed/tiny/2024/full_figures.parquet"
    return next(row for row in pq.read_table(path).to_pylist() if row["address"] == address)


def _rows(folder: Path, address: str) -> FigureRows:
    return figure_rows(study(), Files(folder, "tiny"), address)


@pytest.mark.parametrize("address", [*ADDRESSES, *OTHERS])
def test_sql_runs_alone_and_gives_the_figure(
    built_once: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    script = figure_sql(study(), Files(built_once, "tiny"), address)
    assert str(built_once) not in script
    monkeypatch.chdir(built_once)
    connection = duckdb.connect()
    for statement in script.split(";\n"):
        if statement.strip():
            found = connection.execute(statement)
    values = dict(found.fetchall())
    stored = _stored(built_once, address)
    assert values["estimate"] == pytest.approx(stored["estimate"], rel=1e-9, abs=1e-12)
    assert values.get("base") == stored["base"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_sql_of_an_average_reads_no_store(built_once: Path, address: str) -> None:
    assert "full_" not in figure_sql(study(), Files(built_once, "tiny"), address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_rows_make_the_figure(built_once: Path, address: str) -> None:
    figure = _rows(built_once, address)
    counted = [row for row in figure.rows if row[4] and row[5] and row[6] is not None]
    total = sum(row[3] for row in counted)
    estimate = figure.scale * sum(row[3] * row[7] for row in counted) / total
    assert estimate == pytest.approx(figure.stored["estimate"], rel=1e-9)
    assert len(counted) == figure.stored["base"]


@pytest.mark.parametrize("address", OTHERS)
def test_figure_that_is_no_average_has_no_rows(built_once: Path, address: str) -> None:
    with pytest.raises(AuditError, match="no single average"):
        _rows(built_once, address)


def test_figure_of_a_model_is_told(built_once: Path) -> None:
    with pytest.raises(AuditError, match="made by an analysis of impact"):
        figure_sql(study(), Files(built_once, "tiny"), "visitors/drivers_importance@staff/all/2024")


def test_workbook_holds_formulas_over_the_rows(built_once: Path, tmp_path: Path) -> None:
    figure = _rows(built_once, ADDRESSES[1])
    write_workbook(figure, tmp_path / "figure.xlsx")
    book = openpyxl.load_workbook(tmp_path / "figure.xlsx")
    last = len(figure.rows) + 1
    made = {row[0].value: row[1].value for row in book["figure"].iter_rows(min_row=3)}
    weight, score, counts = (f"rows!${letter}$2:${letter}${last}" for letter in "DHI")
    assert made["estimate"] == (f"=100*SUMPRODUCT({weight},{score},{counts})/SUMPRODUCT({weight},{counts})")
    heads = [cell.value for cell in book["rows"][1]]
    assert (heads[3], heads[7], heads[8]) == ("weight", "score", "counts")
    assert book["rows"]["H2"].value.startswith("=IF(G2=")
    assert [row[0].value for row in book["scores"].iter_rows(min_row=2)] == ["8", "9", "10"]


def test_spss_syntax_reads_the_rows_and_weights_them(built_once: Path, tmp_path: Path) -> None:
    figure = _rows(built_once, ADDRESSES[0])
    syntax = spss_syntax(figure, tmp_path / "overall.csv")
    assert "FILE='overall.csv'" in syntax
    assert syntax.index("SELECT IF (included = 1 AND in_group = 1") < syntax.index("WEIGHT BY weight.")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("address", ADDRESSES)
def test_r_gives_estimate_and_standard_error(built_once: Path, tmp_path: Path, address: str) -> None:
    figure = _rows(built_once, address)
    rows, script = tmp_path / "rows.csv", tmp_path / "figure.R"
    write_rows(figure, rows)
    script.write_text(r_script(figure, rows, method="cell"))
    run = subprocess.run(["Rscript", script.name], cwd=tmp_path, capture_output=True, text=True, check=False)
    if "there is no package called" in run.stderr:
        pytest.skip("R has no package survey")
    found = {line.split()[0]: float(line.split()[1]) for line in run.stdout.splitlines()}
    for field in ("estimate", "se", "base", "weighted_base"):
        assert found[field] == pytest.approx(figure.stored[field], rel=1e-9, abs=1e-9), field

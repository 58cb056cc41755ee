from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_study
from wavedeck.cli.app import app
from wavedeck.cli.main import run
from wavedeck.figures.store import write_comparisons, write_figures

HEAD = "id,value,address,field,slide,reason\n"
LEDGER = "slide,element,address,field,printed\n8,chart:overall/s1p1,visitors/overall/all/2024,estimate,7.3\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the tiny study looks built."""
    shutil.copytree(tiny_study.ROOT, tmp_path, dirs_exist_ok=True)
    report, processed = tmp_path / "reports/tiny/2024", tmp_path / "data/processed/tiny/2024"
    report.mkdir(parents=True)
    processed.mkdir(parents=True)
    (report / "ledger.csv").write_text(LEDGER)
    store = tiny_study.store()
    write_figures(store.figures.values(), processed / "figures.parquet")
    write_comparisons(store.comparisons.values(), processed / "comparisons.parquet")
    return tmp_path


def _backtest(folder: Path, *rows: str) -> int:
    (folder / "config/studies/tiny/published.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return run(lambda: app(["backtest", "tiny", "--directory", str(folder)]))


def test_backtest_ends_well_when_every_value_agrees(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert _backtest(folder, "a,7.3,visitors/overall/all/2024,estimate,8,") == 0
    assert "1 published values: 1 agreed" in capsys.readouterr().out
    written = (folder / "data/processed/tiny/2024/backtest.csv").read_text().splitlines()
    assert written[1].startswith("a,7.3,visitors/overall/all/2024,estimate,8,agreed,")


def test_backtest_fails_on_a_value_without_reason(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert _backtest(folder, "a,7.4,visitors/overall/all/2024,estimate,8,") == 1
    assert "published 7.4, ours 7.3" in capsys.readouterr().out


def test_backtest_passes_with_a_reason(folder: Path) -> None:
    assert _backtest(folder, "a,7.4,visitors/overall/all/2024,estimate,8,oddity 1: misprint") == 0


def test_backtest_of_a_report_that_is_not_built_says_so(folder: Path, capsys: pytest.CaptureFixture) -> None:
    (folder / "reports/tiny/2024/ledger.csv").unlink()
    assert _backtest(folder, "a,7.4,visitors/overall/all/2024,estimate,8,") == 1
    assert "build the report first" in capsys.readouterr().err

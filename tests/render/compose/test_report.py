from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pptx import Presentation

import tiny_study
from wavedeck.render.compose.report import LEDGER_COLUMNS, write_charts, write_deck, write_ledger
from wavedeck.render.pptx.deck import Printed
from wavedeck.study.errors import NarrativeError

TEMPLATE = tiny_study.HOUSE / "deck.pptx"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Printed, ...]]:
    path = tmp_path_factory.mktemp("report") / "deck.pptx"
    return path, write_deck(tiny_study.context(), TEMPLATE, path)


def test_deck_has_every_slide_declared(deck: tuple[Path, tuple[Printed, ...]]) -> None:
    assert len(Presentation(str(deck[0])).slides) == len(tiny_study.study().deck.slides)


def test_deck_is_written_with_the_same_bytes(deck: tuple[Path, tuple[Printed, ...]], tmp_path: Path) -> None:
    write_deck(tiny_study.context(), TEMPLATE, tmp_path / "deck.pptx")
    assert (tmp_path / "deck.pptx").read_bytes() == deck[0].read_bytes()


def test_ledger_names_figures_waves_and_constants_that_exist(deck: tuple[Path, tuple[Printed, ...]]) -> None:
    study, store = tiny_study.study(), tiny_study.store()
    for line in deck[1]:
        if line.field in ("wave", "fieldwork"):
            assert line.address in study.wave_names
        elif line.field == "constant":
            value = study.settings.model_dump()
            for key in line.address.removeprefix("study/").split("."):
                value = value[key]
        else:
            assert line.address in store


def test_ledger_of_shown_figures_prints_what_the_store_holds(deck: tuple[Path, tuple[Printed, ...]]) -> None:
    context = tiny_study.context()
    for line in deck[1]:
        if line.field == "estimate" and context.store[line.address].state == "shown":
            assert line.printed == context.printed(context.store[line.address]), line


def test_ledger_reads_back(deck: tuple[Path, tuple[Printed, ...]], tmp_path: Path) -> None:
    write_ledger(deck[1], tmp_path / "ledger.csv")
    with (tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == LEDGER_COLUMNS
    assert [row["printed"] for row in rows] == [line.printed for line in deck[1]]


def test_failing_report_leaves_no_deck(tmp_path: Path) -> None:
    with pytest.raises(NarrativeError):
        write_deck(tiny_study.context(templates=tmp_path), TEMPLATE, tmp_path / "deck.pptx")
    assert list(tmp_path.iterdir()) == []


def test_every_chart_is_drawn_as_picture_too(tmp_path: Path) -> None:
    written = write_charts(tiny_study.context(), tmp_path)
    charts = {slide.id for slide in tiny_study.study().deck.slides if slide.kind == "chart"}
    assert {path.name for path in written} == {f"{name}.{kind}" for name in charts for kind in ("png", "svg")}
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}

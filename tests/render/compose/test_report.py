from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pptx import Presentation

import tiny_study
from tiny_study import chart_slide
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.report import LEDGER_COLUMNS, write_charts, write_deck, write_ledger
from wavedeck.render.pptx.deck import Printed
from wavedeck.study.deck import DeckSpec
from wavedeck.study.errors import NarrativeError, RenderError

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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
        elif line.field in ("page", "chapter"):
            assert line.address.removeprefix("study/deck.") in {slide.id for slide in study.deck.slides}
        elif line.field in ("label", "listed", "quote"):
            assert line.address.startswith(("study/labels", "study/quotes", "visitors/"))
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


def test_no_number_in_a_chart_has_more_decimals_than_are_printed(
    deck: tuple[Path, tuple[Printed, ...]],
) -> None:
    found = [*_numbers_in_charts(deck[0])]
    assert len(found) > 40
    for name, code, value in found:
        places = len(code.partition('"')[0].partition(".")[2])
        assert len(value.removesuffix(".0").partition(".")[2]) <= places, (name, value)


def _numbers_in_charts(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield part, number format and value of every number in chart XML and in the workbooks behind it."""
    frames = [one for slide in Presentation(str(path)).slides for one in slide.shapes if one.has_chart]
    for frame in frames:
        caches = [*frame.chart._chartSpace.iter(f"{CHART}numCache")]
        codes = {cache.findtext(f"{CHART}formatCode") for cache in caches}
        assert len(codes) == 1, frame.name
        (code,) = codes
        for cache in caches:
            yield from ((frame.name, code, one.text) for one in cache.iter(f"{CHART}v"))
        with zipfile.ZipFile(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)) as book:
            cells = ET.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}c")
            values = [cell.findtext(f"{SHEET}v") for cell in cells if cell.get("t") != "s"]
        yield from ((frame.name, code, value) for value in values if value)


def test_failing_report_leaves_no_deck(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"problems:\n- slide 'cover'"):
        write_deck(tiny_study.context(templates=tmp_path), TEMPLATE, tmp_path / "deck.pptx")
    assert list(tmp_path.iterdir()) == []


def spoilt(folder: Path, deck: dict[str, object]) -> Context:
    """Return a report with several mistakes in its texts, and slides declared otherwise."""
    shutil.copytree(tiny_study.TEMPLATES, folder)
    (folder / "summary.en.j2").write_text("# T\n{{ fig('visitors/nothing/all') }}\n", encoding="utf-8")
    (folder / "overall.en.j2").write_text(
        "# " + "Too long " * 60 + "\n" + "- Too long.\n" * 60, encoding="utf-8"
    )
    (folder / "groups.en.j2").unlink()
    slides = [one.model_copy(update=deck.get(one.id, {})) for one in tiny_study.study().deck.slides]
    study = replace(tiny_study.study(), deck=DeckSpec.model_construct(slides=slides))
    return tiny_study.context(templates=folder, study=study)


def test_all_problems_of_a_report_come_at_once(tmp_path: Path) -> None:
    wrong = {"crossed": {"layout": "tabel"}, "services": {"chart": chart_slide(items=["nothing"]).chart}}
    context = spoilt(tmp_path / "texts", wrong)
    with pytest.raises(RenderError) as caught:
        write_deck(context, TEMPLATE, tmp_path / "deck.pptx")
    lines = str(caught.value).splitlines()
    assert lines[0] == "the report has 6 problems:"
    expected = [
        r"slide 'summary': .*texts/summary\.en\.j2, line 2: no figure 'visitors/nothing/all'",
        r"slide 'groups': .*texts/groups\.en\.j2 is missing; write it",
        r"slide 8 'overall' .* text in 'title' does not fit .* \(the text is in .*texts/overall\.en\.j2\)",
        r"slide 8 'overall' .* text in 'body' does not fit .* \(the text is in .*texts/overall\.en\.j2\)",
        r"slide 11 'crossed': template deck\.pptx has no layout 'tabel'; did you mean 'table'\?",
        r"slide 'services': unknown item 'nothing'",
    ]
    for line, pattern in zip(lines[1:], expected, strict=True):
        assert re.search(pattern, line), line
    assert not (tmp_path / "deck.pptx").exists()


def test_single_problem_is_told_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(tiny_study.TEMPLATES, tmp_path / "texts")
    (tmp_path / "texts" / "groups.en.j2").unlink()
    with pytest.raises(NarrativeError, match=r"^slide 'groups': .*groups\.en\.j2 is missing"):
        write_deck(tiny_study.context(templates=tmp_path / "texts"), TEMPLATE, tmp_path / "deck.pptx")


def test_every_chart_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    wrong = {name: {"chart": chart_slide(items=["nothing"]).chart} for name in ("services", "overall")}
    with pytest.raises(RenderError, match=r"2 problems:\n- slide 'overall': .*\n- slide 'services': "):
        write_charts(spoilt(tmp_path / "texts", wrong), tmp_path / "charts")


def test_every_chart_is_drawn_as_picture_too(tmp_path: Path) -> None:
    written = write_charts(tiny_study.context(), tmp_path)
    charts = {slide.id for slide in tiny_study.study().deck.slides if slide.kind == "chart"}
    assert {path.name for path in written} == {f"{name}.{kind}" for name in charts for kind in ("png", "svg")}
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in written}

"""What was published, and what our reports print of it."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from finished_deck import FinishedSlide, read_deck
from wavedeck.audit.ledger import Print, read_ledger
from wavedeck.audit.published import FILE, Published, published_findings, read_published
from wavedeck.cli.backtest import run_backtest
from wavedeck.study.load import Study, load_study
from workplace import ROOT

STUDIES = sorted(path.parent.name for path in (ROOT / "config" / "studies").glob("*/published.csv"))
MOST_WITH_REASON = 3.0
UNCERTAIN = "uncertain in the source: "
REASONS = ("oddity ", "impossible: ", UNCERTAIN)
NO_FIGURES = ("wave", "quote", "label", "page", "chapter", "numbering", "axis")
FRONT = ("cover", "contents", "divider")


def _study(name: str) -> Study:
    return load_study(ROOT / "config" / "studies" / name)


def _rows(name: str) -> tuple[Published, ...]:
    return read_published(ROOT / "config" / "studies" / name / FILE)


def _reference(name: str) -> list[dict[str, str]]:
    """Return the published figures of the report whose list has the ids of a study's published.csv."""
    shared = os.environ.get("WAVEDECK_SHARED", str(ROOT.parent / "shared"))
    first = _rows(name)[0].id
    for path in sorted(Path(shared, "reference").glob("*/figures.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            figures = list(csv.DictReader(file))
        if figures and figures[0]["id"] == first:
            return figures
    pytest.skip("the folder with published reports is not here; name it in WAVEDECK_SHARED")


def _slide_list(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}_slides.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", STUDIES)
def test_published_has_every_row_of_the_source_in_its_order(name: str) -> None:
    figures, rows = _reference(name), _rows(name)
    ours = [(row.id, row.slide) for row in rows[: len(figures)]]
    assert [one for one, _ in ours] == [figure["id"] for figure in figures]
    assert [slide for _, slide in ours] == [figure["slide"] for figure in figures]
    other = [
        (row.id, row.value, figure["value"])
        for row, figure in zip(rows, figures, strict=False)
        if Decimal(row.value) != Decimal(figure["value"])
    ]
    assert other == []


@pytest.mark.parametrize("name", STUDIES)
def test_rows_beyond_the_source_are_marks_of_significance(name: str) -> None:
    figures, rows = _reference(name), _rows(name)
    assert [row.id for row in rows[len(figures) :] if not row.is_mark] == []


@pytest.mark.parametrize("name", STUDIES)
def test_published_names_only_what_the_study_has(name: str) -> None:
    assert [str(finding) for finding in published_findings(_study(name))] == []


@pytest.mark.parametrize("name", STUDIES)
def test_few_rows_have_a_reason_and_each_reason_says_which(name: str) -> None:
    figures = {figure["id"]: figure for figure in _reference(name)}
    excused = [row for row in _rows(name) if row.reason]
    assert [row.reason for row in excused if not row.reason.startswith(REASONS)] == []
    wrongly = [row.id for row in excused if row.reason.startswith(UNCERTAIN) and _certain(figures, row)]
    assert wrongly == []
    certain = [row for row in excused if _certain(figures, row)]
    assert 100 * len(certain) / len(figures) <= MOST_WITH_REASON


def _certain(figures: dict[str, dict[str, str]], row: Published) -> bool:
    return row.id not in figures or figures[row.id]["certain"] != "no"


@pytest.mark.parametrize("name", STUDIES)
def test_slide_list_counts_the_figures_of_the_source(name: str) -> None:
    counted = Counter(figure["slide"] for figure in _reference(name))
    assert {one["slide"]: int(one["figures"]) for one in _slide_list(name) if int(one["figures"])} == counted


@pytest.mark.slow
@pytest.mark.parametrize("name", STUDIES)
def test_report_agrees_with_what_was_published(name: str, build_study: Callable[[str], Path]) -> None:
    study = _study(name)
    found = run_backtest(study, build_study(name), study.wave_names[-1])
    assert [f"slide {one.slide}: {one.id} {one.value} / {one.ours} {one.remark}" for one in found.open] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", STUDIES)
def test_every_slide_is_as_listed(name: str, build_study: Callable[[str], Path]) -> None:
    folder = build_study(name) / "reports" / name / _study(name).wave_names[-1]
    slides, listed = read_deck(folder / "deck.pptx"), _slide_list(name)
    prints = [one for one in read_ledger(folder / "ledger.csv") if one.on_slide]
    excused = Counter(row.slide for row in _rows(name) if row.reason)
    assert len(slides) == len(listed)
    wrong = [
        f"slide {one['slide']}: {problem}"
        for slide, one in zip(slides, listed, strict=True)
        for problem in _problems(slide, one, prints, excused)
    ]
    assert wrong == []


def _problems(
    slide: FinishedSlide, listed: dict[str, str], prints: list[Print], excused: Counter[str]
) -> list[str]:
    own = [one for one in prints if one.slide == listed["slide"]]
    figures = sum(one.field not in NO_FIGURES and not one.field.endswith(".mark") for one in own)
    quotes = sum(one.field == "quote" for one in own)
    kind, found = listed["kind"], []
    if kind in FRONT and slide.layout != kind:
        found.append(f"is laid out as {slide.layout}, not as {kind}")
    if kind in (*FRONT, "text") and slide.forms:
        found.append(f"{kind} has {len(slide.forms)} charts")
    if len(slide.forms) < int(listed["charts"]):
        found.append(f"has {len(slide.forms)} of {listed['charts']} native charts")
    if listed["form"] and listed["form"] not in slide.forms:
        found.append(f"has {', '.join(slide.forms) or 'no chart'}, not {listed['form']}")
    if slide.tables < int(listed["tables"]):
        found.append(f"has {slide.tables} of {listed['tables']} tables")
    if quotes != int(listed["quotes"]):
        found.append(f"has {quotes} of {listed['quotes']} quotes")
    if figures < int(listed["figures"]) - excused[listed["slide"]]:
        found.append(f"prints {figures} of {listed['figures']} figures")
    return found

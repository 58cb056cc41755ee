from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from built_study import build, stores
from changed_study import ANSWER, ANSWER_BEFORE, CONFIG, RAW_BEFORE, TARGETS, WAVE, Edit, copy_changed
from delivered_study import deliver_earlier, deliver_store
from wavedeck.audit.explain.restated import Restatement, Restatements, find_restatements, write_restatements
from wavedeck.audit.explain.say_restated import csv_of_restated, text_of_restated
from wavedeck.audit.ledger import AuditError
from wavedeck.figures.store import FigureStore, read_figures
from wavedeck.study.load import load_study

OVERALL = "visitors/overall/all/2023"
STRICTER = Edit(f"{CONFIG}/study.yaml", "minimum: 5, low_base: 12", "minimum: 12, low_base: 12")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = copy_changed(tmp_path_factory.mktemp("delivered") / "study")
    deliver_earlier(made)
    return made


@pytest.fixture
def folder(delivered: Path, tmp_path: Path) -> Path:
    """The tiny study, not built, whose report of 2023 was delivered."""
    return Path(shutil.copytree(delivered, tmp_path / "study"))


def rebuilt(folder: Path, *edits: Edit) -> Restatements:
    for edit in edits:
        edit.apply(folder)
    study = load_study(folder / CONFIG)
    build(study, folder, folder, WAVE)
    return find_restatements(study, folder, WAVE)


def one(found: Restatements, address: str) -> Restatement:
    return next(entry for entry in found.entries if entry.address == address)


def test_report_whose_earlier_figures_stand_has_none(folder: Path) -> None:
    found = rebuilt(folder)
    assert found.entries == ()
    assert found.note == "tiny 2024: 0 printed figures of earlier waves differ from what was delivered"


def test_change_in_the_wave_itself_is_no_restatement(folder: Path) -> None:
    assert rebuilt(folder, ANSWER).entries == ()


def test_corrected_answer_is_restated_with_values_bases_and_slides(folder: Path) -> None:
    found = rebuilt(folder, ANSWER_BEFORE, Edit(RAW_BEFORE, "23001,1,2,71,8,", "23001,1,2,71,,"))
    entry = one(found, OVERALL)
    assert (entry.kind, entry.delivered, entry.slides_then) == ("printed", "2023", "4, 6")
    assert (entry.printed_then, entry.printed_now) == ("7.2", "7.3")
    assert (entry.base_then, entry.base_now) == ("40", "39")
    assert entry in found.in_print
    assert f"{len(found.in_print)} printed figures of earlier waves differ" in found.note


def test_digits_behind_the_printed_ones_are_a_kind_of_their_own(folder: Path) -> None:
    found = rebuilt(folder, *TARGETS)
    quiet = [entry for entry in found.entries if entry.kind == "digits"]
    assert quiet
    assert all(entry.printed_then == entry.printed_now for entry in quiet)
    assert all(entry.value_then != entry.value_now for entry in quiet)
    assert not set(quiet) & set(found.in_print)


def test_figure_that_may_no_longer_be_printed_shows_no_value_of_then_either(folder: Path) -> None:
    found = rebuilt(folder, STRICTER)
    hidden = [entry for entry in found.entries if entry.kind == "hidden"]
    assert hidden
    assert all((entry.printed_then, entry.value_then, entry.base_then) == ("", "", "") for entry in hidden)


def test_no_hidden_value_stands_in_any_form_of_the_list(folder: Path) -> None:
    found = rebuilt(folder, STRICTER, ANSWER_BEFORE)
    path = folder / "restatements.csv"
    write_restatements(found, path)
    said = path.read_text() + csv_of_restated(found) + "\n".join(text_of_restated(found))
    full = read_figures(folder / "data" / "processed" / "tiny" / WAVE / "full_figures.parquet")
    shown = {figure.estimate for figure in full if figure.is_shown}
    planted = [
        repr(figure.estimate)
        for figure in full
        if figure.state == "suppressed" and figure.estimate not in shown and len(repr(figure.estimate)) > 12
    ]
    assert planted
    assert not [value for value in planted if value in said]


def test_figure_that_is_no_longer_made_is_gone(folder: Path) -> None:
    study = load_study(folder / CONFIG)
    made = stores(study, folder, folder, "2023").publishable
    renamed = replace(made.figures[OVERALL], address="visitors/overal/all/2023", indicator="overal")
    deliver_store(
        folder, FigureStore({**made.figures, renamed.address: renamed}, made.comparisons), version=2
    )
    found = rebuilt(folder)
    assert [(entry.address, entry.kind) for entry in found.entries] == [(renamed.address, "gone")]


def test_newest_version_of_a_delivery_is_the_measure(folder: Path) -> None:
    ANSWER_BEFORE.apply(folder)
    deliver_earlier(folder, version=2)
    found = rebuilt(folder)
    assert found.entries == ()
    assert found.deliveries == {"2023": "data/published/tiny/2023/2"}


def test_nothing_delivered_is_said_and_gives_no_note(tmp_path: Path) -> None:
    found = rebuilt(copy_changed(tmp_path / "study"))
    assert found.note == ""
    assert "no earlier report is in data/published" in "\n".join(text_of_restated(found))


def test_report_that_is_not_built_is_refused(folder: Path) -> None:
    with pytest.raises(AuditError, match="not built; run: wavedeck build tiny"):
        find_restatements(load_study(folder / CONFIG), folder, WAVE)


def test_delivered_file_without_a_column_is_refused(folder: Path) -> None:
    path = folder / "data" / "published" / "tiny" / "2023" / "1" / "figures.csv"
    path.write_text("address,wave\n", encoding="utf-8")
    with pytest.raises(AuditError, match="has no column part, indicator"):
        rebuilt(folder)

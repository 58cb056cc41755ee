"""Mutating one raw answer changes exactly the figures that the way back names, number for number."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.trace.back import trace_row
from wavedeck.audit.trace.place import Place
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning

RAW = "data/raw/tiny/2024/responses.csv"
CODES = "data/raw/tiny/2024/visitors_coding.csv"
CLOSE = 1e-12
#: Impact figures that are a sum over the rows they name, and so move with each of their answers.
SUMS = ("drivers_importance@", "drivers_rating@")
HIDDEN = "suppressed"
#: Sampling units of a rating are those of the whole analysis; its value does not rest on the outcome.
OF_THE_MODEL = ("units", "degf")


def edited(
    folder: Path, change: Callable[[list[list[str]]], None], file: str = RAW, own: Study | None = None
) -> Place:
    """Return the study, or a variant of it, built with a raw file changed."""
    shutil.copytree(ROOT, folder)
    with (folder / file).open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))
    change(lines)
    with (folder / file).open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(lines)
    build(own or study(), folder, folder, "2024")
    return Place(own or study(), folder, "2024")


def answer(row: int, column: str, value: str) -> Callable[[list[list[str]]], None]:
    def change(lines: list[list[str]]) -> None:
        place = lines[0].index(column)
        assert lines[row - 1][place] != value
        lines[row - 1][place] = value

    return change


def moved(before: Place, after: Place) -> set[str]:
    """Return the figures of which any stored number is another, or the state for a reason of their own.

    Under a rule of disclosure a figure is also hidden, or shown again, because of a base beside it.
    """
    return {address for address, own, other in _pairs(before, after) if _differs(own, other)}


def hidden_otherwise(before: Place, after: Place) -> set[str]:
    """Return the figures that are hidden before or after, but not both."""
    return {
        address
        for address, own, other in _pairs(before, after)
        if (own["state"] == HIDDEN) != (other["state"] == HIDDEN)
    }


def _pairs(before: Place, after: Place) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    first, second = ({one["address"]: one for one in own.figures.to_pylist()} for own in (before, after))
    assert first.keys() == second.keys()
    return [(address, own, second[address]) for address, own in first.items()]


def _differs(first: dict[str, object], second: dict[str, object]) -> bool:
    aside = {*OF_THE_MODEL} if first["statistic"] == "rating" else set()
    aside |= {"state"} if HIDDEN in (first["state"], second["state"]) else set()
    return any(not _same(value, second[name]) for name, value in first.items() if name not in aside)


def _same(one: object, two: object) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= CLOSE * max(1.0, abs(one), abs(two))
    return one == two


def named(place: Place, row: int, column: str = "") -> set[str]:
    return {one.address for one in trace_row(place, RAW, row, column=column).figures}


def plain(addresses: set[str]) -> set[str]:
    return {one for one in addresses if "/drivers_" not in one}


def indicators(addresses: set[str]) -> set[str]:
    return {one.split("/")[1].partition("@")[0].partition(".")[0] for one in addresses}


def sums(addresses: set[str]) -> set[str]:
    return {one for one in addresses if one.split("/")[1].startswith(SUMS)}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (12, "overall", ""),
        (8, "overall", ""),
        (3, "overall", "99"),
        (2, "q_staff", ""),
        (7, "q_staff", ""),
        (9, "q_wifi", ""),
        (20, "q_opening", ""),
        (6, "recommend", ""),
        (7, "recommend", ""),
        (7, "rate_lending_speed", ""),
    ],
)
def test_answer_that_changes_moves_exactly_the_figures_that_are_named(
    place: Place, tmp_path: Path, row: int, column: str, value: str
) -> None:
    after = edited(tmp_path / "other", answer(row, column, value))
    found, told = moved(place, after), named(place, row, column)
    assert found
    assert plain(found) == plain(told)
    assert sums(found) == sums(told)
    assert found <= told


def test_code_of_an_open_answer_moves_exactly_its_themes(place: Place, tmp_path: Path) -> None:
    def recode(lines: list[list[str]]) -> None:
        (line,) = (one for one in lines if one[:2] == ["24004", "remark"])
        line[lines[0].index("code")] = "staff"

    after = edited(tmp_path / "other", recode, CODES)
    found, told = moved(place, after), named(place, 5, "remark")
    assert found
    assert found <= told
    assert {one.partition(".")[2].partition("/")[0] for one in found} == {"opening", "place", "staff"}


def test_tick_moves_figures_that_are_named_before_or_after(place: Place, tmp_path: Path) -> None:
    after = edited(tmp_path / "other", answer(7, "act_read", "1"))
    found = moved(place, after)
    assert {"visitors/activity.read/all/2024", "visitors/activity.quiet/all/2024"} <= found
    assert found <= named(place, 7, "act_read") | named(after, 7, "act_read")


@pytest.mark.parametrize(
    ("row", "column", "value"), [(9, "sex", "2"), (12, "sex", "2"), (3, "age", ""), (9, "age", "70")]
)
def test_group_that_changes_moves_figures_that_are_named_before_or_after(
    place: Place, tmp_path: Path, row: int, column: str, value: str
) -> None:
    after = edited(tmp_path / "other", answer(row, column, value))
    found = moved(place, after)
    assert found
    assert found <= named(place, row, column) | named(after, row, column)


def test_figure_that_is_hidden_for_a_base_beside_it_is_of_an_indicator_that_is_named(
    place: Place, tmp_path: Path
) -> None:
    after = edited(tmp_path / "other", answer(9, "sex", "2"))
    found, told = hidden_otherwise(place, after), named(place, 9, "sex") | named(after, 9, "sex")
    assert found - told
    assert indicators(found) <= indicators(told)


def test_weighting_answer_moves_weighted_figures_and_what_is_named(place: Place, tmp_path: Path) -> None:
    after = edited(tmp_path / "other", answer(7, "branch", "2"))
    found = moved(place, after)
    told = named(place, 7, "branch") | named(after, 7, "branch")
    assert trace_row(place, RAW, 7).weighting_columns == ("branch",)
    unweighted = ("respondents", "sample", "response")
    assert {one for one in found if one.split("/")[1].partition(".")[0] in unweighted} <= told
    assert all(one.endswith("/2024") for one in found)
    assert len(found - told) > 20


def test_dropped_row_moves_nothing_and_names_nothing(tmp_path: Path) -> None:
    rules = Cleaning.model_validate({**study().cleaning.model_dump(), "duplicates": "keep_first"})
    own = replace(study(), cleaning=rules)

    def twice(lines: list[list[str]]) -> None:
        lines[12][0] = lines[11][0]

    def changed(lines: list[list[str]]) -> None:
        twice(lines)
        answer(13, "overall", "1")(lines)

    before = edited(tmp_path / "before", twice, own=own)
    after = edited(tmp_path / "after", changed, own=own)
    assert moved(before, after) == set()
    assert trace_row(before, RAW, 13).disposition.disposition == "dropped"
    assert named(before, 13) == set()

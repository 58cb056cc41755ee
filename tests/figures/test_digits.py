"""Digits and spreads that would let a reader solve hidden groups, tried on what figures.csv says."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path

import pytest

import tiny_study
from wavedeck.figures.assemble import Stores
from wavedeck.figures.digits import as_printed, comparison_as_printed, only_printed_digits, store_as_printed
from wavedeck.figures.export import VALUES, write_csv
from wavedeck.figures.records import Comparison, Figure
from wavedeck.study.settings import Disclosure, Reliability, Suppression

WAVE = "2024"
EAST = f"visitors/overall/branch_east/{WAVE}"
TARGETS = {"north": 50, "south": 40, "east": 10}
RULES = Suppression(reliability=Reliability(minimum=0), disclosure=Disclosure(minimum=8))
Row = dict[str, str]


@cache
def stores() -> Stores:
    return tiny_study.assembled(WAVE, suppression=RULES)


def published(folder: Path, *, printed_digits: bool) -> dict[str, Row]:
    write_csv(stores().publishable, folder / "figures.csv", "en", printed_digits=printed_digits)
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def half_a_digit(text: str) -> float:
    """Return by how much a number may differ from what is written; a whole mark may stand for 7.0."""
    decimals = len(text.partition(".")[2])
    return 0.5 * 10.0 ** -max(decimals, 1) if decimals < 6 else 1e-9


def possible_means(said: dict[str, Row]) -> set[float]:
    """Return each mean that the smallest branch may have, by counting through all whole numbers."""
    everybody = int(said[f"visitors/respondents/all/{WAVE}"]["base"])
    known = said[f"visitors/overall/branch_north/{WAVE}"]
    total = said[f"visitors/overall/all/{WAVE}"]
    sums = float(known["estimate"]) * int(known["base"])
    sizes = {name: float(size) for name, size in branch_sizes().items()}
    weights = {name: TARGETS[name] * everybody / 100 / size for name, size in sizes.items()}
    answers = bases()
    weighted = sum(weights[name] * answers[name] for name in TARGETS)
    found = set()
    for east in range(answers["east"], 10 * answers["east"] + 1):
        rest = float(total["estimate"]) * weighted - weights["north"] * sums - weights["east"] * east
        slack = half_a_digit(total["estimate"]) * weighted
        slack += half_a_digit(known["estimate"]) * weights["north"] * int(known["base"])
        low, high = ((rest + way * slack) / weights["south"] for way in (-1, 1))
        if any(answers["south"] <= one <= 10 * answers["south"] for one in _wholes(low, high)):
            found.add(east / answers["east"])
    return found


def _wholes(low: float, high: float) -> range:
    return range(math.ceil(low), math.floor(high) + 1)


def branch_sizes() -> dict[str, int]:
    """Return how many respondents each branch has: more than a reader knows, so digits alone count."""
    full = stores().full
    return {name: int(full[f"visitors/respondents/branch_{name}/{WAVE}"].base or 0) for name in TARGETS}


def bases() -> dict[str, int]:
    full = stores().full
    return {name: int(full[f"visitors/overall/branch_{name}/{WAVE}"].base or 0) for name in TARGETS}


def test_all_digits_leave_few_answers_and_printed_ones_many(tmp_path: Path) -> None:
    assert stores().publishable[EAST].state == "suppressed"
    truth = stores().full[EAST].estimate
    exact, printed = (possible_means(published(tmp_path, printed_digits=own)) for own in (False, True))
    assert any(one == pytest.approx(truth) for one in exact)
    assert len(exact) * 3 < len(printed)
    assert max(printed) - min(printed) > 8


def test_spread_of_weights_would_give_the_size_of_each_cell(tmp_path: Path) -> None:
    """The attack finds the sizes from the full store; figures.csv says nothing of how unequal weights are."""
    full, sizes = stores().full, branch_sizes()
    everybody = sum(sizes.values())
    said = full[f"visitors/population.sex_female/all/{WAVE}"].effective_base or 0.0
    rest = everybody - sizes["north"]
    found = [
        (rest - east, east) for east in range(1, rest) if abs(_kish(sizes["north"], rest, east) - said) < 1e-6
    ]
    assert found == [(sizes["south"], sizes["east"])]
    rows = published(tmp_path, printed_digits=True).values()
    assert {row["effective_base"] for row in rows} == {""}


def _kish(north: int, rest: int, east: int) -> float:
    sizes = {"north": north, "south": rest - east, "east": east}
    return 1 / sum((TARGETS[name] / 100) ** 2 / size for name, size in sizes.items())


def test_every_number_has_the_digits_of_print(tmp_path: Path) -> None:
    rows = published(tmp_path, printed_digits=True)
    assert list(rows) == list(stores().publishable.figures)
    for address, row in rows.items():
        decimals = stores().publishable[address].decimals
        most = dict.fromkeys(VALUES, decimals) | {"se": decimals + 1, "weighted_base": 0}
        most |= {"change": decimals, "rest_difference": decimals, "change_p": 3, "rest_p": 3}
        for name, own in most.items():
            assert len(row[name].partition(".")[2]) <= own, (address, name)


def test_what_is_printed_stays_the_same(tmp_path: Path) -> None:
    exact, rounded = (published(tmp_path, printed_digits=own) for own in (False, True))
    for name in ("printed", "state", "base", "change_mark", "rest_mark"):
        assert [row[name] for row in exact.values()] == [row[name] for row in rounded.values()]


def test_rounding_twice_is_rounding_once() -> None:
    once = store_as_printed(stores().publishable)
    assert store_as_printed(once) == once


def test_numbers_that_do_not_exist_stay_away() -> None:
    names = dict.fromkeys(("address", "part", "indicator", "item", "category", "group", "wave"), "x")
    figure = Figure(
        **names, statistic="mean", unit="mark", decimals=1, state="shown", estimate=7.25, se=0.456
    )
    made = as_printed(figure)
    assert (made.estimate, made.se, made.ci_low, made.weighted_base) == (7.3, 0.46, None, None)
    item = comparison_as_printed(Comparison(address="x", kind="rest", difference=0.149, p=0.04951), 1)
    assert (item.difference, item.p, item.se) == (0.1, 0.05, None)


def test_only_studies_with_a_rule_of_disclosure_publish_fewer_digits() -> None:
    assert only_printed_digits(RULES)
    assert not only_printed_digits(RULES.model_copy(update={"disclosure": None}))

"""Identities of estimation, and the tiny study once more in plain Python."""

from __future__ import annotations

import csv
import math
from collections import Counter
from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny_study
from tiny_study import PART, ROOT
from wavedeck.figures.estimate import Estimates, estimate_wave, make_design
from wavedeck.figures.records import Figure
from wavedeck.study.errors import StatisticsError

WAVE = "2024"
TARGETS = {"1": 0.5, "2": 0.4, "3": 0.1}


def with_weights(factor: np.ndarray | float) -> pa.Table:
    table = tiny_study.weights(WAVE)
    column = pa.array(np.broadcast_to(factor, table.num_rows).astype(np.float64))
    return table.set_column(table.column_names.index("weight"), "weight", column)


def estimated(weights: pa.Table, method: str = "given") -> Estimates:
    return estimate_wave(tiny_study.responses(WAVE), weights, tiny_study.recipe(WAVE, weighting=method), ROOT)


@cache
def unweighted() -> Estimates:
    return estimated(with_weights(1.0), "none")


def values(figures: list[Figure], *left_out: str) -> list[tuple[object, ...]]:
    names = [name for name in Figure.__dataclass_fields__ if name not in left_out]
    return [
        tuple(round(value, 9) if isinstance(value := getattr(one, name), float) else value for name in names)
        for one in figures
    ]


def test_equal_weights_are_no_weights() -> None:
    assert values(estimated(with_weights(3.7)).figures, "weighted_base") == values(
        unweighted().figures, "weighted_base"
    )


@settings(max_examples=5, deadline=None)
@given(st.floats(0.01, 1000))
def test_rescaled_weights_change_nothing_but_the_weighted_base(scale: float) -> None:
    own = tiny_study.weights(WAVE)["weight"].to_numpy()
    once, again = estimated(with_weights(own)), estimated(with_weights(own * scale))
    assert values(again.figures, "weighted_base") == values(once.figures, "weighted_base")
    tested = [[one.p or 0.0 for one in made.comparisons] for made in (once, again)]
    assert tested[0] == pytest.approx(tested[1], rel=1e-7)


@cache
def raw() -> list[dict[str, str]]:
    text = (ROOT / "data/raw/tiny" / WAVE / "responses.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def plain(column: str, missing: tuple[str, ...] = ("", "99", "9"), **where: str) -> tuple[float, int]:
    """Return weighted mean and base of a column, weights by branch taken from the targets."""
    sizes = Counter(row["branch"] for row in raw())
    kept = [row for row in raw() if row[column] not in missing and all(row[k] == v for k, v in where.items())]
    weights = [TARGETS[row["branch"]] * len(raw()) / sizes[row["branch"]] for row in kept]
    total = math.fsum(w * float(row[column]) for w, row in zip(weights, kept, strict=True))
    return total / math.fsum(weights), len(kept)


@pytest.mark.parametrize(
    ("address", "column", "where"),
    [
        ("overall/all", "overall", {}),
        ("overall/branch_south", "overall", {"branch": "2"}),
        ("overall/branch_south*sex_female", "overall", {"branch": "2", "sex": "1"}),
        ("service@wifi/all", "q_wifi", {}),
        ("service@staff/sex_male", "q_staff", {"sex": "2"}),
        ("desk@lending.speed/all", "rate_lending_speed", {}),
        ("desk@information.kindness/sex_male", "rate_information_kindness", {"sex": "2"}),
    ],
)
def test_mean_agrees_with_plain_python(address: str, column: str, where: dict[str, str]) -> None:
    figure = tiny_study.stores().full[f"{PART}/{address}/{WAVE}"]
    missing = ("", "99") if column == "overall" else ("", "9")
    assert (figure.estimate, figure.base) == pytest.approx(plain(column, missing, **where))


def test_share_of_a_multiple_response_agrees_with_plain_python() -> None:
    figure = tiny_study.store()[f"{PART}/activity.read/all/{WAVE}"]
    assert figure.estimate == pytest.approx(100 * plain("act_read", ())[0])


def test_nets_and_nps_follow_from_their_categories() -> None:
    store = tiny_study.store()

    def share(category: str) -> float:
        return store[f"{PART}/recommend_parts.{category}/all/{WAVE}"].estimate or 0.0

    assert math.fsum(share(str(mark)) for mark in range(11)) == pytest.approx(100)
    assert share("promoters") == pytest.approx(share("9") + share("10"))
    score = store[f"{PART}/recommend/all/{WAVE}"]
    assert score.estimate == pytest.approx(share("promoters") - share("detractors"))


def test_mean_follows_from_its_distribution() -> None:
    store = tiny_study.store()
    shares = [
        store[f"{PART}/service_distribution@staff.{mark}/all/{WAVE}"].estimate or 0 for mark in range(1, 6)
    ]
    mean = math.fsum(mark * share / 100 for mark, share in enumerate(shares, start=1))
    assert store[f"{PART}/service@staff/all/{WAVE}"].estimate == pytest.approx(mean)


def test_interval_of_a_share_holds_it_and_stays_within_bounds() -> None:
    for figure in tiny_study.store():
        if figure.unit == "percent" and figure.ci_low is not None and figure.ci_high is not None:
            assert -1e-9 <= figure.ci_low <= (figure.estimate or 0) + 1e-9
            assert (figure.estimate or 0) - 1e-9 <= figure.ci_high <= 100 + 1e-9


def test_composition_weighs_as_declared() -> None:
    store = tiny_study.store()
    assert store[f"{PART}/population.branch_north/all/{WAVE}"].estimate == pytest.approx(50)
    assert store[f"{PART}/sample.branch_north/all/{WAVE}"].estimate == pytest.approx(100 * 26 / 54)


def test_indicator_declared_for_another_wave_is_not_asked_and_has_no_test() -> None:
    early = tiny_study.estimates("2023")
    gap = next(one for one in early.figures if one.indicator == "overall_gap")
    assert (gap.state, gap.estimate, gap.base) == ("not_asked", None, None)


def test_rest_is_everybody_outside_the_group() -> None:
    first, second = (plain("q_staff", sex=code)[0] for code in "12")
    # Two visitors have no sex: they are in the rest of either group.
    item = tiny_study.stores().full.comparison(f"{PART}/service@staff/sex_female/{WAVE}", "rest")
    assert item is not None
    assert item.difference is not None
    assert item.difference != pytest.approx(first - second, abs=1e-12)
    women, everybody = (
        tiny_study.store()[f"{PART}/service@staff/{one}/{WAVE}"] for one in ("sex_female", "all")
    )
    total, own = everybody.weighted_base or 0, women.weighted_base or 0
    rest = ((everybody.estimate or 0) * total - (women.estimate or 0) * own) / (total - own)
    assert item.difference == pytest.approx((women.estimate or 0) - rest)


def test_missing_clusters_are_refused_instead_of_joined() -> None:
    responses = tiny_study.responses(WAVE)
    labels = [None, *map(str, range(1, responses.num_rows))]
    own = tiny_study.recipe(WAVE)
    design = own.design.model_copy(update={"clusters": "area"})
    with pytest.raises(StatisticsError, match="clusters are missing in 1 rows"):
        make_design(
            responses.append_column("area", pa.array(labels)),
            tiny_study.weights(WAVE),
            own.model_copy(update={"design": design}),
        )

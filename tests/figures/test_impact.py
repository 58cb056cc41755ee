from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import impact_study
import tiny_study
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_model import Battery, Judged, fit_group
from wavedeck.figures.records import Figure
from wavedeck.impact.errors import ImpactError, TooFewRespondentsError
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.selection import LeftOut
from wavedeck.stats.design import Design
from wavedeck.study.impact import QUADRANTS, Analysis

QUADRANT_NAMES = {name: {"*": name} for name in QUADRANTS}


def by_address(wave: str = "2024", **changes: object) -> dict[str, Figure]:
    return {figure.address: figure for figure in impact_study.results(wave, **changes).figures}


def answers(name: str, wave: str = "2024") -> np.ndarray:
    return np.asarray(tiny_study.responses(wave)[name].to_numpy(zero_copy_only=False), dtype=float)


def weighted_correlation(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    there = ~np.isnan(x) & ~np.isnan(y)
    return float(np.cov(x[there], y[there], aweights=w[there])[0, 1]) / float(
        np.sqrt(np.cov(x[there], aweights=w[there]) * np.cov(y[there], aweights=w[there]))
    )


def test_importance_is_the_weighted_correlation_with_the_outcome() -> None:
    weights = tiny_study.weights("2024")["weight"].to_numpy()
    expected = weighted_correlation(answers("service@staff"), answers("overall"), weights)
    found = by_address()["visitors/drivers_importance@staff/all/2024"]
    assert found.estimate == pytest.approx(expected, rel=1e-10)
    assert (found.statistic, found.unit, found.state) == ("importance", "coefficient", "shown")


def test_rating_is_the_mean_of_the_driver_itself() -> None:
    own = next(
        figure
        for figure in tiny_study.estimates("2024").figures
        if figure.address == "visitors/service@staff/all/2024"
    )
    found = by_address()["visitors/drivers_rating@staff/all/2024"]
    assert (found.estimate, found.base) == (pytest.approx(own.estimate, rel=1e-12), own.base)
    assert found.decimals == own.decimals + 1


def test_probabilities_of_the_quadrants_sum_to_everything() -> None:
    made = by_address()
    chances = [made[f"visitors/drivers_quadrant@wifi.{name}/all/2024"].estimate or 0 for name in QUADRANTS]
    assert sum(chances) == pytest.approx(100)


def test_driver_that_was_not_asked_says_so() -> None:
    made = by_address("2023")
    states = {figure.state for address, figure in made.items() if "@wifi" in address}
    assert states == {"not_asked"}


def test_driver_that_nobody_in_a_group_answered_is_empty() -> None:
    assert by_address()["visitors/drivers_importance@shed/sex_female/2024"].state == "empty"


def test_driver_below_the_minimum_base_is_hidden_with_a_reason() -> None:
    results = impact_study.results(minimum_base=30)
    hidden = {figure.address: figure for figure in results.figures if "@shed/all" in figure.address}
    assert {figure.state for figure in hidden.values()} == {"suppressed"}
    assert {figure.estimate for figure in hidden.values()} == {None}
    reason = results.cards["drivers"]["all"]["left_out"]["shed"]
    assert reason == {"reason": "too few respondents answered", "base": 22.0}


def test_group_without_answers_enough_has_no_model() -> None:
    results = impact_study.results(minimum_base=40)
    female = [figure for figure in results.figures if figure.group == "sex_female"]
    assert {figure.state for figure in female} == {"suppressed"}
    assert "problem" in results.cards["drivers"]["sex_female"]


def test_drivers_that_say_the_same_fail_and_are_named() -> None:
    responses = tiny_study.responses("2024")
    for end in ("", "!"):
        place = responses.column_names.index(f"service@staff{end}")
        twin = responses.column(f"service@opening{end}")
        responses = responses.set_column(place, f"service@staff{end}", twin)
    wanted = impact_study.recipe(measure="shapley", remedy="nearest")
    made = impact_wave(responses, tiny_study.weights("2024"), wanted, tiny_study.ROOT)
    assert {figure.state for figure in made.figures if figure.group == "all"} == {"failed"}
    assert "opening, staff say exactly the same" in made.cards["drivers"]["all"]["problem"]


def test_model_that_stops_names_analysis_group_and_wave() -> None:
    responses = tiny_study.responses("2024")
    flat = pa.array([value and 5 for value in responses["overall"].to_pylist()], responses["overall"].type)
    responses = responses.set_column(responses.column_names.index("overall"), "overall", flat)
    wanted = impact_study.recipe(measure="shapley", remedy="nearest")
    with pytest.raises(
        ImpactError, match=r"analysis 'drivers', group 'all', wave 2024: the outcome never varies"
    ):
        impact_wave(responses, tiny_study.weights("2024"), wanted, tiny_study.ROOT)


def test_shapley_shares_sum_to_what_the_model_explains() -> None:
    made = by_address(measure="shapley", remedy="nearest")
    shares = [
        figure.estimate or 0
        for figure in made.values()
        if "_importance@" in figure.address and figure.group == "all"
    ]
    assert sum(shares) == pytest.approx(made["visitors/drivers_r2/all/2024"].estimate, rel=1e-10)


def test_correlations_explain_nothing_together() -> None:
    assert "visitors/drivers_r2/all/2024" not in by_address()


def test_fixed_borders_are_printed_as_declared() -> None:
    rules = (
        impact_study.recipe()
        .analyses["drivers"]
        .borders.model_copy(update={"importance": 0.2, "rating": 3.0})
    )
    made = by_address(borders=rules)
    assert made["visitors/drivers_importance_border/all/2024"].estimate == pytest.approx(0.2)
    assert made["visitors/drivers_rating_border/all/2024"].estimate == pytest.approx(3.0)


def test_group_is_compared_with_everybody_else() -> None:
    results = impact_study.results()
    female = answers_of_group("female")
    weights = tiny_study.weights("2024")["weight"].to_numpy()
    sides = [
        weighted_correlation(answers("service@staff")[mask], answers("overall")[mask], weights[mask])
        for mask in (female, ~female)
    ]
    address = "visitors/drivers_importance@staff/sex_female/2024"
    found = next(one for one in results.comparisons if one.address == address)
    assert found.difference == pytest.approx(sides[0] - sides[1], rel=1e-10)
    assert found.p is not None
    assert 0 < found.p < 1


def answers_of_group(category: str) -> np.ndarray:
    return np.array([one == category for one in tiny_study.responses("2024")["sex"].to_pylist()])


def test_store_compares_importance_with_the_previous_wave() -> None:
    full = impact_study.stores().full
    address = "visitors/drivers_importance@staff/all/2024"
    test = full.comparison(address, "previous")
    earlier = full["visitors/drivers_importance@staff/all/2023"]
    assert test is not None
    assert test.p is not None
    assert test.difference == pytest.approx((full[address].estimate or 0) - (earlier.estimate or 0))


def test_store_does_not_test_probabilities() -> None:
    test = impact_study.stores().full.comparison(
        "visitors/drivers_quadrant@staff.strength/all/2024", "previous"
    )
    assert test is not None
    assert test.p is None
    assert test.reason == "a placement is not tested"


def test_names_of_quadrants_do_not_reach_the_stage() -> None:
    study = tiny_study.study()
    declared = study.impact.analyses["drivers"].quadrants.priority
    assert declared == {"*": "Improve"}
    assert impact_study.recipe().analyses["drivers"].quadrants.priority == {"*": "-"}


def synthetic(never: float) -> tuple[Battery, Design]:
    """Return a battery of three drivers, of which the last does not apply to a share of respondents."""
    rng = np.random.default_rng(5)
    drivers = rng.normal(size=(400, 3))
    outcome = drivers.sum(axis=1) + rng.normal(size=400)
    not_applicable = np.zeros(drivers.shape, dtype=bool)
    not_applicable[: int(400 * never), 2] = True
    drivers[not_applicable] = np.nan
    items = ("one", "two", "three")
    battery = Battery(
        items=items,
        asked=items,
        outcome=outcome,
        drivers=drivers,
        not_applicable=not_applicable,
        ceiling=None,
        is_asked=True,
    )
    return battery, Design(np.ones(400))


def fitted_without(never: float) -> dict[str, tuple[LeftOut, float]]:
    battery, design = synthetic(never)
    analysis = Analysis.model_validate(
        {"label": "A", "outcome": "o", "drivers": "d", "quadrants": QUADRANT_NAMES, "replicates": 20}
    )
    replicates = bootstrap(design, replicates=20, seed=1)
    return dict(fit_group(battery, design, replicates, Judged(analysis, "correlation", 0.95)).left_out)


def test_driver_that_does_not_apply_to_most_is_left_out() -> None:
    assert fitted_without(0.7) == {"three": (LeftOut.NOT_APPLICABLE, 120.0)}
    assert fitted_without(0.4) == {}


def test_one_driver_is_no_model() -> None:
    battery, design = synthetic(0.0)
    analysis = Analysis.model_validate(
        {"label": "A", "outcome": "o", "drivers": "d", "quadrants": QUADRANT_NAMES, "replicates": 20}
    )
    replicates = bootstrap(design, replicates=20, seed=1)
    judged = Judged(analysis, "correlation", 0.95)
    with pytest.raises(TooFewRespondentsError, match="fewer than 2 drivers"):
        fit_group(battery, design, replicates, judged, ("one",))

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import impact_study
import tiny_study
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_battery import Battery
from wavedeck.figures.impact_measured import Judged
from wavedeck.figures.impact_model import fit_group
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.impact.errors import NotPositiveDefiniteError, TooFewRespondentsError
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.selection import LeftOut
from wavedeck.stats.design import Design
from wavedeck.study.impact import QUADRANTS, Analysis, quadrant_of

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
    of_shed = {figure.address: figure for figure in results.figures if "@shed/all" in figure.address}
    never = of_shed.pop("visitors/drivers_not_applicable@shed/all/2024")
    assert (never.state, never.unit) == ("shown", "percent")
    hidden = of_shed
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


def test_group_whose_outcome_never_varies_fails_with_a_finding() -> None:
    responses = tiny_study.responses("2024")
    flat = pa.array([value and 5 for value in responses["overall"].to_pylist()], responses["overall"].type)
    responses = responses.set_column(responses.column_names.index("overall"), "overall", flat)
    wanted = impact_study.recipe(measure="shapley", remedy="nearest")
    made = impact_wave(responses, tiny_study.weights("2024"), wanted, tiny_study.ROOT)
    assert {figure.state for figure in made.figures if figure.group == "all"} == {"failed"}
    said = next(str(one) for one in made.findings if "group 'all'" in one.file)
    assert "analysis 'drivers', part 'visitors', group 'all', wave 2024: has no model" in said
    assert "the outcome never varies" in said


@pytest.mark.parametrize(
    ("rest", "who"), [(False, "group 'sex_female'"), (True, "everybody but group 'sex_female'")]
)
def test_matrix_that_stops_names_analysis_part_group_and_wave(rest: bool, who: str) -> None:
    responses = tiny_study.responses("2024")
    mask = answers_of_group("female") != rest
    responses = contradictory(responses, np.flatnonzero(mask))
    place = f"analysis 'drivers', part 'visitors', {who}, wave 2024: the pairwise correlation matrix"
    with pytest.raises(NotPositiveDefiniteError, match=place):
        impact_wave(responses, tiny_study.weights("2024"), RARE, tiny_study.ROOT)


RARE = impact_study.recipe(measure="coefficient", minimum_base=3, groups=["all", "sex_female"])


def contradictory(responses: pa.Table, rows: np.ndarray) -> pa.Table:
    """Return responses whose pairs, each answered by others, contradict one another among some rows."""
    third = len(rows) // 3
    patterns = [("opening", "staff", 1), ("staff", "wifi", 1), ("opening", "wifi", -1)]
    marks = {name: responses[f"service@{name}"].to_pylist() for name in ("opening", "staff", "wifi", "shed")}
    overall = responses["overall"].to_pylist()
    for number, (first, second, sign) in enumerate(patterns):
        for turn, row in enumerate(rows[number * third : (number + 1) * third]):
            for own in marks.values():
                own[row] = None
            mark = 1.0 + turn % 5
            other = mark if turn else 2.0
            marks[first][row], marks[second][row] = mark, other if sign > 0 else 6 - other
            overall[row] = 5.0 + turn % 2
    changed = {f"service@{name}": values for name, values in marks.items()} | {"overall": overall}
    for name, values in changed.items():
        reasons = [None if value is not None else "blank" for value in values]
        for column, content in ((name, values), (f"{name}!", reasons)):
            place = responses.column_names.index(column)
            responses = responses.set_column(place, column, pa.array(content, responses[column].type))
    return responses


def test_shapley_shares_sum_to_what_the_model_explains() -> None:
    made = by_address(measure="shapley", remedy="nearest")
    shares = [
        figure.estimate or 0
        for figure in made.values()
        if "_importance@" in figure.address and figure.group == "all"
    ]
    assert sum(shares) == pytest.approx(made["visitors/drivers_r2/all/2024"].estimate, rel=1e-10)


def test_model_tells_signs_and_collinearity_as_figures() -> None:
    results = impact_study.results(measure="shapley", remedy="nearest")
    made = {figure.address: figure for figure in results.figures}
    card = results.cards["drivers"]["all"]
    condition = made["visitors/drivers_condition/all/2024"].estimate
    assert condition == card["collinearity"]["condition_number"]
    for item, inflation in card["collinearity"]["variance_inflation"].items():
        assert made[f"visitors/drivers_vif@{item}/all/2024"].estimate == inflation
        direction = made[f"visitors/drivers_direction@{item}/all/2024"].estimate or 0.0
        assert (direction < 0) == card["drivers"][item]["negative"]


def test_correlations_explain_nothing_together() -> None:
    made = by_address()
    assert "visitors/drivers_r2/all/2024" not in made
    assert "visitors/drivers_vif@staff/all/2024" not in made


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


def test_store_tests_changes_of_quadrant_and_nothing_else_of_placements() -> None:
    full = impact_study.stores().full
    for item in ("opening", "staff", "shed"):
        at = {wave: standing(full, item, wave) for wave in ("2023", "2024")}
        tests = {
            name: full.comparison(f"visitors/drivers_quadrant@{item}.{name}/all/2024", "previous")
            for name in QUADRANTS
        }
        tested = {name for name, test in tests.items() if test is not None and test.p_adjusted is not None}
        assert tested == (set(at.values()) if at["2023"] != at["2024"] else set())
    assert standing(full, "staff", "2023") != standing(full, "staff", "2024")


def standing(store: FigureStore, item: str, wave: str) -> str:
    distances = (
        store[f"visitors/drivers_{axis}_distance@{item}/all/{wave}"].estimate
        for axis in ("importance", "rating")
    )
    return quadrant_of(*(one or 0.0 for one in distances))


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
        imputable=np.zeros(drivers.shape, dtype=bool),
        ends=(None, None),
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

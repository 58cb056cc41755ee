from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import impact_study
from wavedeck.figures.impact_battery import Battery
from wavedeck.figures.impact_measured import Judged
from wavedeck.figures.impact_model import Fitted, fit_group
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.imputation import impute
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.rubin import pool
from wavedeck.impact.whatif import what_if
from wavedeck.stats.design import Design
from wavedeck.study.impact import QUADRANTS, Analysis

ITEMS = ("one", "two", "three")
SIZE = 300
IMPUTATIONS = 5
DECLARED = {
    "label": "A",
    "outcome": "o",
    "drivers": "d",
    "quadrants": {name: {"*": name} for name in QUADRANTS},
    "replicates": 100,
    "minimum_base": 20,
}


@cache
def battery(outcome: str = "mark") -> Battery:
    """Return answers of which some were refused, and of which the last does not apply to a third."""
    rng = np.random.default_rng(8)
    drivers = np.clip(np.round(rng.normal(6, 2, size=(SIZE, 3)) + rng.normal(0, 1, size=(SIZE, 1))), 1, 10)
    overall = np.clip(np.round(drivers @ [0.5, 0.3, 0.1] + rng.normal(1, 1, SIZE)), 1, 10)
    never = np.zeros(drivers.shape, dtype=bool)
    never[: SIZE // 3, 2] = True
    refused = (rng.random(drivers.shape) < 0.1) & ~never
    drivers[never | refused] = np.nan
    return Battery(
        items=ITEMS,
        asked=ITEMS,
        outcome=overall if outcome == "mark" else (overall >= 7).astype(float),
        outcome_scale=1.0 if outcome == "mark" else 100.0,
        drivers=drivers,
        not_applicable=never,
        imputable=refused,
        ends=(1.0, 10.0),
        is_asked=True,
    )


def design() -> Design:
    return Design(np.random.default_rng(3).uniform(0.5, 2.0, SIZE))


def fitted(measure: str, outcome: str = "mark", **changes: object) -> Fitted:
    analysis = Analysis.model_validate({**DECLARED, **changes})
    replicates = bootstrap(design(), replicates=analysis.replicates, seed=analysis.seed)
    return fit_group(battery(outcome), design(), replicates, Judged(analysis, measure, 0.95))


def filled() -> list[Model]:
    own, cells = battery(), np.column_stack([battery().imputable, np.zeros(SIZE, dtype=bool)])
    values = np.column_stack([own.drivers, own.outcome])
    sets = impute(values, cells, design(), imputations=IMPUTATIONS, seed=4, limits=(1, 10))
    return [Model(one[:, -1], one[:, :-1], design(), minimum_base=20) for one in sets]


def test_imputed_correlations_follow_rubins_rules() -> None:
    found = fitted("correlation", impute={"imputations": IMPUTATIONS, "seed": 4})
    parts = [measure_importance(model, "correlation") for model in filled()]
    expected = pool([one.estimate for one in parts], [one.se**2 for one in parts], df=parts[0].df)
    assert found.importance.estimate == pytest.approx(expected.estimate, rel=1e-10)
    assert found.importance.se == pytest.approx(expected.se, rel=1e-10)
    assert found.degf == pytest.approx(np.minimum(expected.df, found.units - 1), rel=1e-10)
    assert (found.degf < found.units - 1).any()


def test_imputed_what_if_follows_rubins_rules() -> None:
    found = fitted("correlation", impute={"imputations": IMPUTATIONS, "seed": 4})
    parts = [what_if(model, ceiling=10.0, alone=True) for model in filled()]
    expected = pool([one.effect for one in parts], [one.se**2 for one in parts])
    assert found.what_if is not None
    assert found.what_if.effect == pytest.approx(expected.estimate, rel=1e-10)
    assert found.what_if.se == pytest.approx(expected.se, rel=1e-10)


def test_what_does_not_apply_is_never_imputed() -> None:
    found = fitted("correlation", impute={"imputations": IMPUTATIONS})
    assert found.imputed is not None
    assert found.imputed.tolist() == battery().imputable.sum(axis=0).tolist()
    cells = [one.drivers[:, 2] for one in filled()]
    assert all(np.isnan(column[battery().not_applicable[:, 2]]).all() for column in cells)


def test_bases_and_ratings_rest_on_answers_that_were_given() -> None:
    found = fitted("shapley", impute={"imputations": IMPUTATIONS})
    given = ~np.isnan(battery().drivers)
    assert found.importance.base.tolist() == given.sum(axis=0).tolist()
    plain = fitted("shapley")
    assert found.ratings.estimate.tolist() == plain.ratings.estimate.tolist()


@pytest.mark.parametrize("measure", ["correlation", "coefficient", "shapley", "johnson"])
def test_replicates_are_shared_by_imputed_data_sets(measure: str) -> None:
    found = fitted(measure, impute={"imputations": IMPUTATIONS})
    assert found.importance.draws is not None
    assert found.importance.draws.shape == found.ratings.draws.shape == (100, 3)
    assert (found.importance.se > 0).all()
    assert found.placement.probability.sum(axis=1) == pytest.approx(np.ones(3))


def test_imputation_needs_replicates_enough() -> None:
    with pytest.raises(ValueError, match="too few for 20 imputations, which share them; ask for 200"):
        Analysis.model_validate({**DECLARED, "impute": {"imputations": 20}})


@pytest.mark.parametrize("measure", ["coefficient", "shapley", "johnson"])
def test_binary_outcome_has_the_importance_of_the_engine(measure: str) -> None:
    found = fitted(measure, "share", family="binary")
    own = battery("share")
    model = Model(own.outcome, own.drivers, design(), missing="listwise", family="binary")
    replicates = bootstrap(design(), replicates=100, seed=1)
    expected = measure_importance(model, measure, replicates=replicates)  # type: ignore[arg-type]
    assert found.importance.estimate == pytest.approx(expected.estimate, rel=1e-10)
    assert found.importance.se == pytest.approx(expected.se, rel=1e-10)
    assert found.what_if is None


def test_ordinal_outcome_has_the_importance_of_the_engine() -> None:
    found = fitted("shapley", family="ordinal")
    own = battery()
    model = Model(own.outcome, own.drivers, design(), missing="listwise", family="ordinal")
    expected = measure_importance(model, "shapley")
    assert found.importance.estimate == pytest.approx(expected.estimate, rel=1e-10)
    assert found.importance.estimate.sum() == pytest.approx(found.importance.r_squared, abs=1e-10)


def test_correlation_with_a_share_takes_every_pair() -> None:
    found = fitted("correlation", "share", family="binary")
    assert found.importance.base.tolist() == (~np.isnan(battery().drivers)).sum(axis=0).tolist()
    assert found.what_if is not None


def test_what_if_of_a_share_is_in_points() -> None:
    study = impact_study.declared(outcome="overall_high", groups=["all"])
    figures = {one.address: one for one in impact_study.analysed(study).figures}
    found = figures["visitors/drivers_whatif@staff/all/2024"]
    assert found.unit == "points"
    assert found.estimate is not None
    slope = impact_study.analysed(study).cards["drivers"]["all"]["drivers"]["staff"]["slope"]
    assert abs(found.estimate) <= 100 * abs(slope)
    assert abs(found.estimate) > abs(slope)


def test_score_of_promoters_can_be_the_outcome() -> None:
    study = impact_study.declared(outcome="recommend", groups=["all"])
    found = {one.address: one for one in impact_study.analysed(study).figures}
    assert found["visitors/drivers_importance@staff/all/2024"].state == "shown"


def test_card_prints_the_choice() -> None:
    study = impact_study.declared(impute={"imputations": 5}, groups=["all"])
    card = impact_study.analysed(study).cards["drivers"]["all"]
    assert (card["family"], card["missing"]) == ("linear", "pairwise")
    assert card["imputation"]["imputations"] == 5
    assert "never imputed" in card["imputation"]["method"]

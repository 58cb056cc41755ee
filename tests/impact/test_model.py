from __future__ import annotations

import numpy as np
import pytest

from impact_samples import answers, design
from wavedeck.impact.errors import (
    CollinearDriversError,
    ImpactError,
    NotPositiveDefiniteError,
    TooFewRespondentsError,
)
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.model import Model
from wavedeck.stats.design import Design


def model(x: np.ndarray, y: np.ndarray, **settings: object) -> Model:
    return Model(y, x, Design(np.ones(len(y))), **settings)  # type: ignore[arg-type]


def torn() -> tuple[np.ndarray, np.ndarray]:
    """Return answers in which each pair of drivers was answered by people who contradict the others."""
    rng = np.random.default_rng(1)
    x, y = np.full((600, 3), np.nan), rng.normal(size=600)
    for block, (a, b, sign) in enumerate([(0, 1, 1), (1, 2, 1), (0, 2, -1)]):
        rows = slice(190 * block, 190 * (block + 1))
        x[rows, a] = rng.normal(size=190)
        x[rows, b] = sign * x[rows, a] + 0.1 * rng.normal(size=190)
    x[570:] = rng.normal(size=(30, 3)) * 0.01
    return x, y


def test_drivers_that_coincide_are_named() -> None:
    x, y = answers()
    with pytest.raises(CollinearDriversError, match="speed, pace say exactly the same"):
        _ = model(
            np.column_stack([x[:, :2], 2 * x[:, 0] + 1]), y, names=["speed", "staff", "pace"]
        ).correlation


def test_drivers_that_add_up_are_named() -> None:
    x, y = answers()
    total = x[:, :2].sum(axis=1)
    with pytest.raises(CollinearDriversError, match="driver 1, driver 2, driver 4 follow"):
        _ = model(np.column_stack([x[:, :3], total]), y, missing="listwise").correlation


def test_too_few_respondents_say_how_many() -> None:
    x, y = answers(60)
    with pytest.raises(
        TooFewRespondentsError, match="60 respondents answered some pair of items; a model needs 100"
    ):
        _ = model(x, y).correlation
    x[:50, 0] = np.nan
    with pytest.raises(TooFewRespondentsError, match="10 respondents answered every item"):
        _ = model(x, y, missing="listwise", minimum_base=50).correlation


def test_constant_driver_is_named() -> None:
    x, y = answers()
    x[:, 2] = 8
    with pytest.raises(ImpactError, match="driver 3 never varies"):
        _ = model(x, y).correlation


def test_contradicting_pairs_need_a_remedy() -> None:
    x, y = torn()
    with pytest.raises(NotPositiveDefiniteError):
        measure_importance(model(x, y, minimum_base=20), "shapley")
    with pytest.raises(TooFewRespondentsError):
        measure_importance(model(x, y, minimum_base=100, remedy="listwise"), "shapley")


def test_listwise_as_a_remedy_is_a_listwise_model() -> None:
    x, y = torn()
    found = measure_importance(model(x, y, minimum_base=20, remedy="listwise"), "johnson")
    alone = measure_importance(model(x, y, minimum_base=20, missing="listwise"), "johnson")
    assert found.estimate == pytest.approx(alone.estimate)
    assert found.remedied.remedy == "listwise"
    assert found.complete_base == 30


def test_nearest_as_a_remedy_is_told() -> None:
    x, y = torn()
    found = measure_importance(model(x, y, minimum_base=20, remedy="nearest"), "shapley")
    assert found.remedied.remedy == "nearest"
    assert found.remedied.minimum_eigenvalue < 0


def test_logit_needs_complete_respondents() -> None:
    x, y = answers()
    with pytest.raises(ImpactError, match="needs missing: listwise"):
        model(x, (y > y.mean()).astype(float), family="binary")


@pytest.mark.parametrize(("key", "value"), [("missing", "mean"), ("family", "probit"), ("remedy", "hope")])
def test_unknown_settings_are_refused(key: str, value: str) -> None:
    x, y = answers()
    with pytest.raises(ImpactError, match=f"{value}' is not one of"):
        model(x, y, **{key: value})


def test_domain_equals_its_rows_alone() -> None:
    x, y = answers()
    inside, made = np.arange(400) < 250, design()
    one = Model(y, x, made.domain(inside))
    two = Model(y[inside], x[inside], Design(made.weights[inside]))
    assert one.correlation == pytest.approx(two.correlation, abs=1e-13)
    assert one.base.tolist() == two.base.tolist()

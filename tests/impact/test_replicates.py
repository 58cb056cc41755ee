from __future__ import annotations

import numpy as np
import pytest

from wavedeck.impact import replicates as module
from wavedeck.impact.errors import ImpactError
from wavedeck.impact.replicates import bootstrap, given_replicates
from wavedeck.stats.design import Design
from wavedeck.stats.linearised import means


def test_bootstrap_keeps_the_size_of_each_stratum() -> None:
    strata = np.repeat([0, 1, 2], [5, 10, 20])
    drawn = bootstrap(Design(np.ones(35), strata=strata), replicates=50).multipliers(0, 50)
    for stratum, size in enumerate([5, 10, 20]):
        assert drawn[:, strata == stratum].sum(axis=1) == pytest.approx(np.full(50, size))


def test_bootstrap_draws_clusters_whole() -> None:
    clusters = np.repeat(np.arange(8), 3)
    drawn = bootstrap(Design(np.ones(24), clusters=clusters), replicates=20).multipliers(0, 20)
    assert (drawn.reshape(20, 8, 3) == drawn.reshape(20, 8, 3)[:, :, :1]).all()


@pytest.mark.parametrize("fpc", [None, 0.6])
def test_bootstrap_variance_is_the_linearised_one(fpc: float | None) -> None:
    rng = np.random.default_rng(5)
    strata, weights = np.repeat([0, 1], [40, 80]), rng.uniform(0.5, 2, 120)
    design = Design(weights, strata=strata, fpc=None if fpc is None else np.full(120, fpc))
    values = rng.normal(size=120) + strata
    drawn = bootstrap(design, replicates=4000, seed=2).multipliers(0, 4000) * weights
    spread = (drawn @ values / drawn.sum(axis=1)).std(ddof=1)
    assert spread == pytest.approx(means(values, design).se[0], rel=0.05)


def test_bootstrap_replicate_does_not_depend_on_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    made = bootstrap(Design(np.ones(30)), replicates=9, seed=4)
    whole = made.multipliers(0, 9)
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 60)
    parts = list(made.blocks())
    assert len(parts) == 5
    assert np.array_equal(np.concatenate([block for _, block in parts]), whole)


def test_bootstrap_lonely_unit_keeps_its_weight() -> None:
    design = Design(np.ones(4), strata=[0, 0, 0, 1], lonely="certainty")
    assert (bootstrap(design, replicates=10).multipliers(0, 10)[:, 3] == 1).all()


def test_replicates_that_cannot_be_are_refused() -> None:
    with pytest.raises(ImpactError, match="no variance"):
        bootstrap(Design(np.ones(3)), replicates=1)
    with pytest.raises(ImpactError, match="respondents"):
        given_replicates(Design(np.ones(3)), np.ones((5, 4)))

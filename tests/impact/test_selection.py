from __future__ import annotations

import numpy as np
import pytest

from wavedeck.impact.errors import ImpactError
from wavedeck.impact.selection import REASONS, LeftOut, select_drivers
from wavedeck.stats.design import Design


def test_selection_says_why() -> None:
    x = np.random.default_rng(1).normal(size=(200, 4))
    never = np.zeros((200, 4), bool)
    x[50:, 1] = np.nan
    never[:110, 2] = True
    x[never] = np.nan
    x[:, 3] = 7.0
    found = select_drivers(x, Design(np.ones(200)), not_applicable=never, minimum_base=80)
    assert found.reason.tolist() == [
        LeftOut.KEPT,
        LeftOut.LOW_BASE,
        LeftOut.NOT_APPLICABLE,
        LeftOut.NO_VARIANCE,
    ]
    assert found.kept.tolist() == [True, False, False, False]
    assert found.not_applicable[2] == pytest.approx(0.55)
    assert found.base.tolist() == [200, 50, 90, 200]
    assert all(REASONS[reason] for reason in LeftOut if reason)


def test_selection_counts_who_gave_an_overall_mark_and_stands_in_the_domain() -> None:
    x, outcome = np.arange(10.0)[:, None], np.full(10, 5.0)
    outcome[:3] = np.nan
    made = Design(np.ones(10)).domain(np.arange(10) < 8)
    assert select_drivers(x, made, outcome=outcome, minimum_base=1).base.tolist() == [5]


def test_share_not_applicable_is_weighted() -> None:
    found = select_drivers(
        [[np.nan], [1.0], [2.0]], Design([2.0, 1.0, 1.0]), not_applicable=[[True], [False], [False]]
    )
    assert found.not_applicable[0] == 0.5


def test_answer_where_nothing_applies_is_refused() -> None:
    with pytest.raises(ImpactError, match="does not apply"):
        select_drivers([[1.0], [2.0]], Design([1.0, 1.0]), not_applicable=[[True], [False]])

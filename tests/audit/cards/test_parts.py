from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from audit.cards.as_written import Written
from wavedeck.audit.cards.parts import add_up

MODELLED = {"placement", "distance", "what_if", "border"}


def test_rows_of_every_figure_add_up_to_its_estimate(internal: Written) -> None:
    found = add_up(internal.cards.values(), internal.evidence)
    assert not found.unequal
    assert len(found.equal) > 300
    stored = [one for one in internal.cards.values() if one.get("values", {}).get("estimate") is not None]
    assert len(found.equal) + found.modelled == sum("rows" in one for one in stored)


def test_only_models_and_declared_figures_are_no_sum(internal: Written) -> None:
    for card in internal.cards.values():
        if card.get("values", {}).get("estimate") is None:
            continue
        if "rows" not in card:
            assert card["statistic"] in ("gross", "benchmark"), card["address"]
        elif internal.evidence.parts(card).total is None:
            assert card["statistic"] in MODELLED, card["address"]


@pytest.mark.parametrize(
    ("address", "column"),
    [
        ("visitors/overall/all/2024", "overall"),
        ("visitors/staff_gap@staff/all/2024", "service@staff"),
        ("visitors/activity_mentions.read/all/2024", "activity_mentions.read"),
        ("visitors/drivers_importance@staff/all/2024", "service@staff"),
        ("visitors/sample.branch_north/all/2024", "sample.branch_north"),
    ],
)
def test_another_value_no_longer_adds_up(internal: Written, address: str, column: str) -> None:
    blocks = deepcopy(internal.blocks)
    own = blocks[internal.shared["evidence"]["visitors/2024"]["columns"][column]]["columns"][column]
    own["levels"][0] += 1
    found = add_up([internal.cards[address]], replace(internal, blocks=blocks).evidence)
    assert found.unequal == (address,)


def test_hidden_figure_has_its_rows_inside(internal: Written) -> None:
    hidden = [one for one in internal.cards.values() if one["state"] == "suppressed" and "rows" in one]
    assert hidden
    for card in hidden:
        parts = internal.evidence.parts(card)
        if card["statistic"] in ("mean", "share", "nps") and "estimate" in card["values"]:
            assert len(parts.places) == card["values"]["base"]


def test_rows_of_a_difference_show_both_sides(internal: Written) -> None:
    parts = internal.evidence.parts(internal.cards["visitors/staff_gap@staff/all/2024"])
    assert set(parts.shown) == {"of", "minus"}
    assert len(parts.places) == sum(~(np.isnan(parts.shown["of"]) & np.isnan(parts.shown["minus"])))

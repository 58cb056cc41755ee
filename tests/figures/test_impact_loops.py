"""Analyses per loop entry, from declaration to figures and texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import impact_study
import tiny_study
from wavedeck.figures.store import make_store
from wavedeck.narrative.quadrants import Quadrants
from wavedeck.stats.association import correlations
from wavedeck.stats.design import Design

STUDY = impact_study.declared(drivers="desk", loop="desk", groups=["all"])


def answers(name: str) -> np.ndarray:
    return np.asarray(tiny_study.responses("2024")[name].to_numpy(zero_copy_only=False), dtype=float)


@pytest.mark.parametrize("entry", ["lending", "information"])
@pytest.mark.parametrize("item", ["speed", "kindness"])
def test_each_entry_has_a_model_of_its_own_items(entry: str, item: str) -> None:
    figures = {one.address: one for one in impact_study.analysed(STUDY).figures}
    found = figures[f"visitors/drivers_{entry}_importance@{item}/all/2024"]
    weights = tiny_study.weights("2024")["weight"].to_numpy()
    mark, outcome = answers(f"desk_rating@{entry}.{item}"), answers("overall")
    expected = correlations(mark[:, None], outcome[:, None], Design(weights))
    assert found.estimate == pytest.approx(float(expected.estimate[0]), rel=1e-10)
    assert found.base == (~np.isnan(mark) & ~np.isnan(outcome)).sum()


def test_rating_of_an_entry_is_that_of_the_indicator() -> None:
    figures = {one.address: one for one in impact_study.analysed(STUDY).figures}
    own = {one.address: one for one in tiny_study.estimates("2024").figures}
    assert figures["visitors/drivers_lending_rating@speed/all/2024"].estimate == pytest.approx(
        own["visitors/desk@lending.speed/all/2024"].estimate, rel=1e-12
    )


def test_entry_by_hand_is_the_entry_of_the_loop() -> None:
    by_hand = impact_study.declared(drivers="desk@lending", groups=["all"])
    hand = {one.address: one.estimate for one in impact_study.analysed(by_hand).figures}
    loop = {one.address: one.estimate for one in impact_study.analysed(STUDY).figures}
    assert hand
    for address, estimate in hand.items():
        assert loop[address.replace("/drivers_", "/drivers_lending_")] == estimate


def test_texts_name_the_items_of_an_entry() -> None:
    store = make_store(impact_study.analysed(STUDY).figures, [])
    said = Quadrants(store, STUDY, "2024", "en")
    found = [one.label for one in said.drivers("visitors/drivers_lending")]
    assert sorted(found) == ["Kindness", "Speed"]


def test_wave_that_did_not_ask_the_loop_says_so() -> None:
    book = STUDY.codebook
    lending = book.variables["desk_rating"].model_copy(update={"waves": ["2023"]})
    later = replace(
        STUDY, codebook=book.model_copy(update={"variables": {**book.variables, "desk_rating": lending}})
    )
    states = {one.state for one in impact_study.analysed(later).figures}
    assert states == {"not_asked"}

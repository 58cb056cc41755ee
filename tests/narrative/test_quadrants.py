from __future__ import annotations

from dataclasses import replace

import pytest

import impact_study
import tiny_study
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.placed import drivers_of
from wavedeck.narrative.quadrants import Quadrants
from wavedeck.study.errors import NarrativeError
from wavedeck.study.impact import QUADRANTS

STEM = "visitors/drivers"
NAMES = {"opening": "Opening hours", "staff": "Staff", "wifi": "Wifi", "shed": "Bicycle shed"}


def changed(figures: dict[str, float], marks: dict[str, str] | None = None) -> Quadrants:
    """Return what a report says where figures have other estimates, and tests other marks."""
    store = impact_study.stores().publishable
    values = {**store.figures}
    for address, estimate in figures.items():
        values[address] = replace(values[address], estimate=estimate)
    tests = {**store.comparisons}
    for address, mark in (marks or {}).items():
        tests[address, "previous"] = replace(tests[address, "previous"], mark=mark)
    return Quadrants(FigureStore(values, tests), tiny_study.study(), "2024", "en")


def at(item: str, across: float, up: float, chance: float, wave: str = "2024") -> dict[str, float]:
    """Return the figures of a driver at a distance from the borders, placed there with some chance."""
    quadrant = {(True, False): "priority", (True, True): "strength", (False, True): "precondition"}.get(
        (across >= 0, up >= 0), "no_priority"
    )
    stem = f"{STEM}_quadrant@{item}.{quadrant}/all/{wave}"
    return {
        f"{STEM}_importance_distance@{item}/all/{wave}": across,
        f"{STEM}_rating_distance@{item}/all/{wave}": up,
        stem: chance,
    }


def test_drivers_are_named_in_the_quadrant_where_they_are_placed() -> None:
    said = changed(
        at("opening", 0.1, -0.1, 95)
        | at("staff", 0.2, 0.3, 80)
        | at("wifi", -0.1, 0.1, 99)
        | at("shed", -1, -1, 81)
    )
    assert said.priorities(STEM) == ["Opening hours"]
    assert said.strengths(STEM) == ["Staff"]
    assert said.preconditions(STEM) == ["Wifi"]
    assert said.no_priorities(STEM) == ["Bicycle shed"]
    assert said.unplaced(STEM) == []


def test_driver_below_the_confidence_is_not_placed() -> None:
    said = changed(at("opening", 0.1, -0.1, 79.9))
    assert "Opening hours" not in said.priorities(STEM)
    assert "Opening hours" in said.unplaced(STEM)


def test_most_important_comes_first() -> None:
    everything = at("opening", 0.1, -0.1, 95) | at("staff", 0.2, -0.3, 95)
    more = {f"{STEM}_importance@staff/all/2024": 0.9, f"{STEM}_importance@opening/all/2024": 0.5}
    assert changed(everything | more).priorities(STEM) == ["Staff", "Opening hours"]


@pytest.mark.parametrize(("mark", "moved"), [("+", ["Staff"]), ("none", [])])
def test_driver_moved_when_its_change_of_quadrant_is_significant(mark: str, moved: list[str]) -> None:
    figures = at("staff", 0.2, 0.3, 95)
    tests = {
        f"{STEM}_quadrant@{item}.{quadrant}/all/2024": "none" for item in NAMES for quadrant in QUADRANTS
    }
    tests[f"{STEM}_quadrant@staff.strength/all/2024"] = mark
    said = changed(figures, tests)
    assert said.moved(STEM) == moved
    assert said.moved(STEM, into="strength") == moved
    assert said.moved(STEM, into="priority") == []


def test_driver_that_left_a_quadrant_is_not_said_to_have_come_there() -> None:
    tests = {
        f"{STEM}_quadrant@{item}.{quadrant}/all/2024": "none" for item in NAMES for quadrant in QUADRANTS
    }
    tests[f"{STEM}_quadrant@staff.priority/all/2024"] = "-"
    assert changed(at("staff", 0.2, 0.3, 95), tests).moved(STEM) == []


def test_driver_that_is_not_placed_is_not_said_to_have_moved() -> None:
    tests = {
        f"{STEM}_quadrant@{item}.{quadrant}/all/2024": "none" for item in NAMES for quadrant in QUADRANTS
    }
    tests[f"{STEM}_quadrant@staff.strength/all/2024"] = "+"
    said = changed(at("staff", 0.2, 0.3, 60), tests)
    assert said.moved(STEM) == []
    assert said.moved(STEM, placed=False) == ["Staff"]


def test_drivers_below_the_confidence_come_on_request() -> None:
    said = changed(at("opening", 0.1, -0.1, 60) | at("staff", 0.2, 0.3, 95))
    assert "Opening hours" not in said.priorities(STEM)
    assert "Opening hours" in said.priorities(STEM, placed=False)
    assert "Opening hours" in [one.label for one in said.drivers(STEM)]


def test_drivers_carry_addresses_that_can_be_printed() -> None:
    said = changed(at("staff", 0.2, 0.3, 95))
    found = next(one for one in said.drivers(STEM, "strength") if one.item == "staff")
    assert str(found) == "Staff"
    assert found.is_placed
    assert found.importance == f"{STEM}_importance@staff/all"
    assert found.chance == f"{STEM}_quadrant@staff.strength/all"
    for address in (found.importance, found.rating, found.chance, found.whatif):
        assert f"{address}/2024" in said.store


def test_driver_that_was_not_asked_before_did_not_move() -> None:
    assert "Wifi" not in changed({}).moved(STEM)


def test_nothing_moved_in_the_first_wave() -> None:
    first = replace(changed({}), wave="2023")
    assert first.moved(STEM) == []
    assert first.left_out(STEM) == ["Wifi"]


def test_quadrant_has_the_declared_name() -> None:
    assert changed({}).quadrant(STEM, "priority") == "Improve"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda q: q.priorities("visitors/driver"), "unknown analysis 'driver'; did you mean 'drivers'?"),
        (lambda q: q.priorities("visitor/drivers"), "unknown part 'visitor'"),
        (lambda q: q.priorities(STEM, group="branch_north"), "has no figures for 'branch_north'"),
        (lambda q: q.quadrant(STEM, "prioritys"), "unknown quadrant 'prioritys'"),
        (lambda q: q.drivers(STEM, "prioritys"), "unknown quadrant 'prioritys'"),
        (lambda q: q.moved(STEM, against="before"), "against='before' is not one of previous"),
    ],
)
def test_wrong_question_is_refused(ask, said: str) -> None:
    with pytest.raises(NarrativeError, match=said):
        ask(changed({}))


def test_hidden_driver_is_left_out() -> None:
    store = impact_study.stores().publishable
    found = {one.item: one for one in drivers_of(store, tiny_study.study(), STEM, "sex_female", "2024")}
    assert not found["shed"].is_shown
    assert found["shed"].quadrant == ""


def test_records_of_drivers_count_as_names_that_were_given() -> None:
    said = Narrator(impact_study.stores().publishable, tiny_study.study(), "2024", "en")
    found = said.functions()["drivers"](STEM, placed=False)  # type: ignore[operator]
    assert {one.label for one in found} == set(NAMES.values())
    assert set(NAMES.values()) <= said.names

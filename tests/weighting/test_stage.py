from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import WeightingError
from wavedeck.study.groups import GroupBook
from wavedeck.study.settings import Groups, PartWeighting
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import Weights

GROUPS = {
    "groups": {
        "north": {"label": "N", "where": {"area": "n"}},
        "south": {"label": "S", "where": {"area": "s"}},
        "men": {"label": "M", "where": {"sex": "m"}},
        "women": {"label": "W", "where": {"sex": "f"}},
        "nobody": {"label": "0", "where": {"area": "x"}},
    }
}
BOOK = GroupBook(Groups.model_validate(GROUPS), Codebook(variables={}))
AREA = ["n", "n", "n", "s", "s", "s", "s", None]
SEX = ["m", "m", "f", "m", "f", "f", "f", "f"]
NESTED = {
    "north": {
        "group": "north",
        "target": 60,
        "cells": {"men": {"group": "men", "target": 50}, "women": {"group": "women", "target": 50}},
    },
    "south": {"group": "south", "target": 40},
}
MARGINS = {
    "area": {"variable": "area", "targets": {"n": 60, "s": 40}},
    "sex": {"variable": "sex", "targets": {"m": 50, "f": 50}},
}


def responses(**columns: Any) -> pa.Table:
    size = len(next(iter(columns.values())))
    known = {
        "_file": ["raw.csv"] * size,
        "_row": list(range(2, size + 2)),
        "_id": [f"r{i}" for i in range(size)],
    }
    return pa.table(known | columns)


PEOPLE = responses(area=AREA, sex=SEX, mass=[2.0, 1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 3.0])
PLACED = PEOPLE.slice(0, 7)


def made(people: pa.Table, **declared: Any) -> Weights:
    weighting = PartWeighting.model_validate(declared) if declared else None
    return weigh(people, weighting=weighting, book=BOOK, part="main")


def refusal(people: pa.Table, **declared: Any) -> str:
    with pytest.raises(WeightingError) as caught:
        made(people, **declared)
    return str(caught.value)


def test_no_declaration_weighs_everybody_one() -> None:
    weights = made(PEOPLE)
    assert weights.weight.tolist() == [1.0] * 8
    assert weights.in_weighting.all()
    assert weights.certificate["method"] == "none"
    assert weights.certificate["efficiency"] == 1.0


def test_given_weights_are_used_as_they_are() -> None:
    weights = made(PEOPLE, method="given", variable="mass")
    assert weights.weight.tolist() == PEOPLE["mass"].to_pylist()
    assert weights.certificate["total"] == 10.0
    assert weights.certificate["variable"] == "mass"


@pytest.mark.parametrize("value", [None, 0.0])
def test_given_weight_that_is_missing_or_zero_stops_and_names_the_row(value: float | None) -> None:
    people = responses(mass=[1.0, value, value])
    message = refusal(people, method="given", variable="mass")
    assert message.startswith("raw.csv:3 (id 'r1'): 2 of 3 respondents have no weight above 0 in 'mass'")
    assert "unplaced: weight_one or exclude" in message


def test_negative_given_weight_stops_whatever_is_declared() -> None:
    people = responses(mass=[1.0, -0.5])
    message = refusal(people, method="given", variable="mass", unplaced="exclude")
    assert message.startswith("raw.csv:3 (id 'r1'): the given weight in 'mass' is -0.5")


@pytest.mark.parametrize(
    ("treatment", "last", "counts"), [("exclude", 0.0, False), ("weight_one", 3.0, True)]
)
def test_missing_given_weight_is_treated_as_declared(treatment: str, last: float, counts: bool) -> None:
    weights = made(responses(mass=[2.0, 4.0, None]), method="given", variable="mass", unplaced=treatment)
    assert weights.weight.tolist() == [2.0, 4.0, last]
    assert weights.in_weighting.tolist() == [True, True, counts]
    assert weights.certificate["unplaced"] == 1


def test_given_weights_of_a_wave_without_them_stop() -> None:
    assert "variable 'heft' with the given weights has no answers" in refusal(
        PEOPLE, method="given", variable="heft"
    )
    assert "variable 'sex' is not numeric" in refusal(PEOPLE, method="given", variable="sex")


def test_nested_cells_reach_the_targets_of_each_level() -> None:
    weights = made(PLACED, method="cell", cells=NESTED)
    north = np.array(AREA[:7]) == "n"
    men = np.array(SEX[:7]) == "m"
    total = weights.weight.sum()
    assert weights.weight[north].sum() / total == pytest.approx(0.6)
    assert weights.weight[north & men].sum() / weights.weight[north].sum() == pytest.approx(0.5)
    assert weights.weight.mean() == pytest.approx(1.0)
    assert weights.cell.tolist() == ["north/men", "north/men", "north/women", *["south"] * 4]


def test_each_level_is_proved_against_its_own_declaration() -> None:
    proof = made(PLACED, method="cell", cells=NESTED).certificate["proof"]
    assert [(each["margin"], each["category"], each["target"]) for each in proof] == [
        ("cells", "north", 0.6),
        ("cells", "south", 0.4),
        ("north", "men", 0.5),
        ("north", "women", 0.5),
    ]
    assert all(each["holds"] for each in proof)


def test_who_fits_no_cell_stops_and_names_the_row() -> None:
    message = refusal(PEOPLE, method="cell", cells=NESTED)
    assert message.startswith("raw.csv:9 (id 'r7'): 1 of 8 respondents fit no cell; declare")


@pytest.mark.parametrize(("treatment", "last"), [("weight_one", 1.0), ("exclude", 0.0)])
def test_who_fits_no_cell_is_treated_as_declared(treatment: str, last: float) -> None:
    weights = made(PEOPLE, method="cell", cells=NESTED, unplaced=treatment)
    assert weights.weight[-1] == last
    assert weights.in_weighting[-1] == (last > 0)
    assert weights.cell[-1] == ""
    assert weights.weight[:7].tolist() == made(PLACED, method="cell", cells=NESTED).weight.tolist()


def test_who_fits_a_cell_but_none_inside_it_fits_no_cell() -> None:
    people = responses(area=["n", "n", "n", "s"], sex=["m", "f", None, "m"])
    weights = made(people, method="cell", cells=NESTED, unplaced="weight_one")
    assert weights.cell.tolist() == ["north/men", "north/women", "", "south"]
    assert weights.weight.tolist() == pytest.approx([0.9, 0.9, 1.0, 1.2])


def test_targets_that_sum_to_99_stop() -> None:
    cells = {"north": {"group": "north", "target": 60}, "south": {"group": "south", "target": 39}}
    assert refusal(PLACED, method="cell", cells=cells) == (
        "weighting.yaml: targets of level 'cells' sum to 99, not 100 (north 60, south 39)"
    )


def test_nested_targets_that_sum_to_99_name_their_level() -> None:
    north = NESTED["north"] | {"cells": {"men": {"group": "men", "target": 99}}}
    message = refusal(PLACED, method="cell", cells=NESTED | {"north": north})
    assert "targets of level 'north' sum to 99, not 100" in message


def test_cell_without_respondents_stops() -> None:
    cells = {"north": {"group": "north", "target": 60}, "far": {"group": "nobody", "target": 40}}
    assert "cell 'far' of level 'cells' has a target but no respondents" in refusal(
        PLACED, method="cell", cells=cells, unplaced="exclude"
    )


def test_cells_that_overlap_stop() -> None:
    cells = {"north": {"group": "north", "target": 60}, "men": {"group": "men", "target": 40}}
    assert "cells 'north' and 'men' of level 'cells' share 2 respondents" in refusal(
        PLACED, method="cell", cells=cells, unplaced="exclude"
    )


def test_target_of_zero_stops() -> None:
    cells = {"north": {"group": "north", "target": 100}, "south": {"group": "south", "target": 0}}
    assert "the target of 'south' in level 'cells' is 0" in refusal(PLACED, method="cell", cells=cells)


def test_raked_weights_reach_every_margin() -> None:
    weights = made(PLACED, method="rake", margins=MARGINS)
    area, sex = np.array(AREA[:7]), np.array(SEX[:7])
    assert weights.weight[area == "n"].sum() / 7 == pytest.approx(0.6)
    assert weights.weight[sex == "m"].sum() / 7 == pytest.approx(0.5)
    assert weights.cell[:3].tolist() == ["n/m", "n/m", "n/f"]
    assert len(weights.certificate["proof"]) == 4


@pytest.mark.parametrize(("treatment", "last"), [("weight_one", 1.0), ("exclude", 0.0)])
def test_who_lacks_an_answer_on_a_margin_is_treated_as_declared(treatment: str, last: float) -> None:
    weights = made(PEOPLE, method="rake", margins=MARGINS, unplaced=treatment)
    assert weights.weight[-1] == pytest.approx(last)
    assert weights.cell[-1] == ""


def test_who_lacks_an_answer_on_a_margin_stops_by_default() -> None:
    assert "1 of 8 respondents lack an answer on a margin" in refusal(PEOPLE, method="rake", margins=MARGINS)


def test_margin_on_a_rating_takes_its_numbers_as_categories() -> None:
    margins = {"mass": {"variable": "mark", "targets": {"1": 50, "2": 50}}}
    weights = made(responses(mark=[1.0, 1.0, 2.0]), method="rake", margins=margins)
    assert weights.weight.tolist() == pytest.approx([0.75, 0.75, 1.5])


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        (
            {"sex": {"variable": "sex", "targets": {"m": 50, "f": 49}}},
            "targets of margin 'sex' sum to 99, not 100",
        ),
        ({"sex": {"variable": "sex", "targets": {"m": 0.5, "f": 0.5}}}, "sum to 1, not 100"),
        (
            {"sex": {"variable": "gender", "targets": {"m": 100}}},
            "margin 'sex' reads 'gender', which has no answers",
        ),
        (
            {"sex": {"variable": "sex", "targets": {"m": 50, "w": 50}}},
            "category 'w' of margin 'sex' has a target but",
        ),
        ({"area": {"variable": "area", "targets": {"n": 100}}}, "which has no target"),
    ],
)
def test_margins_that_cannot_be_reached_stop(margins: dict[str, Any], message: str) -> None:
    assert message in refusal(PLACED, method="rake", margins=margins)


def test_caps_hold_in_raking() -> None:
    people = responses(area=[*"nnnnssssss"], sex=[*"mfffmmmfff"])
    free = made(people, method="rake", margins=MARGINS)
    cap = float(free.weight.max()) * 0.95
    capped = made(people, method="rake", margins=MARGINS, maximum=cap)
    assert capped.weight.max() == pytest.approx(cap)
    assert all(each["holds"] for each in capped.certificate["proof"])
    assert capped.certificate["caps"] == {"minimum": None, "maximum": cap}


def test_caps_that_raking_cannot_hold_stop() -> None:
    assert "no weights within the caps reach the targets" in refusal(
        PLACED, method="rake", margins=MARGINS, maximum=1.3
    )


def test_caps_that_cell_weights_break_stop() -> None:
    message = refusal(PLACED, method="cell", cells=NESTED, maximum=1.5)
    assert "1 weights lie outside the caps 0 to 1.5 times the mean" in message


def test_nobody_to_weigh_stops() -> None:
    assert "part 'main' has no respondents to weigh" in refusal(PEOPLE.slice(0, 0))


@pytest.mark.parametrize("caps", [{"minimum": 0.2}, {"maximum": 4.0}])
def test_one_cap_leaves_the_other_open_in_the_certificate(caps: dict[str, float]) -> None:
    certificate = made(PLACED, method="rake", margins=MARGINS, **caps).certificate
    assert json.loads(json.dumps(certificate, allow_nan=False))["caps"] == {
        "minimum": None,
        "maximum": None,
        **caps,
    }
    assert certificate["upper"] == caps.get("maximum")

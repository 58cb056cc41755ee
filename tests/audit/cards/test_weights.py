from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import tiny_study
from audit.cards.as_written import Written
from wavedeck.audit.cards.public import public_cards
from wavedeck.audit.cards.weights import COUNTED, cell_labels
from wavedeck.study.load import Study
from wavedeck.study.settings import Disclosure, Reliability, Suppression

KEY = "visitors/2024"


def with_rules(minimum: int, disclosure: int | None) -> Study:
    own = tiny_study.study()
    rules = Suppression(
        reliability=Reliability(minimum=minimum),
        disclosure=None if disclosure is None else Disclosure(minimum=disclosure),
    )
    return replace(own, settings=own.settings.model_copy(update={"suppression": rules}))


def counted(built: Path, study: Study) -> bool:
    own = public_cards(built, study, "2024").shared["weightings"][KEY]
    assert all("target" in cell for cell in own["cells"])
    held = [set(COUNTED) <= set(cell) for cell in own["cells"]]
    assert len(set(held)) == 1
    assert ("withheld" in own) is not held[0]
    assert ("efficiency" in own) is held[0]
    return held[0]


@pytest.mark.parametrize(
    ("minimum", "disclosure", "shown"), [(5, None, True), (7, None, True), (8, None, False), (5, 3, False)]
)
def test_counts_of_cells_are_public_when_none_is_small_and_nothing_can_be_solved(
    built: Path, minimum: int, disclosure: int | None, shown: bool
) -> None:
    assert counted(built, with_rules(minimum, disclosure)) is shown


def test_inside_every_count_is_there(internal: Written) -> None:
    cells = internal.shared["weightings"][KEY]["cells"]
    assert {one["category"]: one["respondents"] for one in cells} == {"north": 26, "south": 21, "east": 7}


def test_rule_is_said_in_the_language_asked_for(built: Path) -> None:
    study = tiny_study.study()
    dutch = public_cards(built, study, "2024", language="nl").shared["weightings"][KEY]["rule"]
    english = public_cards(built, study, "2024").shared["weightings"][KEY]["rule"]
    assert english == "weight = target share of the cell / its share of the sample"
    assert dutch.startswith("gewicht = streefaandeel")


def test_cells_and_categories_go_by_labels_of_the_study(built: Path) -> None:
    own = tiny_study.study()
    for cell in public_cards(built, own, "2024").shared["weightings"][KEY]["cells"]:
        label = cell_labels(own, "visitors", "en")(cell["margin"], cell["category"])
        assert cell["label"] == label != cell["category"]
    assert cell_labels(own, "visitors", "en")("cells", "nothing") == "nothing"

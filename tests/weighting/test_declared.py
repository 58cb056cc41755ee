from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavedeck.study.errors import WeightingError
from wavedeck.study.settings import Cell
from wavedeck.weighting.declared import cell_levels, leaf_labels, leaf_targets, require_hundred

MASKS = {
    "a": np.array([True, True, True, False, False]),
    "b": np.array([False, False, False, True, False]),
    "x": np.array([True, False, False, True, True]),
    "y": np.array([False, True, False, False, False]),
}


def cells(**given_cells: Any) -> dict[str, Cell]:
    return {name: Cell.model_validate(each) for name, each in given_cells.items()}


NESTED = cells(
    a={
        "group": "a",
        "target": 75,
        "cells": {
            "x": {"group": "x", "target": 40},
            "y": {"group": "y", "target": 60},
        },
    },
    b={"group": "b", "target": 25},
)


def test_levels_come_outermost_first_and_stay_inside_their_cell() -> None:
    outer, inner = cell_levels(NESTED, MASKS.__getitem__)
    assert (outer.name, outer.labels.tolist()) == ("cells", ["a", "a", "a", "b", ""])
    assert (inner.name, inner.labels.tolist()) == ("a", ["x", "y", "", "", ""])


def test_leaves_are_paths_with_their_share_of_the_whole() -> None:
    levels = tuple(cell_levels(NESTED, MASKS.__getitem__))
    assert leaf_labels(levels).tolist() == ["a/x", "a/y", "", "b", ""]
    assert leaf_targets(levels) == pytest.approx({"a/x": 0.3, "a/y": 0.45, "b": 0.25})


def test_three_levels_nest() -> None:
    deepest = {"group": "a", "target": 100, "cells": {"x": {"group": "x", "target": 100}}}
    nested = cells(a={"group": "a", "target": 100, "cells": {"again": deepest}})
    levels = tuple(cell_levels(nested, MASKS.__getitem__))
    assert [level.name for level in levels] == ["cells", "a", "a/again"]
    assert leaf_labels(levels).tolist() == ["a/again/x", "", "", "", ""]
    assert leaf_targets(levels) == {"a/again/x": 1.0}


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_only_targets_of_100_percent_pass(parts: list[int]) -> None:
    shares = {f"c{i}": 100 * part / sum(parts) for i, part in enumerate(parts)}
    require_hundred("level", "cells", shares)
    with pytest.raises(WeightingError, match="targets of level 'cells' sum to 9"):
        require_hundred("level", "cells", shares | {"c0": shares["c0"] - 1})

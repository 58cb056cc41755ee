from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from wavedeck.intake.groups import group_masks, with_derived
from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.groups import GroupBook
from wavedeck.study.settings import Groups

AREA = {"label": "Area", "type": "single", "categories": {"a": "A", "b": "B", "c": "C"}}
TABLE = pa.table(
    {
        "_id": ["p", "q", "r", "s"],
        "area": pa.array(["a", "b", None, "c"]),
        "area!": pa.array([None, None, "blank", None], pa.string()),
        "age": pa.array([20.0, 40.0, 60.0, None]),
        "age!": pa.array([None, None, None, "refused"], pa.string()),
        "code": pa.array(["007", "8", "9", None]),
    }
)
GROUPS: dict[str, Any] = {
    "derived": {
        "generation": {
            "label": "Generation",
            "categories": {
                "young": {"label": "Young", "where": {"age": {"max": 40}}},
                "rest": {"label": "Rest", "where": {"answered": "age"}},
            },
        }
    },
    "groups": {
        "near": {"label": "Near", "where": {"area": "a"}},
        "far": {"label": "Far", "where": {"area": ["b", "c"]}},
        "both": {"label": "Both", "union": ["near", "far"]},
        "far_young": {"label": "Far and young", "within": "far", "where": {"generation": "young"}},
        "vip": {"label": "VIP", "ids": {"file": "lists/vip.txt", "variable": "code"}},
        "others": {"label": "Others", "parts": ["elsewhere"], "where": {"area": "a"}},
        "egg": {"label": "Egg", "union": ["hen"]},
        "hen": {"label": "Hen", "within": "egg", "where": {"area": "a"}},
    },
    "breakdowns": {
        "by_area": {"label": "Area", "variable": "area"},
        "by_age": {"label": "Age", "variable": "generation"},
    },
}
BOOK = GroupBook(Groups.model_validate(GROUPS), Codebook.model_validate({"variables": {"area": AREA}}))


def members(name: str, root: Path = Path()) -> list[int]:
    mask = group_masks(TABLE, BOOK, [name], "main", root=root)[name]
    return mask.astype(int).tolist()


def test_all_is_always_there() -> None:
    masks = group_masks(TABLE, BOOK, ["near"], "main")
    assert list(masks) == ["all", "near"]
    assert masks["all"].all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("near", [1, 0, 0, 0]),
        ("both", [1, 1, 0, 1]),
        ("far_young", [0, 1, 0, 0]),
        ("by_area_b", [0, 1, 0, 0]),
        ("by_age_young", [1, 1, 0, 0]),
        ("by_age_rest", [0, 0, 1, 0]),
        ("far*by_age_young", [0, 1, 0, 0]),
        ("all*near", [1, 0, 0, 0]),
    ],
)
def test_group_holds_its_respondents(name: str, expected: list[int]) -> None:
    assert members(name) == expected


def test_first_category_that_holds_counts_in_a_derived_variable() -> None:
    derived = with_derived(TABLE, BOOK.groups, "main")
    assert derived["generation"].to_pylist() == ["young", "young", "rest", None]
    assert derived["generation!"].to_pylist() == [None, None, None, "blank"]


def test_listed_ids_are_compared_as_text(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "vip.txt").write_text("\ufeff007\n\n 9 \n7\n", encoding="utf-8")
    assert members("vip", tmp_path) == [1, 0, 1, 0]


def test_missing_list_of_ids_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lists/vip.txt: the list of ids of group 'vip' is missing"):
        members("vip", tmp_path)


def test_empty_list_of_ids_is_named(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "vip.txt").write_text("\n")
    with pytest.raises(ConfigError, match="is empty; write one id a line"):
        members("vip", tmp_path)


def test_group_of_another_part_is_refused() -> None:
    with pytest.raises(ConfigError, match="group 'others' is of part elsewhere, not of 'main'"):
        members("others")


def test_group_that_rests_on_itself_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"rests on itself \(hen -> egg -> hen\)"):
        members("hen")

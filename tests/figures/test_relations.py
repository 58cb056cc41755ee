from __future__ import annotations

import tiny_study
from wavedeck.figures.relations import Relation, group_relations

RELATIONS = group_relations(
    tiny_study.study().group_book, tiny_study.PART, tiny_study.recipe("2024").group_names()
)


def test_relation_of_each_group_is_with_everybody() -> None:
    assert Relation("all", ("sex_female",)) in RELATIONS


def test_relation_of_a_breakdown_puts_its_groups_side_by_side() -> None:
    assert Relation("all", ("branch_north", "branch_south", "branch_east")) in RELATIONS


def test_relation_of_a_crossed_group_is_with_each_factor() -> None:
    assert (
        Relation("sex_male", ("branch_north*sex_male", "branch_south*sex_male", "branch_east*sex_male"))
        in RELATIONS
    )
    assert Relation("branch_east", ("branch_east*sex_female", "branch_east*sex_male")) in RELATIONS


def test_relation_of_a_union_is_with_its_members() -> None:
    assert Relation("town", ("branch_north", "branch_south")) in RELATIONS


def test_relation_names_each_once() -> None:
    assert len(set(RELATIONS)) == len(RELATIONS)

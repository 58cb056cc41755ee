"""What a file shows of one question counts together: a hidden group may not follow from several tables."""

from __future__ import annotations

from dataclasses import replace

from figures.test_attack import several_tables, stores
from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.leaks import check_disclosure
from wavedeck.audit.verify.result import Verification
from wavedeck.study.load import Study
from wavedeck.study.settings import Disclosure, Suppression

MINIMUM = 8


def study() -> Study:
    rules = Suppression(disclosure=Disclosure(minimum=MINIMUM))
    own = several_tables()
    return replace(own, settings=own.settings.model_copy(update={"suppression": rules}))


def leaks(*printed: str) -> list[str]:
    """Return what is said of a file that prints these figures of 2024."""
    made = stores(several_tables(), MINIMUM)
    truth = Truth(study(), "2024", "en", made.publishable, made.full.figures)
    claims = [
        (1, Binding(f"table:t/r{row}c1", f"visitors/{one}/2024", "estimate", "7"))
        for row, one in enumerate(printed)
    ]
    result = Verification()
    check_disclosure(result, truth, claims)
    return [fault.message for fault in result.faults]


def test_two_tables_of_one_question_give_a_group_away() -> None:
    (found,) = leaks("recommend/all", "recommend_answers.9/branch_north", "recommend_answers.9/branch_south")
    assert found.startswith(
        "visitors/recommend/all/2024 and all its other groups give away visitors/recommend"
    )
    assert "/branch_east/2024" in found


def test_one_group_of_three_gives_nothing_away() -> None:
    assert leaks("recommend/all", "recommend_answers.9/branch_north") == []


def test_groups_of_another_question_give_nothing_away() -> None:
    assert (
        leaks("service@staff/all", "recommend_answers.9/branch_north", "recommend_answers.9/branch_south")
        == []
    )

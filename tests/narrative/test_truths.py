from __future__ import annotations

from dataclasses import replace

import pytest

import impact_study
import tiny_study
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.in_print import number_in
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.truths import Truths
from wavedeck.study.errors import NarrativeError

ALL, SOUTH = "visitors/overall/all", "visitors/overall/branch_south"
HIDDEN = "visitors/overall/branch_east*sex_male"


def truths(wave: str = "2024") -> Truths:
    return Truths(tiny_study.narrator(wave))


def marked(address: str, kind: str, mark: str) -> Truths:
    """Return truths about a store in which one comparison is marked."""
    store = tiny_study.store()
    item = store.comparison(f"{address}/2024", kind)
    assert item is not None
    comparisons = {**store.comparisons, (item.address, kind): replace(item, mark=mark)}
    return Truths(Narrator(FigureStore(store.figures, comparisons), tiny_study.study(), "2024", "en"))


@pytest.mark.parametrize(
    ("mark", "outcome"),
    [("+", (True, False, False)), ("-", (False, True, False)), ("none", (False, False, True))],
)
def test_change_is_one_of_three(mark: str, outcome: tuple[bool, ...]) -> None:
    own = marked(ALL, "previous", mark)
    assert tuple(map(bool, (own.rises(ALL), own.falls(ALL), own.stays(ALL)))) == outcome


def test_no_test_makes_no_change_and_no_stay() -> None:
    own = marked(ALL, "previous", "")
    assert not any((own.rises(ALL), own.falls(ALL), own.stays(ALL)))


def test_first_wave_has_no_change() -> None:
    own = truths("2023")
    assert not any((own.rises(ALL), own.falls(ALL), own.stays(ALL)))
    assert not own.passes(ALL, wave=-1)


def test_group_against_the_rest() -> None:
    assert truths().below_rest(SOUTH)
    assert not truths().above_rest(SOUTH)
    assert truths().less_than(SOUTH, "rest")
    assert truths().differs(SOUTH, "rest")


def test_figure_that_is_hidden_makes_nothing_true() -> None:
    own = truths()
    found = (own.rises(HIDDEN), own.stays(HIDDEN), own.passes(HIDDEN), own.less_than(HIDDEN, "high_mark"))
    assert not any(found)
    assert not own.more_than(ALL, HIDDEN, by_eye=True)


@pytest.mark.parametrize(
    ("member", "n", "holds"),
    [("staff", 1, True), ("shed", 1, False), ("shed", 2, True), ("opening", 3, False)],
)
def test_highest_is_among_the_first_as_printed(member: str, n: int, *, holds: bool) -> None:
    assert bool(truths().highest_is("visitors/service", member, n=n)) is holds


def test_equal_ones_share_the_last_place() -> None:
    """Opening hours and wifi both print 2.8: neither is the lowest."""
    own = truths()
    assert not own.lowest_is("visitors/service", "opening")
    assert not own.lowest_is("visitors/service", "wifi")
    assert own.lowest_is("visitors/service", "opening", n=2)


def test_member_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NarrativeError, match="has no item 'stuff'; did you mean 'staff'"):
        truths().highest_is("visitors/service", "stuff")
    with pytest.raises(NarrativeError, match="has no category 'reed'; did you mean 'read'"):
        truths().highest_is("visitors/activity", "reed", over="categories")


def test_highest_group_and_category() -> None:
    assert truths().highest_is("visitors/overall", "branch_east", over="branch")
    assert truths().highest_is("visitors/activity", "borrow", over="categories")


def test_highest_aspect_of_one_turn_of_a_loop() -> None:
    ranked = truths().narrator.ranking("visitors/desk@lending", "categories", "all", 0)
    assert len(ranked) == 2
    first, second = (one.category for one in ranked)
    assert truths().highest_is("visitors/desk@lending", first, over="categories")
    assert truths().lowest_is("visitors/desk@lending", second, over="categories")


def test_two_figures_are_compared_by_their_declared_difference() -> None:
    staff, opening = "visitors/service@staff/all", "visitors/service@opening/all"
    own = truths()
    assert own.more_than(staff, opening)
    assert own.less_than(opening, staff)
    assert own.differs(opening, staff)
    assert not own.more_than(opening, staff)


def test_two_figures_without_a_test_are_refused_unless_by_eye() -> None:
    first, second = "visitors/service@staff/all", "visitors/service@wifi/all"
    with pytest.raises(
        NarrativeError, match=r"no test compares .* declare a difference .* or write by_eye=True"
    ):
        truths().more_than(first, second)
    assert truths().more_than(first, second, by_eye=True)


def test_equal_in_print_is_not_more_by_eye() -> None:
    pair = ("visitors/service@wifi/all", "visitors/service@opening/all")
    assert not truths().more_than(*pair, by_eye=True)
    assert not truths().less_than(*pair, by_eye=True)


def test_figure_is_compared_with_a_constant_as_printed() -> None:
    own = truths()
    assert own.passes(ALL)
    assert own.at_least(ALL, "low_mark")
    assert own.less_than(ALL, "high_mark")
    assert not own.more_than("visitors/overall/branch_north*sex_male", "high_mark")
    assert own.at_least("visitors/overall/branch_north*sex_male", "high_mark")


def test_constant_that_is_unknown_or_no_number_is_refused() -> None:
    with pytest.raises(NarrativeError, match="unknown constant 'pass_marc'; did you mean 'pass_mark'"):
        truths().passes(ALL, "pass_marc")
    with pytest.raises(NarrativeError, match="constant 'scale' is '1 to 10', no number"):
        number_in("1 to 10", "scale")


def test_difference_stands_on_one_side_of_zero_or_on_none() -> None:
    gap = "visitors/staff_gap@staff/all"
    assert truths().above_zero(gap)
    assert not truths().below_zero(gap)


def test_majority_is_more_than_half_before_and_after_rounding() -> None:
    assert truths().majority("visitors/overall_high/branch_north")
    assert not truths().majority("visitors/overall_high/all")


def test_several_truths_together() -> None:
    own = truths()
    yes, no = own.passes(ALL), own.rises(ALL)
    assert own.all_of([yes, yes])
    assert not own.all_of([yes, no])
    assert not own.all_of([])
    assert own.any_of([no, yes])
    assert own.count_of([yes, no, yes]) == 2
    assert {one.address for one in own.any_of([no, yes]).rests_on} == {f"{ALL}/2024"}


def placed(chance: float) -> Truths:
    """Return truths of a report in which the staff stands among the strengths with some chance."""
    store = impact_study.stores().publishable
    stem = "visitors/drivers"
    values = {
        f"{stem}_importance_distance@staff/all/2024": 0.2,
        f"{stem}_rating_distance@staff/all/2024": 0.3,
        f"{stem}_quadrant@staff.strength/all/2024": chance,
    }
    moved = {address: replace(store[address], estimate=value) for address, value in values.items()}
    figures = {**store.figures, **moved}
    return Truths(Narrator(FigureStore(figures, store.comparisons), tiny_study.study(), "2024", "en"))


def test_driver_stands_in_a_quadrant_with_the_declared_confidence() -> None:
    assert placed(95).in_quadrant("visitors/drivers", "staff", "strength")
    assert not placed(95).in_quadrant("visitors/drivers", "staff", "priority")
    assert not placed(79).in_quadrant("visitors/drivers", "staff", "strength")


@pytest.mark.parametrize(
    ("item", "quadrant", "message"),
    [
        ("stuff", "strength", "analysis 'drivers' has no driver 'stuff'; did you mean 'staff'"),
        ("staff", "strong", "unknown quadrant 'strong'; did you mean 'strength'"),
    ],
)
def test_driver_or_quadrant_that_does_not_exist_is_refused(item: str, quadrant: str, message: str) -> None:
    with pytest.raises(NarrativeError, match=message):
        placed(95).in_quadrant("visitors/drivers", item, quadrant)

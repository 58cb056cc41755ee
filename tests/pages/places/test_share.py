"""Numbers of a text go to the lines that claim them; what cannot be proven says so."""

from __future__ import annotations

from pages.places.made import line
from wavedeck.pages.places.share import share_out

TWICE = "Reception 7,7 and opening hours 7,7 (2024)"


def test_equal_numbers_follow_the_order_of_their_claims() -> None:
    lines = {4: line("7,7", "p/a/all/2024"), 5: line("7,7", "p/b/all/2024"), 6: line("2024", field="wave")}
    shares = share_out(TWICE, lines)
    first, second = TWICE.index("7,7"), TWICE.rindex("7,7")
    assert shares[4] == (((first, first + 3),), True)
    assert shares[5] == (((second, second + 3),), True)


def test_one_claim_between_two_equal_numbers_is_not_sure() -> None:
    stretches, sure = share_out(TWICE, {4: line("7,7")})[4]
    assert (len(stretches), sure) == (2, False)


def test_claims_around_it_prove_which_equal_number_is_meant() -> None:
    text = "7,7 after 7,1, and 7,7 now"
    shares = share_out(text, {1: line("7,1"), 2: line("7,7")})
    assert shares[2] == (((text.rindex("7,7"), text.rindex("7,7") + 3),), True)


def test_label_without_order_takes_what_claims_leave() -> None:
    text = "12 months: 12 of 40"
    lines = {1: line("40"), 2: line("12", "study/labels", field="label"), 3: line("12", "p/a/all/2024")}
    unsure = share_out(text, lines)
    assert not unsure[2][1]
    lines = {1: line("12", "p/a/all/2024"), 2: line("12", "p/b/all/2024"), 3: line("40")}
    assert all(sure for _, sure in share_out(text, lines).values())


def test_same_figure_twice_in_the_ledger_has_one_place() -> None:
    lines = {1: line("4.28", "p/a/all/2024"), 2: line("4.28", "p/a/all/2024")}
    assert share_out("Cleanliness 4.28 ▲", lines) == {1: (((12, 16),), True), 2: (((12, 16),), True)}


def test_other_figure_without_a_place_of_its_own_is_not_sure() -> None:
    lines = {1: line("4.28", "p/a/all/2024"), 2: line("4.28", "p/b/all/2024")}
    assert {sure for _, sure in share_out("Cleanliness 4.28 ▲", lines).values()} == {False}


def test_part_of_a_longer_number_is_no_place() -> None:
    assert share_out("17,7 and −7,7 and 7,75 and 7,7%", {1: line("7,7")}) == {}
    assert share_out("(7,7).", {1: line("7,7")})[1] == (((1, 4),), True)


def test_number_with_a_thin_space_is_found() -> None:
    assert share_out("n = 1\u202f234", {1: line("1 234")})[1] == (((4, 9),), True)


def test_claims_of_a_cell_may_be_sorted_by_its_text() -> None:
    lines = {1: line("26", "p/a/all/2024"), 2: line("▼", field="rest.mark"), 3: line("26", "p/b/all/2024")}
    shares = share_out("▼ 26 26", lines, sort=True)
    assert shares == {2: (((0, 1),), True), 1: (((2, 4),), True), 3: (((5, 7),), True)}
    assert not share_out("▼ 26 26", lines)[1][1]

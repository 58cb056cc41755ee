"""Claims found in texts."""

from __future__ import annotations

import pytest

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.match import match


def claim(printed: str) -> Binding:
    return Binding("body/p1", "a/b/c/2024", "estimate", printed)


def test_claims_are_found_in_order() -> None:
    found = match("7.4, once 7.2, now 7.4", [claim("7.2"), claim("7.4")])
    assert [(one.start, one.end) for one in found.found] == [(10, 13), (19, 22)]
    assert found.missing == ()


@pytest.mark.parametrize("text", ["17.4", "7.41", "−7.4", "7.4%", "7.4.1", "x7.4"])
def test_piece_of_another_number_is_no_claim(text: str) -> None:
    assert match(text, [claim("7.4")]).missing == (claim("7.4"),)


@pytest.mark.parametrize("text", ["7.4.", "(7.4)", "n=7.4,", "a 7.4–8"])
def test_number_of_its_own_is_found(text: str) -> None:
    assert match(text, [claim("7.4")]).missing == ()


@pytest.mark.parametrize(
    ("text", "gone"),
    [("7.9, was 7.4 in 2011; from 7.5 to 7.7", [0]), ("7.4, was 7.7 in 2011; from 7.5 to 7.7", [0, 1])],
)
def test_changed_number_is_one_missing_claim(text: str, gone: list[int]) -> None:
    claims = [claim(one) for one in ("7.7", "7.4", "2011", "7.5", "7.7")]
    found = match(text, claims)
    assert [one.start for one in found.found] == [text.rindex(one.binding.printed) for one in found.found], (
        "each in its own place"
    )
    assert len(found.missing) == len(gone)
    assert [one.printed for one in found.missing] == [claims[one].printed for one in gone]


def test_sentence_that_was_taken_out_takes_only_its_claims() -> None:
    claims = [claim(one) for one in ("7.7", "7.4", "7.3", "7.7")]
    assert [one.printed for one in match("It is 7.7, and 7.7 there.", claims).missing] == ["7.4", "7.3"]

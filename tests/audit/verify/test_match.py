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

"""Find the claims of a shape in its text, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wavedeck.audit.verify.bindings import Binding

_SIGNS = "+-−"


@dataclass(frozen=True)
class Found:
    """A claim and the stretch of text that it stands in."""

    binding: Binding
    start: int
    end: int


@dataclass(frozen=True)
class Matched:
    """The claims that were found, and those that were not."""

    found: tuple[Found, ...]
    missing: tuple[Binding, ...]

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a stretch of text lies within a claim."""
        return any(one.start <= start and end <= one.end for one in self.found)


def match(text: str, claims: Sequence[Binding]) -> Matched:
    """Find claims in a text one after another; numbers whole, words at their borders."""
    found, missing, place = list[Found](), list[Binding](), 0
    for claim in claims:
        start = _find(text, claim.printed, place)
        if start < 0:
            missing.append(claim)
            continue
        place = start + len(claim.printed)
        found.append(Found(claim, start, place))
    return Matched(tuple(found), tuple(missing))


def _find(text: str, wanted: str, place: int) -> int:
    start = text.find(wanted, place) if wanted else -1
    while start >= 0 and not _is_whole(text, start, start + len(wanted)):
        start = text.find(wanted, start + 1)
    return start


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a number or word of its own, not a piece of a longer one.

    >>> _is_whole("17,7", 1, 4), _is_whole("een 7,7.", 4, 7), _is_whole("−7,7", 1, 4)
    (False, True, False)
    """
    before, after, first, last = text[:start], text[end:], text[start], text[end - 1]
    if first.isalnum() and before and (before[-1].isalnum() or _is_inner(before[-1:], before[-2:-1])):
        return False
    if first.isdigit() and before and before[-1] in _SIGNS and not before[-2:-1].strip():
        return False
    if last.isdigit() and (after[:1] == "%" or _is_inner(after[:1], after[1:2])):
        return False
    return not (last.isalnum() and after[:1].isalnum())


def _is_inner(sign: str, beside: str) -> bool:
    return sign in (".", ",") and beside.isdigit()

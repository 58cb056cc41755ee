"""Find the claims of a shape in its text, in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
    """Find claims in a text in order; numbers whole, words at their borders.

    Where not all are there, as many as possible are found, and gaps between them hold numbers that may stand
    for the missing ones: one changed digit is one missing claim.
    """
    found = _one_by_one(text, claims)
    if len(found.found) < len(claims):
        spots = list(_spots(text, claims))
        found = _aligned(text, claims, spots) if len(spots) <= _MOST_SPOTS else found
    return found


_MOST_SPOTS = 1000


def _one_by_one(text: str, claims: Sequence[Binding]) -> Matched:
    found, missing, place = list[Found](), list[Binding](), 0
    for claim in claims:
        start = _find(text, claim.printed, place)
        if start < 0:
            missing.append(claim)
            continue
        place = start + len(claim.printed)
        found.append(Found(claim, start, place))
    return Matched(tuple(found), tuple(missing))


class _Spot(NamedTuple):
    """Where a claim could stand."""

    claim: int
    start: int
    end: int


def _spots(text: str, claims: Sequence[Binding]) -> Iterator[_Spot]:
    for place, claim in enumerate(claims):
        start = _find(text, claim.printed, 0)
        while start >= 0:
            yield _Spot(place, start, start + len(claim.printed))
            start = _find(text, claim.printed, start + 1)


def _aligned(text: str, claims: Sequence[Binding], spots: Sequence[_Spot]) -> Matched:
    """Choose spots in order, so that most claims are found, and most others have a number in their place."""
    numbers = [one.start() for one in _NUMBER.finditer(text)]
    first, last = _Spot(-1, 0, 0), _Spot(len(claims), len(text), len(text))
    best: dict[_Spot, tuple[int, int, tuple[_Spot, ...]]] = {first: (0, 0, ())}
    for spot in (*spots, last):
        before = [one for one in best if one.claim < spot.claim and one.end <= spot.start]
        best[spot] = max((_step(best[one], one, spot, numbers) for one in before), key=lambda way: way[:2])
    chosen = best[last][2][:-1]
    found = tuple(Found(claims[one.claim], one.start, one.end) for one in chosen)
    there = {one.claim for one in chosen}
    return Matched(found, tuple(claim for place, claim in enumerate(claims) if place not in there))


def _step(
    way: tuple[int, int, tuple[_Spot, ...]], spot: _Spot, following: _Spot, numbers: Sequence[int]
) -> tuple[int, int, tuple[_Spot, ...]]:
    """Lengthen a way by a spot: two points for a claim that is found, one for a number instead of one."""
    between = bisect_left(numbers, following.start) - bisect_left(numbers, spot.end)
    instead = min(between, following.claim - spot.claim - 1)
    return way[0] + 2 + instead, way[1] + instead, (*way[2], following)


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


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

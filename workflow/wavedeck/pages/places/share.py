"""Share the numbers of a text out among the lines of the ledger that claim them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from wavedeck.audit.ledger import Print

_SPACES = {ord(one): " " for one in "\n\t\u000b\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"}
_SIGNS = "+-−"
#: Fields of lines that do not follow the order of the text: verification found them itself.
_UNORDERED = ("label",)
Stretch = tuple[int, int]
Shares = dict[int, tuple[tuple[Stretch, ...], bool]]


def share_out(text: str, lines: Mapping[int, Print], *, sort: bool = False) -> Shares:
    """Return for each line of the ledger where in a text its number stands.

    Claims stand in the order in which the text prints them, so an equal number is shared out by what stands
    before and after it. Where that leaves more than one place, all are given, and it is not sure.

    Parameters
    ----------
    text
        Of a paragraph, a cell or a label.
    lines
        Lines that belong to it, by their number in the ledger.
    sort
        Whether claims are in the order of their first place in the text rather than that of the ledger.

    Returns
    -------
    dict
        Number of the line -> stretches of the text, and whether that is proven; absent where not found.
    """
    plain = text.translate(_SPACES)
    found = {number: _places(plain, one.printed.translate(_SPACES)) for number, one in lines.items()}
    claims = [number for number, one in lines.items() if one.field not in _UNORDERED and found[number]]
    if sort:
        claims.sort(key=lambda number: found[number][0])
    shares = _ordered(claims, lines, found)
    taken = {stretch for stretches, sure in shares.values() if sure for stretch in stretches}
    others = [number for number in lines if number not in claims and found[number]]
    return shares | _left(others, lines, found, taken)


def _ordered(claims: Sequence[int], lines: Mapping[int, Print], found: Mapping[int, list[Stretch]]) -> Shares:
    """Share out claims in order: what is the same from the front and from the back is proven."""
    front = _greedy(claims, found)
    back = {number: _turned(one) for number, one in _greedy(claims[::-1], _mirrored(claims, found)).items()}
    shares: Shares = {}
    for number in claims:
        first, last = front.get(number), back.get(number)
        if first is None or last is None:
            shares[number] = _all_alike(number, claims, lines, found)
        elif first == last:
            shares[number] = ((first,), True)
        else:
            between = tuple(one for one in found[number] if first <= one <= last)
            shares[number] = (between, False)
    return shares


def _all_alike(
    number: int, claims: Sequence[int], lines: Mapping[int, Print], found: Mapping[int, list[Stretch]]
) -> tuple[tuple[Stretch, ...], bool]:
    """Share out a claim that the order has no place for: proven where all of this text are one figure."""
    alike = {_source(lines[one]) for one in claims if found[one] == found[number]}
    return tuple(found[number]), len(alike) == 1


def _left(
    others: Sequence[int], lines: Mapping[int, Print], found: Mapping[int, list[Stretch]], taken: set[Stretch]
) -> Shares:
    """Share out what has no order among the places that are left."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number in others:
        groups[lines[number].printed].append(number)
    shares: Shares = {}
    for group in groups.values():
        every = found[group[0]]
        free = [one for one in every if not any(_overlap(one, other) for other in taken)] or every
        same = len({_source(lines[number]) for number in group}) == 1
        for place, number in enumerate(group):
            if len(free) == len(group) and same:
                shares[number] = ((free[place],), True)
            else:
                shares[number] = (tuple(free), len(free) == 1)
    return shares


def _source(line: Print) -> tuple[str, str]:
    return line.address, line.field


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _greedy(claims: Sequence[int], found: Mapping[int, list[Stretch]]) -> dict[int, Stretch]:
    """Give each claim the first place after that of the claim before it."""
    taken: dict[int, Stretch] = {}
    place: int | None = None
    for number in claims:
        free = next((one for one in found[number] if place is None or one[0] >= place), None)
        if free is not None:
            taken[number] = free
            place = free[1]
    return taken


def _mirrored(claims: Sequence[int], found: Mapping[int, list[Stretch]]) -> dict[int, list[Stretch]]:
    return {number: [_turned(one) for one in reversed(found[number])] for number in claims}


def _turned(one: Stretch) -> Stretch:
    return -one[1], -one[0]


def _places(text: str, printed: str) -> list[Stretch]:
    return [(start, start + len(printed)) for start in _starts(text, printed)]


def _starts(text: str, printed: str) -> Iterator[int]:
    start = text.find(printed) if printed else -1
    while start >= 0:
        if _is_whole(text, start, start + len(printed)):
            yield start
        start = text.find(printed, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is a number or word of its own, not a piece of a longer one.

    >>> _is_whole("17,7", 1, 4), _is_whole("(7,7)", 1, 4), _is_whole("−7,7", 1, 4)
    (False, True, False)
    """
    before, after, first, last = text[:start], text[end:], text[start], text[end - 1]
    inner = before[-1:] in (".", ",") and before[-2:-1].isdigit() and first.isdigit()
    if first.isalnum() and (before[-1:].isalnum() or inner):
        return False
    if first.isdigit() and before[-1:] in tuple(_SIGNS) and not before[-2:-1].strip():
        return False
    longer = after[:1] in (".", ",") and after[1:2].isdigit()
    if last.isdigit() and (after[:1] == "%" or longer):
        return False
    return not (last.isalnum() and after[:1].isalnum())

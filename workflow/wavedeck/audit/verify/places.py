"""Whether labels stand where their figures are: swapped heads, series and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.study.address import Address
from wavedeck.study.errors import WavedeckError
from wavedeck.study.groups import CROSS

DIMENSIONS = ("indicator", "item", "category", "group", "wave")
_SIGNS = re.compile(r"[*°†■○]+|\s+\([^()]*: [–*·≠!]\)$")


@dataclass(frozen=True)
class Place:
    """A label and the addresses of the figures that it heads."""

    element: str
    text: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Headed:
    """A place with what its figures have in common."""

    place: Place
    common: dict[str, str]
    addresses: tuple[Address, ...]

    @property
    def sample(self) -> Address:
        """Return one of its addresses."""
        return self.addresses[0]


def names_of(truth: Truth, address: Address, dimension: str) -> set[str]:
    """Return what a part of an address may be called, in lower case."""
    value = getattr(address, dimension)
    if not value:
        return set()
    labels, found = truth.labels, set(truth.names_of(value))
    try:
        if dimension == "indicator":
            found.add(labels.indicator(value))
        elif dimension == "item":
            found.add(labels.item(address.indicator, value))
        elif dimension == "category":
            found.add(labels.category(address.indicator, value))
        elif dimension == "group":
            found |= _group_names(truth, value)
        else:
            found.add(labels.wave(value))
    except (WavedeckError, KeyError):
        found.add(value)
    return {_plain(one) for one in found}


def _group_names(truth: Truth, name: str) -> set[str]:
    single = [{truth.labels.group(one), *truth.names_of(one)} for one in name.split(CROSS)]
    both = {truth.labels.group(name), truth.labels.group(name, long=True)}
    return both | (single[0] if len(single) == 1 else set())


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub("", text).casefold().split())


def check_labels(result: Verification, truth: Truth, places: Sequence[Place], *, slide: int) -> set[str]:
    """Report labels that do not name their figures, and return the elements of those that do.

    What the figures under a label share and figures under other labels do not, the label must name.
    """
    headed = [one for place in places if (one := _headed(place))]
    varying = [
        name
        for name in DIMENSIONS
        if len({one.common.get(name) for one in headed}) > 1 and all(name in one.common for one in headed)
    ]
    fine = set()
    named = _Named(truth, headed)
    for one in headed:
        known = named.judge(one) if len(headed) > 1 else None
        if known is not None:
            if known:
                result.fault(slide, one.place.element, "mismatch", known)
            else:
                fine.add(one.place.element)
            continue
        own = _names(truth, one, varying or DIMENSIONS)
        others = {
            name for other in headed if other is not one for name in _names(truth, other, varying)
        } - own
        text = _plain(one.place.text)
        problem = _problem(text, own, others, needed=bool(varying))
        if problem:
            expected = " or ".join(f"'{name}'" for name in sorted(own)[:3])
            message = f"the label '{one.place.text}' {problem}; its figures are those of {expected}"
            result.fault(slide, one.place.element, "mismatch", f"{message} ({one.place.addresses[0]})")
        elif text in own or any(_holds(text, name) for name in own):
            fine.add(one.place.element)
    return fine


class _Named:
    """Every value that the figures of a visual have in some part of their address, with its names."""

    def __init__(self, truth: Truth, headed: Sequence[Headed]) -> None:
        self.found: dict[str, dict[str, set[str]]] = {name: {} for name in DIMENSIONS}
        for address in dict.fromkeys(address for one in headed for address in one.addresses):
            for name, known in self.found.items():
                value = getattr(address, name)
                for printed in names_of(truth, address, name) if value else ():
                    known.setdefault(printed, set()).add(value)

    def judge(self, one: Headed) -> str | None:
        """Return what is wrong with a label that is a known name, '' for nothing; None for other labels."""
        text = _plain(one.place.text)
        meant = {name: known[text] for name, known in self.found.items() if text in known}
        if not meant:
            return None
        wrong = [
            address
            for address in one.addresses
            if not any(getattr(address, name) in values for name, values in meant.items())
        ]
        if not wrong:
            return ""
        return f"the label '{one.place.text}' belongs to other figures than {wrong[0]}"


def _names(truth: Truth, one: Headed, dimensions: Iterable[str]) -> set[str]:
    return {name for kind in dimensions if kind in one.common for name in names_of(truth, one.sample, kind)}


def _headed(place: Place) -> Headed | None:
    found = [Address.parse(one) for one in place.addresses if one.count("/") == 3]
    if not found:
        return None
    common = {
        name: getattr(found[0], name)
        for name in DIMENSIONS
        if len({getattr(one, name) for one in found}) == 1
    }
    return Headed(place, common, tuple(found))


def _problem(text: str, own: set[str], others: set[str], *, needed: bool) -> str:
    if text in own or not needed:
        return ""
    if text in others:
        return "belongs to other figures"
    if any(_holds(text, name) for name in own):
        return ""
    return "names none of them"


def _holds(text: str, name: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None

"""Which figure of one build is which of another: same address, renamed, new or gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wavedeck.audit.explain.build import Build
from wavedeck.figures.records import Figure
from wavedeck.study.address import Address
from wavedeck.study.indicators import IndicatorBase
from wavedeck.study.load import Study
from wavedeck.study.wordless import without_words

NAMES = ("part", "indicator", "item", "category", "group")
SAME = 1e-9


@dataclass(frozen=True)
class Pairs:
    """The figures of two builds side by side.

    Attributes
    ----------
    both
        Address in A and in B, the same unless renamed.
    gone, new
        Addresses that only A or only B has.
    """

    both: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs whose address differs."""
        return tuple(pair for pair in self.both if pair[0] != pair[1])


def match(first: Build, second: Build, old: Mapping[str, Figure], now: Mapping[str, Figure]) -> Pairs:
    """Pair the figures of two builds.

    A name of a part, indicator, item, category or group counts as renamed where every figure that went
    has a counterpart under the other name, and the definitions or all values are equal.

    Parameters
    ----------
    first, second
        A and B.
    old, now
        Their figures by address.
    """
    gone = {one: Address.parse(one) for one in old if one not in now}
    new = {one for one in now if one not in old}
    names = [
        one
        for one in _renamings(gone.values(), new, old, now)
        if _is_declared_alike(one, first.study, second.study) or _has_equal_values(one, gone, old, now)
    ]
    moved = {
        address: str(replace(parsed, **{one[0]: one[2]}))
        for one in _unambiguous(names)
        for address, parsed in gone.items()
        if getattr(parsed, one[0]) == one[1]
    }
    taken = set(moved.values())
    same = [(one, one) for one in old if one in now]
    return Pairs(
        both=(*same, *moved.items()),
        gone=tuple(one for one in gone if one not in moved),
        new=tuple(one for one in now if one in new and one not in taken),
    )


Renaming = tuple[str, str, str]


def _renamings(
    gone: Iterable[Address], new: set[str], old: Mapping[str, Figure], now: Mapping[str, Figure]
) -> Iterator[Renaming]:
    """Yield which name may have become which other: every figure under the old one has one under the new."""
    left, parsed = list(gone), [Address.parse(one) for one in new]
    for name in NAMES:
        before = {getattr(one, name) for one in left} - _names(now, name)
        after = {getattr(one, name) for one in parsed} - _names(old, name)
        for word in sorted(before):
            own = [one for one in left if getattr(one, name) == word]
            for other in sorted(after):
                if all(str(replace(one, **{name: other})) in new for one in own):
                    yield name, word, other


def _names(figures: Mapping[str, Figure], name: str) -> set[str]:
    return {getattr(one, name) for one in figures.values()}


def _is_declared_alike(renaming: Renaming, before: Study, after: Study) -> bool:
    """Tell whether an indicator or group is declared as before, under another name."""
    name, word, other = renaming
    if name == "indicator":
        return _indicator(before, word) == _indicator(after, other)
    return name == "group" and _group(before, word) == _group(after, other)


def _has_equal_values(
    renaming: Renaming, gone: Mapping[str, Address], old: Mapping[str, Figure], now: Mapping[str, Figure]
) -> bool:
    """Tell whether all figures under a name have the values of those under the other."""
    name, word, other = renaming
    own = [one for one, parsed in gone.items() if getattr(parsed, name) == word]
    values = [(old[one], now[str(replace(gone[one], **{name: other}))]) for one in own]
    return any(a.estimate is not None for a, _ in values) and all(_alike(a, b) for a, b in values)


def _alike(one: Figure, other: Figure) -> bool:
    if one.estimate is None or other.estimate is None:
        return one.estimate is other.estimate and one.state == other.state
    return one.base == other.base and abs(one.estimate - other.estimate) <= SAME * max(1.0, abs(one.estimate))


def _indicator(study: Study, name: str) -> object:
    spec = study.indicators.indicators.get(name)
    return object() if spec is None else without_words(IndicatorBase.model_dump(spec, exclude={"groups"}))


def _group(study: Study, name: str) -> object:
    if name not in study.group_book.known():
        return object()
    return replace(study.group_book.definition(name), name="")


def _unambiguous(names: Iterable[Renaming]) -> list[Renaming]:
    """Return the renamings of names that became one other name only, and that from one only."""
    every = list(names)
    before = [(name, word) for name, word, _ in every]
    after = [(name, other) for name, _, other in every]
    return [
        one for one in every if before.count((one[0], one[1])) == 1 and after.count((one[0], one[2])) == 1
    ]

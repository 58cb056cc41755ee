"""Which groups lie within which: what a reader could use to solve a hidden figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wavedeck.study.groups import ALL, CROSS, GroupBook


@dataclass(frozen=True)
class Relation:
    """Groups that lie side by side within their total; what none of them covers is the rest.

    >>> Relation("all", ("female", "male"))
    Relation(total='all', parts=('female', 'male'))
    """

    total: str
    parts: tuple[str, ...]


def group_relations(book: GroupBook, part: str, names: Iterable[str]) -> tuple[Relation, ...]:
    """Return how the groups of a part lie within one another.

    Each group lies within everybody, within the group it is nested in, within each group it is crossed
    of, and within unions that name it. The groups of a breakdown lie side by side, also within every
    group they are crossed with.
    """
    computed = tuple(dict.fromkeys(names))
    found = [relation for name in computed if name != ALL for relation in _of_group(book, name)]
    for breakdown in book.groups.breakdowns:
        members = book.expand([breakdown], part)
        found += _of_members(book, members, computed)
    return tuple(dict.fromkeys(found))


def _of_group(book: GroupBook, name: str) -> Iterator[Relation]:
    yield Relation(ALL, (name,))
    factors = name.split(CROSS)
    if len(factors) > 1:
        for place in range(len(factors)):
            yield Relation(CROSS.join([*factors[:place], *factors[place + 1 :]]), (name,))
        return
    definition = book.definition(name)
    for parent in definition.within:
        yield Relation(parent, (name,))
    if definition.union:
        yield Relation(name, definition.union)
        for member in definition.union:
            yield Relation(name, (member,))


def _of_members(book: GroupBook, members: Sequence[str], computed: Sequence[str]) -> Iterator[Relation]:
    yield Relation(ALL, tuple(members))
    parents = {book.definition(name).within for name in members}
    if len(parents) == 1:
        for parent in parents.pop():
            yield Relation(parent, tuple(members))
    for name in computed:
        factors = name.split(CROSS)
        for place in range(len(factors) if len(factors) > 1 else 0):
            if factors[place] in members:
                before, after = factors[:place], factors[place + 1 :]
                crossed = tuple(CROSS.join([*before, member, *after]) for member in members)
                yield Relation(CROSS.join([*before, *after]), crossed)

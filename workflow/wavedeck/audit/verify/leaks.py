"""Whether what a file shows lets a reader solve a hidden figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.figures.records import Figure
from wavedeck.figures.relations import Relation, group_relations

_OUTSIDE = ("gross", "response_rate", "benchmark", "range")


def check_disclosure(result: Verification, truth: Truth, printed: Iterable[tuple[int, Binding]]) -> None:
    """Report where a total and all its other groups are shown, so that a hidden group follows.

    Parameters
    ----------
    result
        Takes what is found.
    truth
        With the full store, without which nothing can be told.
    printed
        Slide and claim of every figure that the file prints.
    """
    rule = truth.study.settings.suppression.disclosure
    if rule is None or not truth.full:
        return
    shown: dict[str, tuple[int, str]] = {}
    for slide, one in printed:
        if one.address in truth.full and any(sign.isdigit() for sign in one.printed):
            shown.setdefault(one.address, (slide, one.element))
    for part in truth.study.settings.parts:
        names = {figure.group for figure in truth.full.values() if figure.part == part}
        relations = group_relations(truth.study.group_book, part, sorted(names))
        for cell in _cells(truth, part):
            for relation in relations:
                _check(result, cell, relation, shown, rule.minimum)


def _cells(truth: Truth, part: str) -> Iterator[Mapping[str, Figure]]:
    found: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in truth.full.values():
        if figure.part == part and figure.statistic not in _OUTSIDE and figure.statistic != "composition":
            key = (figure.indicator, figure.item, figure.category, figure.wave)
            found[key][figure.group] = figure
    hidden = {one.address for one in truth.store if one.state == "suppressed"}
    return (cell for cell in found.values() if any(one.address in hidden for one in cell.values()))


def _check(
    result: Verification,
    cell: Mapping[str, Figure],
    relation: Relation,
    shown: Mapping[str, tuple[int, str]],
    minimum: int,
) -> None:
    total = cell.get(relation.total)
    members = [cell[name] for name in relation.parts if name in cell and _size(cell[name])]
    if total is None or total.address not in shown or len(members) < 2:
        return
    unseen = [one for one in members if one.address not in shown]
    rest = _size(total) - sum(map(_size, members))
    small = [one for one in unseen if 0 < _size(one) < minimum]
    if small and rest >= 0 and 0 < rest + sum(map(_size, unseen)) < minimum:
        slide, element = shown[total.address]
        message = f"{total.address} and all its other groups give away {small[0].address}"
        result.fault(slide, element, "leak", message)


def _size(figure: Figure) -> float:
    return (figure.base if figure.smallest_base is None else figure.smallest_base) or 0.0

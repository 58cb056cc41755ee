"""The two rules of suppression: too few to be worth printing, and so few that someone shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wavedeck.figures.records import (
    COMPARISON_VALUES,
    INTERNAL_COLUMNS,
    VALUE_COLUMNS,
    Comparison,
    Figure,
)
from wavedeck.figures.relations import Relation
from wavedeck.study.groups import ALL, CROSS
from wavedeck.study.settings import Disclosure, Suppression

#: Part, wave, indicator, item and category -> the question whose answers a figure counts.
Answers = Mapping[tuple[str, str, str, str, str], str]
UNTOUCHED_BY_RELIABILITY = frozenset({"count", "gross", "response_rate", "benchmark", "range"})
UNTOUCHED_BY_DISCLOSURE = frozenset({"gross", "response_rate", "benchmark", "range"})
SPREAD_OF_WEIGHTS = ("effective_base", "deff")


@dataclass(frozen=True)
class Share:
    """A group within its total: its figures, how many respondents they give away, whether one is seen."""

    addresses: tuple[str, ...]
    size: float
    shown: bool

    def __or__(self, other: Share) -> Share:
        """Return both as one: other figures on the same answers of the same group."""
        addresses = (*self.addresses, *other.addresses)
        return Share(addresses, max(self.size, other.size), self.shown or other.shown)


def apply_rules(
    figures: Sequence[Figure],
    rules: Suppression,
    relations: Mapping[str, Sequence[Relation]],
    answers: Answers | None = None,
) -> list[Figure]:
    """Give every figure the state that the study's rules ask for.

    Parameters
    ----------
    figures
        With state `shown` where there is a value.
    rules
        Thresholds on the unweighted base.
    relations
        Part -> how its groups lie within one another. Where the figures of a total and of its shown
        groups would together give away fewer respondents than the rule of disclosure allows, the
        smallest of the shown groups is hidden too, until they no longer do.
    answers
        Which figures rest on the answers to one question. A distribution gives away the mean of the same
        answers, so they are hidden together.
    """
    judged = {figure.address: _reliable(figure, rules) for figure in figures}
    if rules.disclosure is None:
        return list(judged.values())
    for address, figure in judged.items():
        if _discloses(figure, rules.disclosure.minimum):
            judged[address] = replace(figure, state="suppressed")
    while solved := _solvable(judged, relations, rules.disclosure, answers or {}):
        for address in solved:
            judged[address] = replace(judged[address], state="suppressed")
    return list(judged.values())


def _reliable(figure: Figure, rules: Suppression) -> Figure:
    if figure.state != "shown" or figure.statistic in UNTOUCHED_BY_RELIABILITY or figure.base is None:
        return figure
    base = figure.base if figure.statistic == "composition" else _size(figure)
    if base < rules.reliability.minimum:
        return replace(figure, state="suppressed")
    return replace(figure, state="low_base") if base < rules.reliability.low_base else figure


def _discloses(figure: Figure, minimum: int) -> bool:
    return figure.statistic not in UNTOUCHED_BY_DISCLOSURE and 0 < _size(figure) < minimum


def _size(figure: Figure) -> float:
    return (figure.base if figure.smallest_base is None else figure.smallest_base) or 0.0


def _solvable(
    figures: Mapping[str, Figure],
    relations: Mapping[str, Sequence[Relation]],
    rule: Disclosure,
    answers: Answers,
) -> set[str]:
    """Return the figures to hide next, since a reader could solve a hidden one with them."""
    found: set[str] = set()
    for part, cell in _cells(figures, answers):
        hidden = {name: one.size for name, one in cell.items() if one.size and not one.shown}
        for relation in relations.get(part, ()) if hidden or rule.remainder == "hide" else ():
            total = cell.get(relation.total)
            if total is not None and total.shown:
                members = [cell[name] for name in relation.parts if name in cell and cell[name].size]
                for share in _to_hide(total.size, members, _matters(hidden, relation, rule), rule.minimum):
                    found.update(one for one in share.addresses if figures[one].is_shown)
    return found


def _cells(figures: Mapping[str, Figure], answers: Answers) -> Iterator[tuple[str, dict[str, Share]]]:
    """Yield the figures of one question by their group; of a composition by the group that it counts."""
    cells: dict[tuple[str, ...], dict[str, Share]] = defaultdict(dict)
    for figure in figures.values():
        if figure.statistic in UNTOUCHED_BY_DISCLOSURE:
            continue
        share = Share((figure.address,), _size(figure), figure.is_shown)
        stem = (figure.part, figure.indicator, figure.item, figure.wave)
        if figure.statistic == "composition":
            whole = Share((), figure.base or 0.0, shown=True)
            cells[(*stem, "", figure.group)] |= {ALL: whole, figure.category: share}
        else:
            key = answers.get((figure.part, figure.wave, figure.indicator, figure.item, figure.category))
            cell = cells[(figure.part, figure.wave, key) if key else (*stem, figure.category, "")]
            cell[figure.group] = cell[figure.group] | share if figure.group in cell else share
    return ((key[0], cell) for key, cell in cells.items())


def _within(name: str, relation: Relation) -> bool:
    """Tell whether a group is one of a relation's parts, or crossed with one."""
    own = set(name.split(CROSS))
    return any(own.issuperset(part.split(CROSS)) for part in relation.parts)


def _matters(hidden: Mapping[str, float], relation: Relation, rule: Disclosure) -> Container[float]:
    """Return which sizes of what shown members leave of their total matter.

    All; or, where a study lets those show who are in no group, the sizes of figures hidden outside them.
    """
    if rule.remainder == "hide":
        return range(1, rule.minimum)
    return {size for name, size in hidden.items() if not _within(name, relation)}


def _to_hide(
    total: float, members: Sequence[Share], matters: Container[float], minimum: int
) -> Iterator[Share]:
    """Yield the smallest shown members until those hidden hold enough respondents.

    Members that sum to more than their total overlap: together they solve nothing. Where no member is
    hidden, what they leave of the total may still be somebody.
    """
    rest = total - sum(share.size for share in members)
    unseen = rest + sum(share.size for share in members if not share.shown)
    if rest < 0 or (all(share.shown for share in members) and rest not in matters):
        return
    for share in sorted((one for one in members if one.shown), key=lambda one: (one.size, one.addresses)):
        if not 0 < unseen < minimum:
            return
        yield share
        unseen += share.size


def publishable_figures(figures: Iterable[Figure], rules: Suppression) -> list[Figure]:
    """Return the figures as renderers may see them: suppressed ones without any value.

    Under a rule of disclosure none says how unequal weights are: with the known shares of weighting cells
    that gives their sizes, and with those the size of a hidden group.
    """
    spread = SPREAD_OF_WEIGHTS if rules.disclosure else ()
    internal: dict[str, Any] = dict.fromkeys((*INTERNAL_COLUMNS, *spread))
    emptied: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    return [
        replace(figure, **(internal | (emptied if figure.state == "suppressed" else {})))
        for figure in figures
    ]


def publishable_comparisons(
    comparisons: Iterable[Comparison], figures: Mapping[str, Figure], *, minimum_rest: int
) -> list[Comparison]:
    """Return the comparisons as renderers may see them.

    A comparison with a hidden side keeps its reason only; so does one with a rest smaller than
    the minimum base, since the group and the rest together are the total.
    """
    return [_published(item, figures, minimum_rest) for item in comparisons]


def _published(item: Comparison, figures: Mapping[str, Figure], minimum_rest: int) -> Comparison:
    reason = _why_hidden(item, figures, minimum_rest)
    if not reason:
        return replace(item, rest_base=None)
    emptied: dict[str, Any] = dict.fromkeys(COMPARISON_VALUES)
    return replace(item, **emptied, mark="", reason=reason, rest_base=None)


def _why_hidden(item: Comparison, figures: Mapping[str, Figure], minimum_rest: int) -> str:
    sides = [item.address, item.against]
    sides += [total_of(figures[item.address])] if item.kind == "rest" else []
    hidden = next((figures[one] for one in sides if one in figures and not figures[one].is_shown), None)
    if hidden is not None:
        return f"{hidden.state.replace('_', ' ')}: {hidden.address}"
    too_small = item.kind == "rest" and (item.rest_base or 0) < minimum_rest
    return "the rest is too small" if too_small else ""


def total_of(figure: Figure) -> str:
    """Return the address of the same figure for everybody."""
    return "/".join([*figure.address.split("/")[:2], ALL, figure.wave])

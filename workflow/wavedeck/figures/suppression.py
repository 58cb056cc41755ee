"""The two rules of suppression: too few to be worth printing, and so few that someone shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wavedeck.figures.records import COMPARISON_VALUES, VALUE_COLUMNS, Comparison, Figure
from wavedeck.study.settings import Suppression

UNTOUCHED_BY_RELIABILITY = frozenset({"count", "gross", "response_rate", "benchmark", "range"})
UNTOUCHED_BY_DISCLOSURE = frozenset({"gross", "response_rate", "benchmark", "range"})


def apply_rules(
    figures: Sequence[Figure], rules: Suppression, families: Sequence[Sequence[str]]
) -> list[Figure]:
    """Give every figure the state that the study's rules ask for.

    Parameters
    ----------
    figures
        With state `shown` where there is a value.
    rules
        Thresholds on the unweighted base.
    families
        Sets of groups that together make up their total; with one of them hidden for disclosure, the
        smallest other one is hidden too, or the total would give it away.
    """
    judged = [_reliable(figure, rules) for figure in figures]
    if rules.disclosure is None:
        return judged
    hidden = {figure.address for figure in judged if _discloses(figure, rules.disclosure.minimum)}
    hidden |= set(_complements(judged, hidden, families))
    return [replace(figure, state="suppressed") if figure.address in hidden else figure for figure in judged]


def _reliable(figure: Figure, rules: Suppression) -> Figure:
    if figure.state != "shown" or figure.statistic in UNTOUCHED_BY_RELIABILITY or figure.base is None:
        return figure
    if figure.base < rules.reliability.minimum:
        return replace(figure, state="suppressed")
    return replace(figure, state="low_base") if figure.base < rules.reliability.low_base else figure


def _discloses(figure: Figure, minimum: int) -> bool:
    counted = figure.statistic not in UNTOUCHED_BY_DISCLOSURE and figure.base is not None
    return counted and 0 < (figure.base or 0) < minimum


def _complements(
    figures: Sequence[Figure], hidden: set[str], families: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield the smallest shown sibling wherever one figure of a family alone is hidden."""
    by_cell: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        by_cell[_cell(figure)][figure.group] = figure
    for siblings in by_cell.values():
        for family in families:
            members = [siblings[name] for name in family if name in siblings and siblings[name].base]
            gone = [figure for figure in members if figure.address in hidden]
            left = [figure for figure in members if figure.address not in hidden]
            if len(gone) == 1 and left:
                yield min(left, key=lambda figure: (figure.base or 0, figure.address)).address


def _cell(figure: Figure) -> tuple[str, ...]:
    return (figure.part, figure.indicator, figure.item, figure.category, figure.wave)


def publishable_figures(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures as renderers may see them: suppressed ones without any value."""
    internal = {"units": None, "sd": None}
    emptied = dict.fromkeys(VALUE_COLUMNS, None)
    return [
        replace(figure, **internal, **({} if figure.state != "suppressed" else emptied))  # type: ignore[arg-type]
        for figure in figures
    ]


def publishable_comparisons(
    comparisons: Iterable[Comparison], figures: Mapping[str, Figure], *, minimum_rest: int
) -> list[Comparison]:
    """Return the comparisons as renderers may see them.

    A comparison with a suppressed side keeps its reason only; so does one with a rest smaller than
    the minimum base, since the group and the rest together are the total.
    """
    return [_published(item, figures, minimum_rest) for item in comparisons]


def _published(item: Comparison, figures: Mapping[str, Figure], minimum_rest: int) -> Comparison:
    sides = [figures[address] for address in (item.address, item.against) if address in figures]
    if all(figure.is_shown for figure in sides) and _rest_is_large(item, figures, minimum_rest):
        return item
    reason = next(
        (f"{figure.state.replace('_', ' ')}: {figure.address}" for figure in sides if not figure.is_shown), ""
    )
    emptied = dict.fromkeys(COMPARISON_VALUES, None)
    return replace(item, **emptied, mark="", reason=reason or "the rest is too small")  # type: ignore[arg-type]


def _rest_is_large(item: Comparison, figures: Mapping[str, Figure], minimum: int) -> bool:
    if item.kind != "rest":
        return True
    figure = figures[item.address]
    total = figures.get("/".join([*item.address.split("/")[:2], "all", figure.wave]))
    return total is None or (total.base or 0) - (figure.base or 0) >= minimum

"""Figures that are no single average: counts, declared ones, differences, shares of mentions, ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.audit.recompute.plan import Average, Plan, active, expanded
from wavedeck.audit.recompute.sql import number, text
from wavedeck.study.address import Address
from wavedeck.study.indicators import (
    BenchmarkIndicator,
    CountIndicator,
    DifferenceIndicator,
    GrossIndicator,
    Indicator,
    ResponseRateIndicator,
)
from wavedeck.study.load import Study

EMPTY = "SELECT '' AS address, '' AS field, 0::DOUBLE AS value WHERE FALSE"


def declared_results(study: Study, part: str, wave: str) -> Iterator[str]:
    """Yield a query each for counts, gross sample, response rates and benchmarks."""
    gross = study.settings.parts[part].gross.get(wave)
    for word, spec in active(study, part, wave):
        if isinstance(spec, CountIndicator):
            groups = ", ".join(map(text, expanded(spec.groups, study, part)))
            where = f'{text(f"{part}/{word}/")} || "group" || {text(f"/{wave}")}'
            for field in ("estimate", "base"):
                yield (
                    f"SELECT {where}, {text(field)}, count(*) FILTER (WHERE inside)::DOUBLE FROM member "
                    f'WHERE "group" IN ({groups}) GROUP BY "group"'
                )
        elif isinstance(spec, GrossIndicator | ResponseRateIndicator | BenchmarkIndicator):
            yield from _declared(spec, str(Address(part, word, "", "", "all", wave)), gross, wave)


def _declared(spec: Indicator, address: str, gross: int | None, wave: str) -> Iterator[str]:
    if isinstance(spec, BenchmarkIndicator):
        if wave in spec.values:
            yield f"SELECT {text(address)}, 'estimate', {number(spec.values[wave])}"
    elif gross is not None and isinstance(spec, GrossIndicator):
        yield f"SELECT {text(address)}, 'estimate', {number(gross)}"
    elif gross is not None:
        yield f"SELECT {text(address)}, 'estimate', 100.0 * count(*) / {number(gross)} FROM people"
        yield f"SELECT {text(address)}, 'base', {number(gross)}"


def plan_differences(study: Study, plan: Plan) -> list[tuple[str, Average, Average, tuple[str, ...]]]:
    """Return name, both sides and groups of each declared difference; sides that were not asked are left out.

    Adds to the plan's answers whoever answered at least one side.
    """
    found = []
    for word, spec in active(study, plan.part, plan.wave):
        if isinstance(spec, DifferenceIndicator):
            groups = expanded(spec.groups, study, plan.part)
            for first, second in _pairs(spec, plan.averages):
                if first.answers and second.answers:
                    plan.answers[_either(first, second)] = _either_sql(plan, first, second)
                    found.append((word, first, second, groups))
    return found


def _pairs(spec: DifferenceIndicator, averages: Sequence[Average]) -> Iterator[tuple[Average, Average]]:
    """Yield both sides: items and categories of one name, or all with the only other one."""
    first, second = _sides(spec.of, averages), _sides(spec.minus, averages)
    for key, one in first.items():
        other = second.get(key) or (next(iter(second.values())) if len(second) == 1 else None)
        if other is not None:
            yield one, other


def _sides(reference: str, averages: Sequence[Average]) -> dict[tuple[str, str], Average]:
    rest, _, category = reference.partition(".")
    indicator, _, item = rest.partition("@")
    return {
        ("" if item else one.item, "" if category else one.category): one
        for one in averages
        if one.indicator == indicator and item in ("", one.item) and category in ("", one.category)
    }


def _either(first: Average, second: Average) -> str:
    return f"{first.answers} or {second.answers}"


def _either_sql(plan: Plan, first: Average, second: Average) -> str:
    sides = " OR ".join(f"({plan.answers[one.answers]}) IS NOT NULL" for one in (first, second))
    return f"CASE WHEN {sides} THEN '1' END"


def difference_averages(
    differences: Sequence[tuple[str, Average, Average, tuple[str, ...]]],
) -> tuple[list[Average], list[tuple[str, str, str, str]]]:
    """Return the averages that differences rest on, and how to join them.

    Returns
    -------
    averages
        Both sides and who answered either, for the groups of the difference, under names of their own.
    joins
        Indicator, item and category of each difference and the common name of its three averages.
    """
    averages, joins = [], []
    for place, (word, first, second, groups) in enumerate(differences):
        for side, own in (("a", first), ("b", second)):
            averages.append(_renamed(own, f"{side} {place}", groups))
        either = _renamed(first, f"either {place}", groups)
        scored = {**vars(either), "answers": _either(first, second), "scores": {"1": 1.0}, "scale": 1.0}
        averages.append(Average(**scored))
        joins.append((word, first.item, first.category, str(place)))
    return averages, joins


def _renamed(own: Average, indicator: str, groups: tuple[str, ...]) -> Average:
    return Average(**{**vars(own), "indicator": indicator, "item": "", "category": "", "groups": groups})


def difference_results(joins: Sequence[tuple[str, str, str, str]], part: str, wave: str) -> Iterator[str]:
    """Yield a query for each difference."""
    for word, item, category, place in joins:
        stem = str(Address(part, word, item, category, "", wave)).removesuffix(f"/{wave}")
        sides = {one: text(f"{part}/{one} {place}/") for one in ("a", "b", "either")}
        tables = ", ".join(
            f'(SELECT * FROM average WHERE inside AND starts_with(address, {start})) AS "{one}"'
            for one, start in sides.items()
        )
        where = 'a."group" = b."group" AND a."group" = either."group"'
        values = {
            "estimate": "a.estimate - b.estimate",
            "smallest_base": "least(a.base, b.base)",
            **{
                field: f"either.{field}"
                for field in ("base", "weighted_base", "effective_base", "units", "degf")
            },
        }
        for field, sql in values.items():
            yield (
                f'SELECT {text(stem)} || a."group" || {text(f"/{wave}")}, {text(field)}, ({sql})::DOUBLE '
                f"FROM {tables} WHERE {where}"
            )


def union(queries: Sequence[str]) -> str:
    """Return queries as one."""
    return "\nUNION ALL ".join([EMPTY, *queries])

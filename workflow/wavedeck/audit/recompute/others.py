"""Figures that are no single average: counts, declared ones, differences, shares of mentions, ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.audit.recompute.plan import Average, Plan, active, expanded, offered, scale_of
from wavedeck.audit.recompute.questions import why
from wavedeck.audit.recompute.sql import name, number, text
from wavedeck.study.address import Address
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    BenchmarkIndicator,
    CountIndicator,
    DifferenceIndicator,
    GrossIndicator,
    Indicator,
    MultipleIndicator,
    RangeIndicator,
    ResponseRateIndicator,
)
from wavedeck.study.load import Study

SHOWN = "('shown', 'low_base')"
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


def mention_results(study: Study, part: str, wave: str, *, clusters: str | None) -> Iterator[str]:
    """Yield a query for the shares of all answers given to each multiple-response question."""
    asked = {question.name: question for question in study.codebook.questions(part, wave)}
    for word, spec in active(study, part, wave):
        if isinstance(spec, MultipleIndicator) and spec.per == "answers":
            for known in study.codebook.questions_ever(part):
                if known.variable == spec.variable and known.name in asked:
                    groups = expanded(spec.groups, study, part)
                    yield _mentions((word, spec), asked[known.name], groups, (part, wave), clusters)


def _mentions(
    declared: tuple[str, MultipleIndicator],
    question: Question,
    groups: tuple[str, ...],
    place: tuple[str, str],
    clusters: str | None,
) -> str:
    (word, spec), (part, wave) = declared, place
    here = [category for category in scale_of(question) if category in offered(question)]
    sums = {category: [category] for category in here}
    for net, own in spec.nets.items():
        members = [category for category in own.categories if category in here]
        if members:
            sums[net] = members
    item = question.loop_entry or question.item
    stem = f"{part}/{word}@{item}." if item else f"{part}/{word}."
    unit = f"count(DISTINCT {name(clusters)})" if clusters else "count(*)"
    shares = ", ".join(
        f"100 * fsum(_weight * {_ticks(question, members)}) / fsum(_weight * {_ticks(question, here)}) AS "
        f"{name(category)}"
        for category, members in sums.items()
    )
    fields = ("estimate", "base", "weighted_base", "effective_base", "units", "degf")
    return (
        f"SELECT {text(stem)} || category || '/' || _group || "
        f"{text(f'/{wave}')}, field, value FROM (SELECT _group, category, estimate, base::DOUBLE AS "
        "base, weighted_base, "
        "effective_base, units::DOUBLE AS units, (units - 1)::DOUBLE AS degf\n"
        f"FROM (SELECT _group, {shares}, count(*) AS base, fsum(_weight) AS weighted_base, "
        f"fsum(_weight) ** 2 / fsum(_weight * _weight) AS effective_base, {unit} AS units FROM people "
        'JOIN (SELECT _row, "group" AS _group, weight AS _weight FROM member JOIN weight USING (_row) '
        f'WHERE inside AND included AND "group" IN ({", ".join(map(text, groups))})) USING (_row)\n'
        f"WHERE {why(question.name)} IS NULL GROUP BY _group)\n"
        f"UNPIVOT (estimate FOR category IN ({', '.join(map(name, sums))}))) "
        f"UNPIVOT (value FOR field IN ({', '.join(fields)}))"
    )


def _ticks(question: Question, categories: Sequence[str]) -> str:
    ticks = [f"coalesce({name(f'{question.name}.{one}')}, FALSE)::INT" for one in categories]
    return f"({' + '.join(ticks) or '0'})"


def range_results(study: Study, part: str, wave: str) -> Iterator[str]:
    """Yield a query for each range, over the recomputed figures that the store says are shown."""
    for word, spec in active(study, part, wave):
        if isinstance(spec, RangeIndicator):
            over_groups = isinstance(spec.over, list)
            for group in ["all"] if over_groups else expanded(spec.groups, study, part):
                yield from _range(word, spec, group, study, (part, wave))


def _range(
    word: str, spec: RangeIndicator, group: str, study: Study, place: tuple[str, str]
) -> Iterator[str]:
    part, wave = place
    rest, _, category = spec.of.partition(".")
    indicator, _, item = rest.partition("@")
    where = [
        f"part = {text(part)}",
        f"wave = {text(wave)}",
        f"indicator = {text(indicator)}",
        f"state IN {SHOWN}",
    ]
    if isinstance(spec.over, list):
        groups = ", ".join(map(text, expanded(spec.over, study, part)))
        where += [f'"group" IN ({groups})', f"item = {text(item)}", f"category = {text(category)}"]
    else:
        where.append(f'"group" = {text(group)}')
        where += [f"item = {text(item)}"] if item else []
        where += [f"category = {text(category)}"] if category else []
        nets = list(getattr(study.indicators.indicators[indicator], "nets", {}))
        if nets and not category:
            where.append(f"category NOT IN ({', '.join(map(text, nets))})")
    chosen = (
        "SELECT r.value, b.value AS base, place FROM stored JOIN recomputed AS r USING (address) "
        "LEFT JOIN recomputed AS b "
        f"ON b.address = r.address AND b.field = 'base' WHERE r.field = 'estimate' AND {' AND '.join(where)}"
    )
    lowest, highest = (f"{one}_by(base, (round(value, 9), place))" for one in ("min", "max"))
    for end, value, base in (
        ("low", "min(value)", lowest),
        ("high", "max(value)", highest),
        ("width", "max(value) - min(value)", f"least({lowest}, {highest})"),
    ):
        address = text(str(Address(part, word, "", end, group, wave)))
        yield f"SELECT {address}, 'estimate', {value} FROM ({chosen}) HAVING count(*) > 0"
        yield f"SELECT {address}, 'base', {base} FROM ({chosen}) HAVING count(*) > 0"


def union(queries: Sequence[str]) -> str:
    """Return queries as one."""
    return "\nUNION ALL ".join([EMPTY, *queries])

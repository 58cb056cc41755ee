"""Shares of all answers given, and ranges, as SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wavedeck.audit.recompute.cell import why
from wavedeck.audit.recompute.plan import active, expanded, offered, scale_of
from wavedeck.audit.recompute.sql import name, text
from wavedeck.study.address import Address
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    MultipleIndicator,
    RangeIndicator,
)
from wavedeck.study.load import Study

SHOWN = "('shown', 'low_base')"


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

"""A trace as text for people: short, from the printed number down to the raw rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wavedeck.audit.ledger import Print
from wavedeck.audit.trace.define import Definition, QuestionText
from wavedeck.audit.trace.logs import Change
from wavedeck.audit.trace.rows import Row
from wavedeck.audit.trace.trace import Test, Trace
from wavedeck.audit.trace.weighting import WeightingTrace
from wavedeck.figures.records import Figure

INTERNAL = "INTERNAL: holds answers of respondents; not for publication"
HIDDEN = "INTERNAL, NOT PUBLISHED: this figure is {state}; the report prints nothing of it"
STEP = "  "
FIRST_CELLS = 12
FIRST_PRINTS = 8
WIDEST = 26


def text_of(trace: Trace) -> Iterator[str]:
    """Yield the lines of a trace."""
    figure = trace.figure
    yield figure.address
    yield HIDDEN.format(state=figure.state) if trace.is_internal else INTERNAL
    yield from _section("printed", _printed(trace))
    yield from _section("figure", _figure(figure))
    yield from _section("formula", _formula(trace))
    yield from _section("definition", _definition(trace.definition))
    if trace.weighting:
        yield from _section("weights", _weights(trace.weighting))
    if trace.card:
        yield from _section("model", _card(trace.card))
    if trace.tests:
        yield from _section("tests", (line for one in trace.tests for line in _test(one)))
    if trace.all_rows:
        yield from _section("rows", _rows(trace))


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield name
    yield from (STEP + line for line in lines)


def number(value: float | None, digits: int = 10) -> str:
    """Write a number out in full.

    >>> number(7.5), number(None)
    ('7.5', 'none')
    """
    return "none" if value is None else f"{value:.{digits}g}"


def _printed(trace: Trace) -> Iterator[str]:
    if trace.prints:
        for one in trace.prints[:FIRST_PRINTS]:
            yield f"'{one.printed}' {_where(one)} ({one.field})"
        if len(trace.prints) > FIRST_PRINTS:
            yield f"... and {len(trace.prints) - FIRST_PRINTS} more"
    elif not trace.is_internal:
        yield "in no ledger of this report"
    if trace.field.endswith(".mark"):
        yield f"a sign of significance: see '{trace.field.removesuffix('.mark')}' under tests"
    if trace.value is not None:
        yield f"rounded half up: {trace.rounded}, written '{trace.printed}'"
        yield f"{trace.field} in the store: {number(trace.value, 15)}"


def _where(one: Print) -> str:
    book = one.element.removeprefix("tables:")
    return f"on slide {one.slide}, {one.element}" if book == one.element else f"in the table book, {book}"


def _figure(one: Figure) -> Iterator[str]:
    yield f"estimate {number(one.estimate)} ({one.unit}), state {one.state}"
    if one.se is not None:
        ends = f"{number(one.ci_low, 6)} to {number(one.ci_high, 6)}"
        yield f"standard error {number(one.se, 6)}, interval {ends}"
    if one.base is not None:
        yield (
            f"base {number(one.base)}, weighted base {number(one.weighted_base)}, "
            f"effective base {number(one.effective_base, 6)}, design effect {number(one.deff, 4)}, "
            f"degrees of freedom {number(one.degf)}"
        )


def _formula(trace: Trace) -> Iterator[str]:
    yield trace.terms.formula
    if trace.terms.filled:
        yield f"= {trace.terms.filled}"
    if trace.adds_up is not None:
        verdict = "equal" if trace.adds_up else "NOT EQUAL: the data changed since the store was made"
        yield f"the parts of all {trace.all_rows} rows add up to {number(trace.total, 15)}: {verdict}"
    for address in trace.terms.rests_on:
        yield f"rests on {address}"


def _definition(one: Definition) -> Iterator[str]:
    yield f"indicator '{one.indicator}' ({one.label}), {one.statistic}, declared in {one.place}"
    if one.counted:
        yield f"counted: {', '.join(one.counted)}"
    for question in one.questions:
        yield from _question(question)
    yield f"group '{one.group}' ({one.group_label}): {one.group_condition}"
    if one.weighting_filter:
        yield f"filter: {one.weighting_filter}"


def _question(one: QuestionText) -> Iterator[str]:
    yield f"question '{one.name}' ({one.label}), {one.kind}" + (f": {one.text}" if one.text else "")
    if one.columns:
        yield f"{STEP}raw column {', '.join(one.columns)}"
    for name, known in (("categories", one.categories), ("codes", one.codes), ("no answer", one.missing)):
        if known:
            yield f"{STEP}{name}: " + ", ".join(f"{key or 'empty'} = {text}" for key, text in known.items())
    yield f"{STEP}asked of: {one.asked_if or 'everybody'}"


def _weights(one: WeightingTrace) -> Iterator[str]:
    yield f"{one.method}: {one.rule}"
    table = [
        (own.cell or "(none)", str(own.respondents), number(own.weight, 6), own.how) for own in one.cells
    ]
    yield from columns([("cell", "rows", "weight", "how"), *table[:FIRST_CELLS]] if table else [])
    if len(table) > FIRST_CELLS:
        yield f"... and {len(table) - FIRST_CELLS} cells more"


def _card(card: dict[str, Any] | Any) -> Iterator[str]:
    for name, value in card.items():
        if isinstance(value, dict):
            inner = ", ".join(
                f"{key} {_plain(own)}" for key, own in value.items() if not isinstance(own, dict)
            )
            yield f"{name}: {inner}"
        elif value not in (None, "", []):
            yield f"{name}: {_plain(value)}"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return number(value, 8)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _test(one: Test) -> Iterator[str]:
    own = one.result
    against = own.against or "everybody else who was asked"
    yield f"{own.kind}: against {against}" + (f" ({number(one.other)})" if one.other is not None else "")
    if own.difference is not None:
        yield f"{STEP}difference {number(own.difference, 6)}, se {number(own.se, 6)}, t {number(own.t, 5)}"
    if own.p is not None:
        decided = f"decided on df {number(own.decision_df, 6)}, p {number(own.decision_p, 4)}"
        yield f"{STEP}df {number(own.df, 6)}, p {number(own.p, 4)}; {decided}"
    if own.p_adjusted is not None:
        yield (
            f"{STEP}adjusted p {number(own.p_adjusted, 4)} ({one.correction}; family of {one.tests} tests: "
            f"{one.family}), level {one.level:g}"
        )
    yield f"{STEP}mark: {own.mark or 'no test'}" + (f" ({own.reason})" if own.reason else "")


def _rows(trace: Trace) -> Iterator[str]:
    yield f"{trace.file.name}, SHA-256 {trace.file.checksum} ({trace.file.verdict})"
    yield from columns([_heading(trace), *(_row(one, trace) for one in trace.rows)])
    for one in trace.rows:
        for change in one.changes:
            yield f"row {one.row}: {change_in_words(change)}"
    if len(trace.rows) < trace.all_rows:
        yield f"... and {trace.all_rows - len(trace.rows)} more; --rows all shows every one"


def change_in_words(one: Change) -> str:
    """Say what a rule made of an answer."""
    return f"{one.column} '{one.raw}' became '{one.value}' by {one.rule} ({one.reason})"


def _heading(trace: Trace) -> tuple[str, ...]:
    first = trace.rows[0] if trace.rows else None
    raw = [f"raw {name}" for name in first.raw] if first else []
    cleaned = list(first.cleaned) if first else []
    return ("row", "respondent", *raw, *cleaned, *trace.terms.values, "weight", "part of estimate")


def _row(one: Row, trace: Trace) -> tuple[str, ...]:
    values = [number(one.values[name], 6) for name in trace.terms.values]
    share = "" if one.share is None else number(one.share, 6)
    return (
        str(one.row),
        one.id,
        *one.raw.values(),
        *one.cleaned.values(),
        *values,
        number(one.weight, 6),
        share,
    )


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as columns under each other; the last is as wide as it is."""
    short = [[_short(cell) for cell in row[:-1]] + [row[-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    for row in short:
        padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield "  ".join([*padded, row[-1]]).rstrip()


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDEST else f"{plain[: WIDEST - 3]}..."


def text_of_prints(prints: Sequence[Print], where: str) -> Iterator[str]:
    """Yield the numbers at a place, for who has to choose one."""
    yield f"{where}: {len(prints)} numbers; name an element (deck.pptx#slide:element) or an address"
    rows = [(one.slide, one.element, one.printed, one.field, one.address) for one in prints]
    yield from columns([("slide", "element", "printed", "field", "address"), *rows])


def text_of_constant(one: Print, declared: str) -> Iterator[str]:
    """Yield where a printed number comes from that is no figure."""
    yield f"'{one.printed}' on slide {one.slide}, {one.element}: no figure but a {one.field}"
    yield f"{STEP}{declared}"

"""The change of one figure between two builds, as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.audit.explain.changes import CODE, Change, Comparison
from wavedeck.audit.explain.declared import Difference
from wavedeck.audit.explain.detail import Detail, respondents_of
from wavedeck.audit.explain.lines import STEP, number, section, some, table
from wavedeck.audit.explain.rows import ChangedRow
from wavedeck.audit.explain.say import MIXES, heading
from wavedeck.figures.export import printed_figure

FIRST_CELLS = 12


def text_of_change(found: Comparison, detail: Detail, rows: int | None) -> Iterator[str]:
    """Yield everything about the change of one figure.

    Parameters
    ----------
    rows
        How many respondents are listed; None lists all.
    """
    change = detail.change
    yield change.address + (f" (in A: {change.before})" if change.before != change.address else "")
    yield heading(found)
    if change.is_internal:
        yield "INTERNAL, NOT PUBLISHED: this figure may not be printed in both builds"
    yield from section("figure", _figure(change, found.language))
    if not change.is_moved and not change.is_restated:
        yield ""
        yield "nothing about this figure differs"
        return
    yield from section("split", _split(change))
    yield from section(
        "steps that could not be taken", (f"{MIXES[step]}: {why}" for step, why in detail.failed)
    )
    yield from section("records", _records(found, detail, rows))
    yield from section("weights", _weights(detail))
    yield from section("definition", (line for one in detail.definition for line in _block(one)))


def _figure(change: Change, language: str) -> Iterator[str]:
    old, now = change.old, change.now
    texts = [printed_figure(one, language) or "nothing" for one in (old, now)]
    yield from table(
        [
            ("", "A", "B"),
            ("value", number(old.estimate), number(now.estimate)),
            ("printed", *texts),
            ("base", number(old.base), number(now.base)),
            ("state", old.state, now.state),
        ]
    )


def _split(change: Change) -> Iterator[str]:
    via = dict(change.via)
    rows = [("step", "value after it", "change"), ("stored in A", number(change.old.estimate), "")]
    for part in change.parts:
        last = part.causes[-1]
        value = change.now.estimate if last == CODE else via.get(last)
        rows.append((part.name, number(value), number(part.change, signed=True)))
    total = sum(part.change for part in change.parts)
    rows.append(("stored in B", number(change.now.estimate), f"{number(total, signed=True)} together"))
    yield from table(rows)
    if change.state_causes:
        yield f"the state changed by {' and '.join(change.state_causes)}"


def _records(found: Comparison, detail: Detail, shown: int | None) -> Iterator[str]:
    for name, old, now in detail.files:
        yield f"{name}: SHA-256 {old[:12] or 'missing'} -> {now[:12] or 'missing'}"
    if detail.rows is None:
        return
    yield detail.rows.line
    yield f"{detail.rows.touched} changed in an answer that this figure rests on"
    if detail.weighted_rows:
        yield f"{detail.weighted_rows} changed in an answer that weights rest on"
    if shown != 0:
        yield from _respondents(found, detail, shown)


def _respondents(found: Comparison, detail: Detail, shown: int | None) -> Iterator[str]:
    yield "INTERNAL: holds answers of respondents; not for publication"
    listed = respondents_of(found, detail, shown)
    rows = [(one.what, str(one.row), one.respondent, _answers(one)) for one in listed]
    yield from table([("", "row", "respondent", "what differs"), *rows])
    every = sum(detail.rows.counts.values()) if detail.rows else 0
    if len(listed) < every:
        yield f"... and {every - len(listed)} more; --rows all shows every one"


def _answers(one: ChangedRow) -> str:
    return "; ".join(f"{own.variable} {own.old} -> {own.now}" for own in one.answers)


def _weights(detail: Detail) -> Iterator[str]:
    for one in detail.weighting:
        yield from _block(one)
    if detail.cells:
        rows = [
            (
                one.cell or ("(none)" if len(detail.cells) > 1 else "everybody"),
                str(one.old_rows),
                number(one.old_weight),
                str(one.now_rows),
                number(one.now_weight),
            )
            for one in detail.cells
        ]
        head = ("cell", "rows in A", "weight in A", "rows in B", "weight in B")
        yield from some(table([head, *rows]), FIRST_CELLS + 1)


def _block(one: Difference) -> Iterator[str]:
    yield f"{one.place} ({one.keys})"
    yield from (STEP + line for line in one.lines)

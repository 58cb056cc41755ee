"""Why a figure changed between two waves, as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from wavedeck.audit.csv_rows import csv_rows
from wavedeck.audit.explain.grouped import CELLS
from wavedeck.audit.explain.lines import number, section, table
from wavedeck.audit.explain.waves import GroupChange, WaveChange
from wavedeck.figures.export import printed_figure
from wavedeck.figures.records import Comparison

LABEL = "INTERNAL"
HELD = "weights hold these shares at their targets: mix comes from other targets or from gaps in answers"
SMALL = (
    "groups marked so are too small to be published; do not pass the table on, not even without them: "
    "what is left out can be computed from the rest"
)


def text_of_waves(found: WaveChange, language: str) -> Iterator[str]:
    """Yield why a figure changed between two waves."""
    yield f"{found.old.address} -> {found.now.wave}"
    if not (found.old.is_shown and found.now.is_shown):
        yield "INTERNAL, NOT PUBLISHED: this figure may not be printed in both waves"
    elif found.is_internal:
        yield f"INTERNAL: {SMALL}"
    yield from section("figure", _figure(found, language))
    yield from section("test", _test(found.test))
    yield from section(f"split by {found.grouping.in_words}", _split(found))
    yield from section("weights", _weights(found))
    yield from section("asked otherwise", found.questions or ("nothing that the codebook declares",))
    if found.others:
        yield from section("other splits", [f"--by {name}" for name in found.others])


def _figure(found: WaveChange, language: str) -> Iterator[str]:
    old, now = found.old, found.now
    texts = [printed_figure(one, language) or "nothing" for one in (old, now)]
    yield from table(
        [
            ("wave", old.wave, now.wave, "change"),
            ("value", number(old.estimate), number(now.estimate), number(found.change, signed=True)),
            ("printed", *texts, ""),
            ("base", number(old.base), number(now.base), _less(old.base, now.base)),
            (
                "weighted base",
                number(old.weighted_base),
                number(now.weighted_base),
                _less(old.weighted_base, now.weighted_base),
            ),
            ("state", old.state, now.state, ""),
        ]
    )


def _less(old: float | None, now: float | None) -> str:
    return "" if old is None or now is None else number(now - old, signed=True)


def _test(test: Comparison | None) -> Iterator[str]:
    if test is None:
        yield "the store has no test of these two waves"
    elif test.p is None:
        yield f"no test: {test.reason}"
    else:
        yield (
            f"difference {number(test.difference, signed=True)}, standard error {number(test.se)}, "
            f"p {number(test.decision_p if test.decision_p is not None else test.p)}, "
            f"after correction {number(test.p_adjusted)}, mark: {test.mark or 'no test'}"
            + (f" ({test.reason})" if test.reason else "")
        )


def _split(found: WaveChange) -> Iterator[str]:
    old, now = found.old.wave, found.now.wave
    head = (
        *("group", f"base {old}", f"base {now}", f"share {old}", f"share {now}"),
        *(f"value {old}", f"value {now}", "mix", "within", ""),
    )
    yield from table([head, *(_group(one) for one in found.groups)])
    if found.grouping.name == CELLS:
        yield HELD
    yield ""
    yield from table(
        [
            ("mix of groups", number(found.mix, signed=True) or "0", "who answered"),
            ("within groups", number(found.within, signed=True) or "0", "what they answered"),
            ("together", number(found.mix + found.within, signed=True) or "0", "the change"),
        ]
    )


def _group(one: GroupChange) -> tuple[str, ...]:
    shares = (f"{100 * one.old_share:.1f}%", f"{100 * one.now_share:.1f}%")
    means = (number(one.old_mean), number(one.now_mean))
    parts = (number(one.mix, signed=True), number(one.within, signed=True))
    return (one.group, str(one.old_base), str(one.now_base), *shares, *means, *parts, LABEL * one.is_internal)


def _weights(found: WaveChange) -> Iterator[str]:
    yield (
        f"without weights the change would be {number(found.unweighted, signed=True) or '0'}; "
        f"the weights make {number(found.by_weights, signed=True) or '0'} of it"
    )


def record_of_waves(found: WaveChange) -> dict[str, Any]:
    """Return why a figure changed as plain data, ready for JSON."""
    return {
        "label": LABEL if found.is_internal else "",
        "address": found.now.address,
        "earlier": found.old.address,
        "values": [found.old.estimate, found.now.estimate],
        "bases": [found.old.base, found.now.base],
        "states": [found.old.state, found.now.state],
        "change": found.change,
        "split_by": found.grouping.name,
        "mix": found.mix,
        "within": found.within,
        "unweighted_change": found.unweighted,
        "by_weights": found.by_weights,
        "groups": [asdict(one) for one in found.groups],
        "asked_otherwise": list(found.questions),
        "test": asdict(found.test) if found.test else None,
    }


def csv_of_waves(found: WaveChange) -> str:
    """Return the contributions of each group as CSV, one line per group."""
    return csv_rows(
        {
            "address": found.now.address,
            "earlier": found.old.address,
            "split_by": found.grouping.name,
            **{name: value for name, value in asdict(one).items() if name != "is_internal"},
            "label": LABEL * found.is_internal,
        }
        for one in found.groups
    )

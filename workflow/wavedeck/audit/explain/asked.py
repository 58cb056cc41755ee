"""What the codebook declares otherwise about a question in another wave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wavedeck.study.codebook import Question

FIRST = 8
ASKED = ("type", "minimum", "maximum", "codes", "missing", "checked", "columns", "asked_if")


def asked_otherwise(old: Iterable[Question], now: Iterable[Question]) -> Iterator[str]:
    """Yield in words what the codebook declares otherwise about the questions in both waves."""
    before = {one.name: one for one in old}
    after = {one.name: one for one in now}
    for name in dict.fromkeys([*before, *after]):
        if name not in before or name not in after:
            yield f"question '{name}' was asked in the {'later' if name in after else 'earlier'} wave only"
        else:
            yield from _differences(name, before[name], after[name])


def _differences(name: str, old: Question, now: Question) -> Iterator[str]:
    for key in ASKED:
        a, b = getattr(old, key), getattr(now, key)
        if a == b:
            continue
        said = (
            _entries(a, b) if isinstance(a, dict) and isinstance(b, dict) else f"{_plain(a)} -> {_plain(b)}"
        )
        yield f"question '{name}', {key}: {said}"


def _entries(old: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return the entries that differ in words, the first of them."""
    changed = [one for one in dict.fromkeys([*old, *now]) if old.get(one) != now.get(one)]
    said = [
        f"{one or 'empty'} = {old.get(one, 'nothing')} -> {now.get(one, 'nothing')}"
        for one in changed[:FIRST]
    ]
    more = [f"and {len(changed) - FIRST} more"] if len(changed) > FIRST else []
    return ", ".join([*said, *more])


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

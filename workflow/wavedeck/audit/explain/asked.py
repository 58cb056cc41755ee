"""What the codebook declares otherwise about a question in another wave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wavedeck.study.codebook import Question

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
        if isinstance(a, dict) and isinstance(b, dict):
            changed = [one for one in dict.fromkeys([*a, *b]) if a.get(one) != b.get(one)]
            said = ", ".join(
                f"{one or 'empty'} = {a.get(one, 'nothing')} -> {b.get(one, 'nothing')}" for one in changed
            )
            yield f"question '{name}', {key}: {said}"
        else:
            yield f"question '{name}', {key}: {_plain(a)} -> {_plain(b)}"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

"""Two builds held against each other, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavedeck.audit.explain.changes import CODE, KINDS, Change, Comparison
from wavedeck.audit.explain.declared import every_difference
from wavedeck.audit.explain.detail import changed_files, rows_between
from wavedeck.audit.explain.inputs import Unit
from wavedeck.audit.explain.lines import FIRST, STEP, counted, number, section, some, table
from wavedeck.audit.ledger import Print
from wavedeck.audit.trace.find import every_ledger
from wavedeck.figures.export import printed_figure
from wavedeck.study.address import Address

NOT_COMPARED = "respondents are not compared: neither A's definitions nor B's read the raw files of both"
HIDDEN = "INTERNAL"
MIXES = {
    CODE: "A's own files",
    "records": "B's rows with weights and definitions of A",
    "weights": "B's rows and weights with definitions of A",
    "definition": "B's own files",
}
FIRST_OTHERS = 5
ALL_OF_THEM = "--format csv lists all of them"


def text_of_builds(found: Comparison) -> Iterator[str]:
    """Yield the summary of what differs between two builds."""
    yield heading(found)
    if not found.changes and not found.pairs.gone and not found.pairs.new:
        yield "no figure differs"
    else:
        yield from _counts(found)
    yield from section("not as its inputs give it", _unlike(found))
    yield from section("inputs that differ", _inputs(found))
    yield from section("steps that could not be taken", _failed(found))
    yield from section("causes", _causes(found))
    yield from _largest(found, slides_of(found))
    yield from _lists(found)


def heading(found: Comparison) -> str:
    """Return which builds are held against each other."""
    first, second = found.first, found.second
    waves = second.wave if first.wave == second.wave else f"{first.wave} and {second.wave}"
    return f"{second.study.name} {waves}: A is {first.label}, B is {second.label}"


def _counts(found: Comparison) -> Iterator[str]:
    moved = found.moved
    printed = sum(one.prints_differently for one in moved)
    yield (
        f"{len(moved)} of {counted(len(found.pairs.both), 'figure')} in both have another value, "
        f"{printed} of them another printed value"
    )
    others = {
        "other state": sum(one.is_restated for one in found.changes),
        "renamed": len(found.pairs.renamed),
        "new in B": len(found.pairs.new),
        "gone from A": len(found.pairs.gone),
    }
    said = [f"{count} {name}" for name, count in others.items() if count]
    if said:
        yield ", ".join(said)
    hidden = sum(one.is_internal for one in found.changes)
    if hidden:
        yield f"INTERNAL: {counted(hidden, 'figure')} of these may not be published, marked {HIDDEN} below"


def _unlike(found: Comparison) -> Iterator[str]:
    for side, build in (("a", found.first), ("b", found.second)):
        units = [" ".join(unit) for unit in found.unlike[side]]
        if units:
            yield (
                f"{build.label}: stored figures of {', '.join(units)} are not what this program makes of the "
                "files there; they were changed since the build, or another version built it. "
                f"That much is called {CODE}; to be rid of it, build there again"
            )


def _inputs(found: Comparison) -> Iterator[str]:
    for unit, kinds in found.kinds.items():
        if kinds:
            yield f"{' '.join(unit)}: {', '.join(kind for kind in KINDS if kind in kinds)}"
            for name, old, now in _files(found, unit):
                yield f"{STEP}{name}{'' if old and now else ' (only in B)' if now else ' (only in A)'}"
            if line := _rows_line(found, unit):
                yield f"{STEP}{line}"
    yield from some(
        (f"{one.place}: {one.keys}" for one in every_difference(found.first.study, found.second.study)), 20
    )


def _files(found: Comparison, unit: Unit) -> list[tuple[str, str, str]]:
    if not all(unit in build.units() for build in (found.first, found.second)):
        return []
    return changed_files(found.first, found.second, unit)


def _rows_line(found: Comparison, unit: Unit) -> str:
    if "records" not in found.kinds[unit]:
        return ""
    rows = rows_between(found, unit)
    return rows.line if rows else NOT_COMPARED


def _failed(found: Comparison) -> Iterator[str]:
    reasons: dict[tuple[Unit, str], list[str]] = {}
    for (step, unit), why in found.failed.items():
        reasons.setdefault((unit, " ".join(why.split())), []).append(MIXES[step])
    for (unit, why), mixes in reasons.items():
        yield f"{' '.join(unit)}, {'; '.join(mixes)}:"
        yield STEP + why


def _causes(found: Comparison) -> Iterator[str]:
    if not found.moved:
        return
    rows = [("cause", "figures", "printed", "largest", "at")]
    for name in _names(found.moved):
        own = [one for one in found.moved if any(part.name == name for part in one.parts)]
        top = max(own, key=lambda one: abs(_share(one, name)) * 10**one.now.decimals)
        printed = sum(one.prints_differently for one in own)
        largest = number(_share(top, name), signed=True)
        rows.append((name, str(len(own)), str(printed), largest, _mark(top, top.address)))
    yield from table(rows)


def _names(changes: Sequence[Change]) -> list[str]:
    """Return the names of causes that occur, single ones first."""
    parts = dict.fromkeys(part.causes for one in changes for part in one.parts)
    order = (*KINDS, CODE)
    ordered = sorted(parts, key=lambda causes: (len(causes), [order.index(one) for one in causes]))
    names = {part.causes: part.name for one in changes for part in one.parts}
    return [names[causes] for causes in ordered]


def _share(one: Change, name: str) -> float:
    return sum(part.change for part in one.parts if part.name == name)


def _mark(one: Change, text: str) -> str:
    return f"{text} {HIDDEN}" if one.is_internal else text


def _largest(found: Comparison, slides: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the largest changes: of figures on slides where there is a ledger, then of the others."""
    ordered = sorted(found.moved, key=lambda one: -one.steps_of_print)
    on_slides = [one for one in ordered if one.address in slides]
    others = [one for one in ordered if one.address not in slides]
    title = "largest changes, in steps of the last printed digit"
    if slides:
        yield from section(f"{title}, on slides", _ranked(on_slides, FIRST, slides, found.language))
        title = "of figures on no slide"
    shown = FIRST if not slides else FIRST_OTHERS
    yield from section(title, _ranked(others, shown, {}, found.language))


def _ranked(
    ordered: Sequence[Change], count: int, slides: Mapping[str, tuple[str, ...]], language: str
) -> Iterator[str]:
    shown = ordered[:count]
    names = _names(shown)
    rows = [("figure", "A", "B", "change", *names, "printed", "slides" if slides else "")]
    rows += [(*_row(one, names, language), ", ".join(slides.get(one.address, ()))) for one in shown]
    if shown:
        yield from table(rows)
    if len(ordered) > len(shown):
        yield f"... and {len(ordered) - len(shown)} more; {ALL_OF_THEM}"


def slides_of(found: Comparison) -> dict[str, tuple[str, ...]]:
    """Return address -> slides that print it, of B's report, or else of A's; empty where there is none."""
    for build in (found.second, found.first):
        ledger = every_ledger(build.study.name, build.folder).get(build.wave, ())
        if build.is_stored and ledger:
            return _slides(ledger)
    return {}


def _slides(ledger: Sequence[Print]) -> dict[str, tuple[str, ...]]:
    made: dict[str, dict[str, None]] = {}
    for one in ledger:
        if one.on_slide:
            made.setdefault(one.address, {})[one.slide] = None
    return {address: tuple(slides) for address, slides in made.items()}


def _row(one: Change, names: Sequence[str], language: str) -> tuple[str, ...]:
    shares = [number(_share(one, name) or None, signed=True) for name in names]
    values = (number(one.old.estimate), number(one.now.estimate), number(one.difference, signed=True))
    return (one.address, *values, *shares, _printed(one, language))


def _printed(one: Change, language: str) -> str:
    if one.is_internal:
        return HIDDEN
    old, now = (printed_figure(figure, language) for figure in (one.old, one.now))
    return old if old == now else f"{old} -> {now}"


def _lists(found: Comparison) -> Iterator[str]:
    states = (
        f"{one.address}: {one.old.state} -> {one.now.state} (by {' and '.join(one.state_causes) or CODE})"
        for one in found.changes
        if one.is_restated
    )
    yield from section("other state", some(states, then=ALL_OF_THEM))
    renamed = (f"{old} -> {now}" for old, now in found.pairs.renamed)
    yield from section("renamed", some(renamed, then=ALL_OF_THEM))
    yield from section("new in B", some(_by_indicator(found.pairs.new), then=ALL_OF_THEM))
    yield from section("gone from A", some(_by_indicator(found.pairs.gone), then=ALL_OF_THEM))


def _by_indicator(addresses: Sequence[str]) -> Iterator[str]:
    """Yield one line per indicator, with its figure or how many there are."""
    families: dict[str, list[str]] = {}
    for address in addresses:
        parsed = Address.parse(address)
        families.setdefault(f"{parsed.part}/{parsed.indicator}", []).append(address)
    for name, own in families.items():
        yield own[0] if len(own) == 1 else f"{name}: {counted(len(own), 'figure')}, such as {own[-1]}"

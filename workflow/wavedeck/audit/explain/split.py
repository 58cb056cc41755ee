"""The change of every figure between two builds, split by cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wavedeck.audit.explain.build import Build
from wavedeck.audit.explain.changes import CODE, KINDS, Change, Comparison, Part, is_noise
from wavedeck.audit.explain.inputs import Unit, differing, wave_missing
from wavedeck.audit.explain.match import match
from wavedeck.audit.explain.mixed import Mix, Workshop
from wavedeck.audit.ledger import AuditError
from wavedeck.figures.records import Figure


@dataclass(frozen=True)
class Point:
    """One stop on the way from A to B.

    Attributes
    ----------
    step
        What was exchanged to come here.
    figures
        By address, computed by this code.
    failed
        Parts and waves that could not be computed, and why.
    """

    step: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    failed: Mapping[Unit, str] = field(default_factory=dict)


def compare_builds(first: Build, second: Build) -> Comparison:
    """Split what changed between two builds into records, weights, definition and code.

    The inputs of A are exchanged for those of B one kind after the other: raw rows (raw and coding
    files), then weighting (declaration, targets, given weights), then definitions (everything else
    that figures rest on). Each mix is computed by this code. What is left, between the values stored
    in A and B and those computed from the inputs of A and B, is code. The parts add up to the change.

    Where a mix does not go together, the steps on both sides of it are one part with both names.

    Parameters
    ----------
    first, second
        A and B.
    """
    units = [*dict.fromkeys([*first.units(), *second.units()])]
    kinds = {unit: differing(first, second, unit) for unit in units}
    shared = [unit for unit in units if not any(wave_missing(one, unit) for one in (first, second))]
    workshop = Workshop()
    needed = [unit for unit in shared if kinds[unit]]
    points = _points(workshop, first, second, needed)
    old = first.figures if first.is_stored else _and_kept(points[0].figures, second.figures, needed)
    now = second.figures if second.is_stored else _and_kept(points[-1].figures, first.figures, needed)
    pairs = match(first, second, old, now)
    every = (_change(old[a], now[b], points, kinds) for a, b in pairs.both)
    changes = [one for one in every if one.is_moved or one.is_restated or one.before != one.address]
    place = {address: number for number, address in enumerate(now)}
    return Comparison(
        first=first,
        second=second,
        kinds=kinds,
        pairs=pairs,
        old=old,
        now=now,
        changes=tuple(sorted(changes, key=lambda one: place[one.address])),
        failed={(point.step, unit): why for point in points for unit, why in point.failed.items()},
        unlike={"a": _unlike(old, points[0].figures), "b": _unlike(now, points[-1].figures)},
        workshop=workshop,
    )


def _unlike(stored: Mapping[str, Figure], made: Mapping[str, Figure]) -> tuple[Unit, ...]:
    """Return parts and waves of which a stored value is another than the computed one."""
    pairs = ((one, stored.get(address)) for address, one in made.items())
    found = {(one.part, one.wave) for one, other in pairs if other is None or not _is_value(one, other)}
    return tuple(sorted(found, key=lambda unit: unit[::-1]))


def _is_value(one: Figure, other: Figure) -> bool:
    if one.estimate is None or other.estimate is None:
        return one.estimate is other.estimate
    return is_noise(one.estimate - other.estimate, one.estimate)


def _points(workshop: Workshop, first: Build, second: Build, units: Sequence[Unit]) -> tuple[Point, ...]:
    mixes = {
        CODE: Mix(first, first, first),
        "records": Mix(second, first, first),
        "weights": Mix(second, second, first),
        "definition": Mix(second, second, second),
    }
    points = tuple(Point(step, *workshop.figures(mix, units)) for step, mix in mixes.items())
    for build, point in ((first, points[0]), (second, points[-1])):
        if point.failed and not build.is_stored:
            (part, wave), why = next(iter(point.failed.items()))
            raise AuditError(f"{build.label}: {part} {wave} cannot be computed: {why}")
    return points


def _and_kept(
    made: Mapping[str, Figure], stored: Mapping[str, Figure], units: Sequence[Unit]
) -> dict[str, Figure]:
    """Return computed figures, and those of parts and waves of which nothing differs as they are stored."""
    kept = {address: one for address, one in stored.items() if (one.part, one.wave) not in units}
    return {**kept, **made}


def _change(
    old: Figure, now: Figure, points: Sequence[Point], kinds: Mapping[Unit, frozenset[str]]
) -> Change:
    unit = (old.part, old.wave)
    own = kinds.get(unit, frozenset())
    via = [
        (point.step, point.figures.get(old.address if point.step != "definition" else now.address))
        for point in points
        if own and (point.step == CODE or point.step in own)
    ]
    stops = [*via, (CODE, now)]
    return Change(
        address=now.address,
        before=old.address,
        old=old,
        now=now,
        parts=_parts(old, stops),
        via=tuple((step, None if one is None else one.estimate) for step, one in via),
        state_causes=_state_causes(old, stops),
    )


def _parts(old: Figure, stops: Sequence[tuple[str, Figure | None]]) -> tuple[Part, ...]:
    """Return what each step changed; a step that leads nowhere is joined with the next."""
    if old.estimate is None or stops[-1][1] is None or stops[-1][1].estimate is None:
        return ()
    found: dict[tuple[str, ...], float] = {}
    last: float = old.estimate
    pending: tuple[str, ...] = ()
    for step, figure in stops:
        pending = (*pending, *([] if step in pending else [step]))
        value = None if figure is None else figure.estimate
        if value is None:
            continue
        if not is_noise(value - last, value):
            found[pending] = found.get(pending, 0.0) + (value - last)
            last = value
        pending = ()
    return tuple(Part(causes, change) for causes, change in sorted(found.items(), key=_order))


def _order(part: tuple[tuple[str, ...], float]) -> tuple[int, ...]:
    steps = (*KINDS, CODE)
    return tuple(steps.index(cause) for cause in part[0])


def _state_causes(old: Figure, stops: Sequence[tuple[str, Figure | None]]) -> tuple[str, ...]:
    found: list[str] = []
    last = old.state
    pending: tuple[str, ...] = ()
    for step, figure in stops:
        pending = (*pending, step)
        if figure is None:
            continue
        if figure.state != last:
            found += [one for one in pending if one not in found]
        last, pending = figure.state, ()
    return tuple(found)

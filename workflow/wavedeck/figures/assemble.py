"""All waves and parts together: states, comparisons with earlier waves, marks, and both stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wavedeck.figures.dependents import hide_dependents
from wavedeck.figures.impact_moves import with_moves
from wavedeck.figures.marks import mark_families
from wavedeck.figures.ranges import range_figures
from wavedeck.figures.recipe import Recipe, StoreSettings, questions_behind
from wavedeck.figures.records import TESTED, Comparison, Figure, finite
from wavedeck.figures.relations import Relation, group_relations
from wavedeck.figures.store import FigureStore, make_store
from wavedeck.figures.suppression import apply_rules, publishable_comparisons, publishable_figures
from wavedeck.stats.comparisons import REASONS, Comparisons, NoTest, Stored, compare_independent
from wavedeck.study.address import Address
from wavedeck.study.settings import Suppression, Tests

UNTESTED = frozenset(
    {
        *("count", "gross", "response_rate", "benchmark", "range"),
        *("placement", "border", "direction", "inflation", "duplicate", "condition", "not_applicable"),
    }
)


@dataclass(frozen=True)
class Stores:
    """The full store, which stays inside, and the publishable one."""

    full: FigureStore
    publishable: FigureStore


def assemble(figures: Sequence[Figure], rest: Sequence[Comparison], settings: StoreSettings) -> Stores:
    """Make both stores of a report from the estimates of all its waves and parts.

    Parameters
    ----------
    figures, rest
        Of every wave up to the one built, with state `shown` wherever there is a value.
    settings
        Waves (oldest first), rules of suppression, tests.
    """
    answers = questions_behind(settings.recipes) if settings.suppression.disclosure else {}
    judged = apply_rules(figures, settings.suppression, _relations(settings.recipes), answers)
    judged = hide_dependents(judged, settings.recipes, answers)
    for recipe in settings.recipes:
        own = [one for one in judged if (one.part, one.wave) == (recipe.part, recipe.wave)]
        judged += range_figures(own, recipe)
    judged = _in_order(judged, settings.recipes)
    full = {figure.address: figure for figure in judged}
    waves = with_moves([*_with_waves(full, settings)], full, level=settings.tests.level)
    compared = [*waves, *rest]
    smallest = _smallest_base(settings.suppression)
    shown = mark_families(
        publishable_comparisons(compared, full, minimum_rest=smallest), full, settings.tests
    )
    inside = [
        replace(one, mark=other.mark, p_adjusted=other.p_adjusted)
        for one, other in zip(compared, shown, strict=True)
    ]
    published = publishable_figures(judged, settings.suppression)
    return Stores(make_store(judged, inside), make_store(published, shown))


def _in_order(figures: Sequence[Figure], recipes: Sequence[Recipe]) -> list[Figure]:
    places = {
        (recipe.part, name): place for recipe in recipes for place, name in enumerate(recipe.indicators)
    }
    parts = {recipe.part: place for place, recipe in enumerate(recipes)}
    last = len(places)
    return sorted(figures, key=lambda one: (parts[one.part], places.get((one.part, one.indicator), last)))


def _smallest_base(rules: Suppression) -> int:
    return max(rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0)


def _relations(recipes: Sequence[Recipe]) -> dict[str, tuple[Relation, ...]]:
    latest = {recipe.part: recipe for recipe in recipes}
    return {
        part: group_relations(recipe.group_book, part, recipe.group_names())
        for part, recipe in latest.items()
    }


def _with_waves(figures: Mapping[str, Figure], settings: StoreSettings) -> Iterator[Comparison]:
    """Yield each figure against the previous wave and, where declared, a stated one."""
    pairs = [pair for figure in figures.values() for pair in _pairs(figure, figures, settings)]
    if not pairs:
        return
    tested = _tests_of([(first, second) for first, second, _ in pairs], settings.tests)
    for place, (first, second, kind) in enumerate(pairs):
        yield _comparison(first, second, kind, tested, place)


def _pairs(
    figure: Figure, figures: Mapping[str, Figure], settings: StoreSettings
) -> Iterator[tuple[Figure, Figure, str]]:
    index = settings.waves.index(figure.wave)
    stated = settings.tests.stated_wave
    others = [("previous", settings.waves[index - 1])] if index else []
    others += [("stated", stated)] if stated in settings.waves[:index] else []
    for kind, wave in others:
        other = figures.get(str(Address.parse(figure.address).at(wave)))
        if other is not None:
            yield figure, other, kind


def _tests_of(pairs: Sequence[tuple[Figure, Figure]], tests: Tests) -> Comparisons:
    first, second = (_stored([pair[side] for pair in pairs]) for side in (0, 1))
    return compare_independent(first, second, level=1 - tests.level, minimum_base=tests.minimum_base)


def _stored(figures: Sequence[Figure]) -> Stored:
    def column(name: str, missing: float) -> np.ndarray:
        values = [getattr(figure, name) for figure in figures]
        return np.array([missing if value is None else value for value in values], dtype=np.float64)

    smaller = np.array([_smaller_side(figure) for figure in figures])
    return Stored(
        estimate=column("estimate", np.nan),
        se=column("se", np.nan),
        base=np.minimum(column("base", 0.0), smaller),
        units=np.minimum(column("units", 0.0), smaller),
        degf=column("degf", np.nan),
        effective_base=column("effective_base", 0.0),
        constant=np.array([_is_constant(figure) for figure in figures], dtype=bool),
    )


def _is_constant(figure: Figure) -> bool:
    """Tell whether all answers are equal; a share that the weighting fixes has no se either, but is known."""
    if figure.se != 0:
        return False
    return figure.sd == 0 or (figure.sd is None and figure.unit == "percent" and figure.estimate in (0, 100))


def _smaller_side(figure: Figure) -> float:
    """Return the answers on the smaller side of a difference, which limit its tests."""
    limited = figure.statistic == "difference" and figure.smallest_base is not None
    return float(figure.smallest_base or 0.0) if limited else np.inf


def _comparison(first: Figure, second: Figure, kind: str, tested: Comparisons, place: int) -> Comparison:
    blank = Comparison(address=first.address, kind=kind, against=second.address)
    absent = next((one for one in (first, second) if one.estimate is None), None)
    if absent is not None:
        return replace(blank, reason=f"{absent.state.replace('_', ' ')}: {absent.address}")
    if first.statistic in UNTESTED:
        difference = (first.estimate or 0) - (second.estimate or 0)
        return replace(
            blank, difference=difference, reason=f"a {first.statistic.replace('_', ' ')} is not tested"
        )
    values: dict[str, Any] = {name: finite(getattr(tested, name)[place]) for name in TESTED}
    return replace(blank, **values, reason=REASONS[NoTest(int(tested.reason[place]))])

"""All waves and parts together: states, comparisons with earlier waves, marks, and both stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from wavedeck.figures.ranges import range_figures
from wavedeck.figures.recipe import Recipe, recipe_for
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore, make_store
from wavedeck.figures.suppression import apply_rules, publishable_comparisons, publishable_figures
from wavedeck.stats.comparisons import REASONS, Comparisons, NoTest, Stored, compare_independent
from wavedeck.stats.corrections import adjust_p
from wavedeck.study.address import Address
from wavedeck.study.base import Strict
from wavedeck.study.groups import GroupBook
from wavedeck.study.load import Study
from wavedeck.study.settings import Suppression, Tests

UNTESTED = frozenset({"count", "gross", "response_rate", "benchmark", "range"})


class StoreSettings(Strict):
    """Settings of one store; goes through the workflow as a plain dictionary."""

    waves: list[str]
    recipes: list[Recipe]
    suppression: Suppression
    tests: Tests


@dataclass(frozen=True)
class Stores:
    """The full store, which stays inside, and the publishable one."""

    full: FigureStore
    publishable: FigureStore


def store_settings(study: Study, wave: str) -> StoreSettings:
    """Take what the store of one wave's report needs from a study."""
    waves = study.waves_until(wave)
    recipes = [recipe_for(study, part, name) for name in waves for part in study.parts_in(name)]
    return StoreSettings(
        waves=list(waves), recipes=recipes, suppression=study.settings.suppression, tests=study.settings.tests
    )


def assemble(figures: Sequence[Figure], rest: Sequence[Comparison], settings: StoreSettings) -> Stores:
    """Make both stores of a report from the estimates of all its waves and parts.

    Parameters
    ----------
    figures, rest
        Of every wave up to the one built, with state `shown` wherever there is a value.
    settings
        Waves (oldest first), rules of suppression, tests.
    """
    judged = apply_rules(figures, settings.suppression, _families(settings.recipes))
    for recipe in settings.recipes:
        own = [one for one in judged if (one.part, one.wave) == (recipe.part, recipe.wave)]
        judged += range_figures(own, recipe)
    full = {figure.address: figure for figure in judged}
    compared = [*_with_waves(full, settings), *rest]
    marked = list(_marked(compared, full, settings.tests))
    shown = publishable_comparisons(marked, full, minimum_rest=_smallest_base(settings.suppression))
    return Stores(make_store(judged, marked), make_store(publishable_figures(judged), shown))


def _smallest_base(rules: Suppression) -> int:
    return max(rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0)


def _families(recipes: Sequence[Recipe]) -> list[tuple[str, ...]]:
    """Return the groups of each breakdown, also within each group they are crossed with."""
    families: dict[tuple[str, ...], None] = {}
    for recipe in recipes:
        book = GroupBook(recipe.groups, recipe.codebook)
        crossed = [name.split("*") for name in recipe.group_names() if "*" in name]
        for breakdown in recipe.groups.breakdowns:
            members = book.expand([breakdown], recipe.part)
            families[members] = None
            for pair in crossed:
                for place, name in enumerate(pair):
                    if name in members:
                        families[tuple("*".join([*pair[:place], m, *pair[place + 1 :]]) for m in members)] = (
                            None
                        )
    return list(families)


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

    return Stored(
        estimate=column("estimate", np.nan),
        se=column("se", np.nan),
        base=column("base", 0.0),
        units=column("units", 0.0),
        degf=column("degf", np.nan),
    )


def _comparison(first: Figure, second: Figure, kind: str, tested: Comparisons, place: int) -> Comparison:
    named = {"address": first.address, "kind": kind, "against": second.address}
    absent = next((one for one in (first, second) if one.estimate is None), None)
    if absent is not None:
        return Comparison(**named, reason=f"{absent.state.replace('_', ' ')}: {absent.address}")
    if first.statistic in UNTESTED:
        difference = (first.estimate or 0) - (second.estimate or 0)
        return Comparison(**named, difference=difference, reason=f"a {first.statistic} is not tested")
    names = ("difference", "se", "t", "df", "p", "decision_df", "decision_p")
    values = {name: float(getattr(tested, name)[place]) for name in names}
    known = {name: value if np.isfinite(value) else None for name, value in values.items()}
    return Comparison(**named, **known, reason=REASONS[NoTest(int(tested.reason[place]))])


def _marked(
    comparisons: Sequence[Comparison], figures: Mapping[str, Figure], tests: Tests
) -> Iterator[Comparison]:
    """Yield the comparisons with their marks; a family is one indicator, wave and kind of comparison."""

    def family(item: Comparison) -> tuple[str, str, str, str]:
        figure = figures[item.address]
        return (figure.part, figure.indicator, figure.wave, item.kind)

    for _, members in groupby(sorted(comparisons, key=family), key=family):
        yield from _mark_family(list(members), figures, tests)


def _mark_family(
    members: list[Comparison], figures: Mapping[str, Figure], tests: Tests
) -> Iterator[Comparison]:
    unit = figures[members[0].address].unit
    tested = [item for item in members if item.decision_p is not None and not item.reason]
    smallest = tests.minimum_difference.get(unit, 0.0)
    decided = _decide(tested, tests, smallest) if tested else {}
    for item in members:
        sign, adjusted = decided.get(item.address, ("", None))
        yield replace(item, mark=sign, p_adjusted=adjusted)


def _decide(tested: list[Comparison], tests: Tests, smallest: float) -> dict[str, tuple[str, float | None]]:
    p = np.array([item.decision_p for item in tested], dtype=np.float64)
    adjusted = adjust_p(p, correction=tests.correction)
    signs = {}
    for item, value in zip(tested, adjusted, strict=True):
        difference = item.difference or 0.0
        significant = value <= tests.level and abs(difference) >= smallest
        signs[item.address] = (("+" if difference > 0 else "-") if significant else "none", float(value))
    return signs

"""Differences whose sides may not be shown: with one side, a difference would give the other away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from wavedeck.figures.recipe import Recipe
from wavedeck.figures.records import Figure
from wavedeck.figures.suppression import Answers
from wavedeck.study.address import Address
from wavedeck.study.indicators import DifferenceIndicator

#: Decimals to which two figures are one and the same.
_ALIKE = 9


def hide_dependents(
    figures: Sequence[Figure], recipes: Sequence[Recipe], answers: Answers | None = None
) -> list[Figure]:
    """Return the figures, with differences suppressed where one of their sides is.

    Parameters
    ----------
    figures
        Judged by the rules of suppression.
    recipes
        What was estimated, by part and wave.
    answers
        Which figures rest on one question: a side that is hidden under another indicator counts too.
    """
    specs = {
        (recipe.part, name): spec
        for recipe in recipes
        for name, spec in recipe.active_indicators()
        if isinstance(spec, DifferenceIndicator)
    }
    hidden = {figure.address for figure in figures if figure.state == "suppressed"}
    asked = {(_question(one, answers or {}), one.group) for one in figures if one.address in hidden}
    judged = [
        _hidden_with_sides(figure, specs.get((figure.part, figure.indicator)), hidden, asked, answers or {})
        for figure in figures
    ]
    twins = {_twin(figure) for figure in judged if figure.state == "suppressed" and figure.base}
    return [
        replace(one, state="suppressed") if one.statistic == "rating" and _twin(one) in twins else one
        for one in judged
    ]


def _twin(figure: Figure) -> tuple[object, ...]:
    """Return what a rating in an analysis shares with the mean that it is."""
    numbers = [None if value is None else round(value, _ALIKE) for value in _numbers(figure)]
    return (figure.part, figure.wave, figure.group, *numbers)


def _numbers(figure: Figure) -> tuple[float | None, ...]:
    return figure.estimate, figure.base, figure.weighted_base


def _question(figure: Figure, answers: Answers) -> str:
    """Return part, wave and question of a figure in one; nothing where it is of no single question."""
    key = (figure.part, figure.wave, figure.indicator, figure.item, figure.category)
    return "/".join((figure.part, figure.wave, answers[key])) if key in answers else ""


def _hidden_with_sides(
    figure: Figure,
    spec: DifferenceIndicator | None,
    hidden: Set[str],
    asked: Set[tuple[str, str]],
    answers: Answers,
) -> Figure:
    if spec is None or not figure.is_shown:
        return figure
    sides = [Address.parse(one) for side in (spec.of, spec.minus) for one in _addresses(side, figure)]
    keys = [(figure.part, figure.wave, one.indicator, one.item, one.category) for one in sides]
    questions = {"/".join((figure.part, figure.wave, answers[key])) for key in keys if key in answers}
    known = any(str(one) in hidden for one in sides) or any((one, figure.group) in asked for one in questions)
    return replace(figure, state="suppressed") if known else figure


def _addresses(reference: str, figure: Figure) -> Iterator[str]:
    """Yield the addresses that a side may have: item and category as named, as the figure has, or none."""
    stem, _, category = reference.partition(".")
    indicator, _, item = stem.partition("@")
    for own_item in {item} if item else {figure.item, ""}:
        for own_category in {category} if category else {figure.category, ""}:
            yield str(Address(figure.part, indicator, own_item, own_category, figure.group, figure.wave))

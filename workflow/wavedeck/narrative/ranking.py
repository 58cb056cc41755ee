"""Figures of one indicator in order: over its items, its categories, or the groups of a breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.study.errors import NarrativeError, did_you_mean


@dataclass(frozen=True)
class Ranked:
    """One entry of a ranking: its label and its printed figure."""

    label: str
    fig: str
    address: str


@dataclass(frozen=True)
class Ranking:
    """What to put in order.

    Attributes
    ----------
    stem
        ``part/indicator``, with ``@item`` or ``.category`` where only one of them is meant.
    over
        ``items``, ``categories`` (nets left out), or a breakdown.
    group, wave
        Whose figures, and when.
    """

    stem: str
    over: str
    group: str
    wave: str


def ranked_figures(store: FigureStore, labels: Labels, wanted: Ranking) -> list[Figure]:
    """Return the figures that may be shown, the highest first.

    Raises
    ------
    NarrativeError
        When there are no such figures, or the items or categories meant are not named.
    """
    part, _, rest = wanted.stem.partition("/")
    named, _, category = rest.partition(".")
    indicator, _, item = named.partition("@")
    labels.spec(indicator)
    groups = _groups(labels, part, wanted)
    chosen = [
        figure
        for figure in store
        if (figure.part, figure.indicator, figure.wave) == (part, indicator, wanted.wave)
        and figure.group in groups
        and item in ("", figure.item)
        and _counts(figure, category, labels)
    ]
    if not chosen:
        where = f"for {', '.join(groups)} in wave {wanted.wave}"
        raise NarrativeError(f"no figures of '{wanted.stem}' {where}{did_you_mean(part, _parts(labels))}")
    _require_one(chosen, wanted)
    shown = [figure for figure in chosen if figure.is_shown and figure.estimate is not None]
    return sorted(shown, key=lambda figure: -(figure.estimate or 0.0))


def name_of(figure: Figure, over: str, labels: Labels) -> str:
    """Return what a ranking calls a figure."""
    if over == "items":
        return labels.item(figure.indicator, figure.item)
    if over == "categories":
        return labels.category(figure.indicator, figure.category)
    return labels.group(figure.group)


def _groups(labels: Labels, part: str, wanted: Ranking) -> Sequence[str]:
    if wanted.over in ("items", "categories"):
        return (wanted.group,)
    return labels.study.group_book.expand([wanted.over], part)


def _counts(figure: Figure, category: str, labels: Labels) -> bool:
    if category:
        return figure.category == category
    return figure.category not in getattr(labels.spec(figure.indicator), "nets", {})


def _parts(labels: Labels) -> list[str]:
    return list(labels.study.settings.parts)


def _require_one(chosen: Sequence[Figure], wanted: Ranking) -> None:
    """Refuse a ranking that mixes several items or several categories."""
    for name, over, sign in (("item", "items", "@"), ("category", "categories", ".")):
        values = list(dict.fromkeys(getattr(figure, name) for figure in chosen))
        if wanted.over != over and len(values) > 1:
            raise NarrativeError(
                f"'{wanted.stem}' has more than one {name} ({', '.join(values[:4])}, …); "
                f"name one, e.g. '{wanted.stem}{sign}{values[0]}', or rank over='{over}'"
            )

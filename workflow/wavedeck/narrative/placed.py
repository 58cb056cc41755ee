"""The drivers of an analysis of impact: where each stands, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.study.address import Address
from wavedeck.study.base import text_in
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.impact import QUADRANTS, Analysis, quadrant_of
from wavedeck.study.load import Study

PERCENT = 100.0


@dataclass(frozen=True)
class Driver:
    """One driver of one group in one wave.

    Attributes
    ----------
    item
        Its name.
    importance, rating
        Its figures.
    quadrant
        Where the estimates stand; empty when they are not shown.
    probability
        Of that quadrant, in percent.
    is_placed
        Whether that is at least the declared confidence.
    """

    item: str
    importance: Figure
    rating: Figure
    quadrant: str
    probability: float
    is_placed: bool

    @property
    def is_shown(self) -> bool:
        """Tell whether the driver may be printed."""
        return bool(self.quadrant) and self.importance.is_shown and self.rating.is_shown

    def label(self, labels: Labels) -> str:
        """Return what the report calls it."""
        return labels.item(self.importance.indicator, self.item)

    def address(self, kind: str, category: str = "") -> str:
        """Return the address of another figure of the driver."""
        own = self.importance
        indicator = f"{own.indicator.removesuffix('importance')}{kind}"
        return str(Address(own.part, indicator, own.item, category, own.group, own.wave))


def analysis_of(study: Study, stem: str) -> tuple[str, str, Analysis]:
    """Return part, name and declaration of the analysis that ``part/analysis`` names.

    Raises
    ------
    NarrativeError
        When there is none of that name.
    """
    part, _, name = stem.partition("/")
    known = study.impact.analyses
    if name not in known:
        raise NarrativeError(f"unknown analysis '{name}'{did_you_mean(name, known)}; write 'part/analysis'")
    if part not in study.settings.parts:
        raise NarrativeError(f"unknown part '{part}'{did_you_mean(part, study.settings.parts)}")
    return part, name, known[name]


def drivers_of(store: FigureStore, study: Study, stem: str, group: str, wave: str) -> list[Driver]:
    """Return the drivers of an analysis, the most important first, hidden ones last.

    Parameters
    ----------
    stem
        ``part/analysis``.

    Raises
    ------
    NarrativeError
        When the analysis was not made for this group and wave.
    """
    part, name, analysis = analysis_of(study, stem)
    found = [
        _driver(store, figure, name, analysis)
        for figure in store
        if (figure.part, figure.indicator, figure.group, figure.wave)
        == (part, f"{name}_importance", group, wave)
    ]
    if not found:
        has = ", ".join(analysis.groups)
        raise NarrativeError(f"'{stem}' has no figures for '{group}' in wave {wave}; its groups: {has}")
    return sorted(found, key=lambda one: (not one.is_shown, -(one.importance.estimate or 0.0)))


def _driver(store: FigureStore, importance: Figure, name: str, analysis: Analysis) -> Driver:
    def figure(kind: str, category: str = "") -> Figure:
        own = importance
        return store[Address(own.part, f"{name}_{kind}", own.item, category, own.group, own.wave)]

    across, up = figure("importance_distance"), figure("rating_distance")
    rating = figure("rating")
    quadrant, chance = "", 0.0
    if across.estimate is not None and up.estimate is not None:
        quadrant = quadrant_of(across.estimate, up.estimate)
        chance = figure("quadrant", quadrant).estimate or 0.0
    placed = bool(quadrant) and chance >= PERCENT * analysis.confidence - 1e-9
    return Driver(importance.item, importance, rating, quadrant, chance, placed)


def has_moved(store: FigureStore, one: Driver, against: str) -> bool:
    """Tell whether a driver stands in another quadrant than in an earlier wave or among the rest, tested.

    Parameters
    ----------
    against
        ``previous``, ``stated`` or ``rest``.
    """
    if not one.is_shown:
        return False
    test = store.comparison(one.address("quadrant", one.quadrant), against)
    return test is not None and test.mark == "+"


def named_quadrants(analysis: Analysis, language: str) -> dict[str, str]:
    """Return what the report calls each quadrant."""
    return {quadrant: text_in(getattr(analysis.quadrants, quadrant), language) for quadrant in QUADRANTS}

"""What a template can say of the quadrants of an analysis: labels and addresses of drivers, no numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.narrative.placed import Driver, analysis_of, drivers_of, has_moved, named_quadrants
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.base import text_in
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.impact import Analysis
from wavedeck.study.load import Study

AGAINST = ("previous", "stated", "rest")


@dataclass(frozen=True)
class NamedDriver:
    """One driver as a template sees it.

    Attributes
    ----------
    label, item
        What the report calls it, and its name.
    kind
        What the report calls its kind of aspect; empty without one.
    quadrant
        priority, strength, precondition or no_priority, by its estimates.
    is_placed
        Whether it stands there with the declared confidence.
    importance, rating, chance, whatif
        Addresses for ``fig()`` and ``change()``; `chance` is that of its quadrant.
    """

    label: str
    item: str
    kind: str
    quadrant: str
    is_placed: bool
    importance: str
    rating: str
    chance: str
    whatif: str

    def __str__(self) -> str:
        """Return the label."""
        return self.label


@dataclass(frozen=True)
class Quadrants:
    """The quadrants of one report in one language; every function takes ``'part/analysis'``."""

    store: FigureStore
    study: Study
    wave: str
    language: str

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        named = (self.priorities, self.strengths, self.preconditions, self.no_priorities)
        others = (self.drivers, self.unplaced, self.left_out, self.moved, self.quadrant)
        return {function.__name__: function for function in (*named, *others)}

    def drivers(
        self,
        stem: str,
        quadrant: str | None = None,
        group: str = "all",
        wave: WaveRef = 0,
        *,
        placed: bool = True,
        kind: str | None = None,
    ) -> list[NamedDriver]:
        """Return the drivers of a quadrant, or all that are shown, the most important first.

        Parameters
        ----------
        placed
            Leave out drivers that stand there with less than the declared confidence; without a
            quadrant all are given.
        kind
            Only this kind of aspect (`kind` of the codebook's items).
        """
        _, _, analysis = analysis_of(self.study, stem)
        if quadrant is not None:
            self.quadrant(stem, quadrant)
        return [
            self._named(one, analysis)
            for one in self._drivers(stem, group, wave)
            if one.is_shown
            and (quadrant is None or (one.quadrant == quadrant and (one.is_placed or not placed)))
            and kind in (None, self._kind(one))
        ]

    def priorities(
        self, stem: str, group: str = "all", wave: WaveRef = 0, *, placed: bool = True
    ) -> list[str]:
        """Return the drivers at high importance and a low rating, the most important first.

        ``placed=False`` gives those too that stand there with less than the declared confidence.
        """
        return self._in("priority", stem, group, wave, placed)

    def strengths(
        self, stem: str, group: str = "all", wave: WaveRef = 0, *, placed: bool = True
    ) -> list[str]:
        """Return the drivers at high importance and a high rating."""
        return self._in("strength", stem, group, wave, placed)

    def preconditions(
        self, stem: str, group: str = "all", wave: WaveRef = 0, *, placed: bool = True
    ) -> list[str]:
        """Return the drivers at low importance and a high rating."""
        return self._in("precondition", stem, group, wave, placed)

    def no_priorities(
        self, stem: str, group: str = "all", wave: WaveRef = 0, *, placed: bool = True
    ) -> list[str]:
        """Return the drivers at low importance and a low rating."""
        return self._in("no_priority", stem, group, wave, placed)

    def unplaced(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers that stand in no quadrant with the declared confidence."""
        drivers = self._drivers(stem, group, wave)
        return self._labels(one for one in drivers if one.is_shown and not one.is_placed)

    def left_out(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers that the model could not take."""
        return self._labels(one for one in self._drivers(stem, group, wave) if not one.is_shown)

    def moved(
        self,
        stem: str,
        group: str = "all",
        into: str | None = None,
        *,
        against: str = "previous",
        placed: bool = True,
    ) -> list[str]:
        """Return the drivers that stand in another quadrant than in the previous wave, tested.

        Parameters
        ----------
        into
            Only those that stand in this quadrant now.
        against
            ``previous``; ``rest``: drivers that stand elsewhere for a group than for everybody else.
        placed
            Leave out drivers that stand where they are with less than the declared confidence.
        """
        if against not in AGAINST:
            raise NarrativeError(f"against={against!r} is not one of {', '.join(AGAINST)}")
        if into is not None:
            self.quadrant(stem, into)
        drivers = self._drivers(stem, group, 0)
        found = [one for one in drivers if into in (None, one.quadrant) and (one.is_placed or not placed)]
        return self._labels(one for one in found if has_moved(self.store, one, against))

    def quadrant(self, stem: str, name: str) -> str:
        """Return what the report calls a quadrant: priority, strength, precondition or no_priority."""
        _, _, analysis = analysis_of(self.study, stem)
        known = named_quadrants(analysis, self.language)
        if name not in known:
            raise NarrativeError(f"unknown quadrant '{name}'{did_you_mean(name, known)}")
        return known[name]

    def _drivers(self, stem: str, group: str, wave: WaveRef) -> list[Driver]:
        name = resolve_wave(self.study, self.wave, wave)
        return drivers_of(self.store, self.study, stem, group, name)

    def _in(self, quadrant: str, stem: str, group: str, wave: WaveRef, placed: bool) -> list[str]:
        return [one.label for one in self.drivers(stem, quadrant, group, wave, placed=placed)]

    def _named(self, one: Driver, analysis: Analysis) -> NamedDriver:
        kind = self._kind(one)
        addresses = {
            "importance": one.address("importance"),
            "rating": one.address("rating"),
            "chance": one.address("quadrant", one.quadrant),
            "whatif": one.address("whatif"),
        }
        return NamedDriver(
            label=one.label(self._names),
            item=one.item,
            kind=text_in(analysis.kinds[kind], self.language) if kind in analysis.kinds else kind,
            quadrant=one.quadrant,
            is_placed=one.is_placed,
            **{name: address.rpartition("/")[0] for name, address in addresses.items()},
        )

    def _kind(self, one: Driver) -> str:
        return self._names.kind(one.importance.indicator, one.item)

    @cached_property
    def _names(self) -> Labels:
        return Labels(self.study, self.language)

    def _labels(self, drivers: Iterable[Driver]) -> list[str]:
        return [one.label(self._names) for one in drivers]

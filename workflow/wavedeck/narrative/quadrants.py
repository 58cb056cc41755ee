"""What a template can say of the quadrants of an analysis: labels of drivers, no numbers."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.narrative.placed import Driver, analysis_of, drivers_of, has_moved, named_quadrants
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.load import Study


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
        others = (self.unplaced, self.left_out, self.moved, self.quadrant)
        return {function.__name__: function for function in (*named, *others)}

    def priorities(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers placed at high importance and a low rating, the most important first."""
        return self._placed("priority", stem, group, wave)

    def strengths(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers placed at high importance and a high rating."""
        return self._placed("strength", stem, group, wave)

    def preconditions(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers placed at low importance and a high rating."""
        return self._placed("precondition", stem, group, wave)

    def no_priorities(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers placed at low importance and a low rating."""
        return self._placed("no_priority", stem, group, wave)

    def unplaced(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers that stand in no quadrant with the declared confidence."""
        drivers = self._drivers(stem, group, wave)
        return self._labels([one for one in drivers if one.is_shown and not one.is_placed])

    def left_out(self, stem: str, group: str = "all", wave: WaveRef = 0) -> list[str]:
        """Return the drivers that the model could not take."""
        return self._labels([one for one in self._drivers(stem, group, wave) if not one.is_shown])

    def moved(self, stem: str, group: str = "all") -> list[str]:
        """Return the drivers that changed quadrant since the previous wave, tested."""
        waves = self.study.waves_until(self.wave)
        if len(waves) == 1:
            return []
        before = {one.item: one for one in self._drivers(stem, group, -1)}
        now = self._drivers(stem, group, 0)
        return self._labels(
            [one for one in now if one.item in before and has_moved(self.store, one, before[one.item])]
        )

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

    def _placed(self, quadrant: str, stem: str, group: str, wave: WaveRef) -> list[str]:
        drivers = self._drivers(stem, group, wave)
        return self._labels([one for one in drivers if one.is_placed and one.quadrant == quadrant])

    def _labels(self, drivers: list[Driver]) -> list[str]:
        labels = Labels(self.study, self.language)
        return [one.label(labels) for one in drivers]

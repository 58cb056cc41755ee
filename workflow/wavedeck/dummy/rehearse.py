"""Rehearse a study: make its raw files up, compute its figures from them, and say what they lead to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.dummy.draw import Wanted
from wavedeck.dummy.importance import Misplaced
from wavedeck.dummy.make import make_wave, require_dummy
from wavedeck.dummy.plan import DummyPlan, load_plan
from wavedeck.dummy.published import Target, read_targets
from wavedeck.dummy.spread import Spreads, adjusted, first_spreads
from wavedeck.dummy.verify import Computed, Outcome, outcomes
from wavedeck.figures.records import Comparison
from wavedeck.study.load import Study

MARK_TRIES = 6


@dataclass(frozen=True)
class Rehearsed:
    """One part in one wave, made up.

    Attributes
    ----------
    part, wave
        Which.
    files
        What was written.
    respondents
        How many are left after cleaning.
    outcomes
        What came of each target.
    misplaced
        Drivers that do not have the importance that is planned.
    seconds
        How long it took.
    """

    part: str
    wave: str
    files: tuple[Path, ...]
    respondents: int
    outcomes: tuple[Outcome, ...]
    misplaced: tuple[Misplaced, ...]
    seconds: float

    @property
    def missed(self) -> tuple[Outcome, ...]:
        """Return targets that were not reached."""
        return tuple(one for one in self.outcomes if not one.reached)


def rehearse(
    study: Study,
    root: Path,
    *,
    waves: Sequence[str] = (),
    seed: int | None = None,
    with_targets: bool = True,
    into: Path | None = None,
) -> list[Rehearsed]:
    """Make the raw files of a study up and hold its figures against what was published.

    Parameters
    ----------
    study
        The study.
    root
        Folder that holds config/ and data/.
    waves
        Waves to make; all when empty. Waves before them are read where they stand.
    seed
        Replaces the plan's.
    with_targets
        Whether published figures are targets.
    into
        Folder to write to in place of `root`, under the same names.

    Returns
    -------
    list of Rehearsed
        Each part of each wave, oldest first.

    Raises
    ------
    ConfigError
        When raw files that stand there are real, or codebook and plan do not fit together.
    """
    if into is None:
        require_dummy(study)
    target_root, plan = into or root, load_plan(study)
    if seed is not None:
        plan = plan.model_copy(update={"seed": seed})
    targets = read_targets(study.folder) if with_targets else []
    spreads = first_spreads(targets, study.wave_names, study.settings.tests.stated_wave)
    links: dict[tuple[str, str], Mapping[str, float]] = {}
    known: dict[str, str] = {}
    for attempt in range(MARK_TRIES):
        found = _Attempt(Computed(study, target_root), plan, targets, spreads, links, known)
        made = list(found.made(waves or study.wave_names))
        missed = found.missed_marks(made)
        if not missed or attempt == MARK_TRIES - 1:
            return made
        spreads = adjusted(spreads, missed)
    return []


@dataclass
class _Attempt:
    """All waves made once, with what marks ask of spreads."""

    computed: Computed
    plan: DummyPlan
    targets: Sequence[Target]
    spreads: Spreads
    links: dict[tuple[str, str], Mapping[str, float]]
    known: dict[str, str]

    def made(self, waves: Sequence[str]) -> Iterator[Rehearsed]:
        """Make waves, oldest first; read waves between them where they stand."""
        study = self.computed.study
        for wave in study.wave_names:
            for part in study.parts_in(wave):
                if wave in waves:
                    yield self._part(part, wave)
                elif (self.computed.root / study.raw_file(part, wave)).exists():
                    self.computed.add(part, wave)

    def _part(self, part: str, wave: str) -> Rehearsed:
        start, computed = time.perf_counter(), self.computed
        mine = [one for one in self.targets if (one.address.part, one.address.wave) == (part, wave)]
        wanted = Wanted(
            targets=self.targets,
            earlier=computed.estimates(),
            links=self.links.get((part, wave), {}),
            spreads=self.spreads,
            known=self.known,
        )
        made = make_wave(computed.study, self.plan, computed.root, part=part, wave=wave, wanted=wanted)
        self.links[part, wave] = made.respondents.links
        computed.add(part, wave)
        found = outcomes(computed.store(wave), mine, made.respondents.reasons)
        size = computed.waves[part, wave].intake.responses.num_rows
        return Rehearsed(
            part,
            wave,
            made.files,
            size,
            tuple(found),
            made.respondents.misplaced,
            time.perf_counter() - start,
        )

    def missed_marks(self, made: Sequence[Rehearsed]) -> list[tuple[Target, Comparison]]:
        """Return marks that came out otherwise, with how they were computed."""
        found = []
        for one in (outcome for rehearsed in made for outcome in rehearsed.missed):
            kind, _, what = one.target.field.partition(".")
            store = self.computed.store(one.target.address.wave)
            compared = store.comparison(str(one.target.address), kind) if what == "mark" else None
            if compared is not None:
                found.append((one.target, compared))
        return found

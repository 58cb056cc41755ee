"""Rehearse a study: make its raw files up, compute its figures from them, and say what they lead to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.dummy.draw import Wanted
from wavedeck.dummy.make import make_wave, require_dummy
from wavedeck.dummy.plan import DummyPlan, load_plan
from wavedeck.dummy.published import Target, read_targets
from wavedeck.dummy.verify import Computed, Outcome, outcomes
from wavedeck.study.load import Study


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
    seconds
        How long it took.
    """

    part: str
    wave: str
    files: tuple[Path, ...]
    respondents: int
    outcomes: tuple[Outcome, ...]
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
) -> Iterator[Rehearsed]:
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

    Yields
    ------
    Rehearsed
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
    computed = Computed(study, target_root)
    wanted = waves or study.wave_names
    for wave in study.wave_names:
        for part in study.parts_in(wave):
            if wave in wanted:
                yield _part(computed, plan, targets, part=part, wave=wave)
            elif (target_root / study.raw_file(part, wave)).exists():
                computed.add(part, wave)


def _part(
    computed: Computed, plan: DummyPlan, targets: Sequence[Target], *, part: str, wave: str
) -> Rehearsed:
    start = time.perf_counter()
    mine = [one for one in targets if (one.address.part, one.address.wave) == (part, wave)]
    wanted = Wanted(targets=targets, earlier=computed.estimates())
    made = make_wave(computed.study, plan, computed.root, part=part, wave=wave, wanted=wanted)
    computed.add(part, wave)
    found = outcomes(computed.store(wave), mine, made.respondents.reasons)
    size = computed.waves[part, wave].intake.responses.num_rows
    return Rehearsed(part, wave, made.files, size, tuple(found), time.perf_counter() - start)

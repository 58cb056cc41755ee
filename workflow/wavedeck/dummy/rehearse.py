"""Rehearse a study: make its raw files up, compute its figures from them, and say what they lead to."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wavedeck.dummy.draw import Wanted
from wavedeck.dummy.importance import Misplaced
from wavedeck.dummy.make import make_wave, require_dummy
from wavedeck.dummy.plan import DummyPlan, load_plan
from wavedeck.dummy.published import Target, read_targets
from wavedeck.dummy.spread import Spreads, adjusted, first_spreads
from wavedeck.dummy.verify import Computed, Outcome, outcomes
from wavedeck.figures.records import Comparison
from wavedeck.study.address import Address
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

    Every wave is made, because waves are compared with one another; those asked for are written.

    Parameters
    ----------
    study
        The study.
    root
        Folder that holds config/ and data/.
    waves
        Waves to write; all when empty.
    seed
        Replaces the plan's.
    with_targets
        Whether published figures are targets.
    into
        Folder to write to in place of `root`, under the same names.

    Returns
    -------
    list of Rehearsed
        Each part of each wave that was written, oldest first.

    Raises
    ------
    ConfigError
        When raw files that stand there are real, or codebook and plan do not fit together.
    """
    if into is None:
        require_dummy(study)
    plan = load_plan(study)
    if seed is not None:
        plan = plan.model_copy(update={"seed": seed})
    targets = read_targets(study.folder) if with_targets else []
    with tempfile.TemporaryDirectory() as folder:
        staging = Path(folder)
        _take_lists(study, root, staging)
        made = _all_made(_unsealed(study), plan, targets, staging)
        wanted = [one for one in made if not waves or one.wave in waves]
        left_out = {file for one in made if one not in wanted for file in one.files}
        _deliver(staging, into or root, left_out)
        return [replace(one, files=_moved(one.files, staging, into or root)) for one in wanted]


def _unsealed(study: Study) -> Study:
    """Return the study without checksums of raw files, which made-up ones cannot have."""
    parts = {
        name: part.model_copy(update={"source": part.source.model_copy(update={"checksums": {}})})
        for name, part in study.settings.parts.items()
    }
    return replace(study, settings=study.settings.model_copy(update={"parts": parts}))


def _all_made(study: Study, plan: DummyPlan, targets: Sequence[Target], root: Path) -> list[Rehearsed]:
    """Make every wave, again as long as that brings out more marks of significance."""
    spreads = first_spreads(targets, study.wave_names, study.settings.tests.stated_wave)
    attempt = _Attempt(Computed(study, root), plan, targets, spreads)
    made = attempt.made()
    for _ in range(MARK_TRIES):
        missed = attempt.missed_marks(made)
        if not missed:
            break
        attempt.spreads = adjusted(attempt.spreads, missed)
        made = attempt.made(before=made, changed=_changed(missed))
    return made


def _changed(missed: Sequence[tuple[Target, Comparison]]) -> set[tuple[str, str]]:
    """Return parts and waves whose answers must spread otherwise."""
    addresses = [str(target.address) for target, _ in missed]
    addresses += [compared.against for _, compared in missed if compared.against]
    return {(one.part, one.wave) for one in map(Address.parse, addresses)}


def _take_lists(study: Study, root: Path, staging: Path) -> None:
    """Copy the lists of ids that groups rest on, where they exist."""
    for group in study.groups.groups.values():
        if group.ids is not None and (root / group.ids.file).exists():
            (staging / group.ids.file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / group.ids.file, staging / group.ids.file)


def _deliver(staging: Path, root: Path, left_out: set[Path]) -> None:
    """Put what was made where it belongs, each file whole or not at all."""
    for file in sorted(path for path in staging.rglob("*") if path.is_file() and path not in left_out):
        (path,) = _moved((file,), staging, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        shutil.copyfile(file, draft)
        draft.replace(path)


def _moved(files: Sequence[Path], old: Path, new: Path) -> tuple[Path, ...]:
    return tuple(new / file.relative_to(old) for file in files)


@dataclass
class _Attempt:
    """All waves made, with what marks ask of spreads."""

    computed: Computed
    plan: DummyPlan
    targets: Sequence[Target]
    spreads: Spreads
    links: dict[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)

    def made(
        self, before: Sequence[Rehearsed] = (), changed: Collection[tuple[str, str]] = ()
    ) -> list[Rehearsed]:
        """Make waves, oldest first; keep what was made before and nothing changes."""
        kept = {(one.part, one.wave): one for one in before}
        found: list[Rehearsed] = []
        parts_again: set[str] = set()
        for wave in self.computed.study.wave_names:
            for part in self.computed.study.parts_in(wave):
                if (part, wave) in changed:
                    parts_again.add(part)
                keep = (part, wave) in kept and part not in parts_again
                found.append(kept[part, wave] if keep else self._part(part, wave))
        return found

    def _part(self, part: str, wave: str) -> Rehearsed:
        start, computed = time.perf_counter(), self.computed
        mine = [one for one in self.targets if (one.address.part, one.address.wave) == (part, wave)]
        wanted = Wanted(
            targets=self.targets,
            earlier=computed.estimates(),
            links=self.links.get((part, wave), {}),
            spreads=self.spreads,
        )
        made = make_wave(computed.study, self.plan, computed.root, part=part, wave=wave, wanted=wanted)
        self.links[part, wave] = made.respondents.links
        own = computed.add(part, wave)
        found = outcomes(computed.store(wave), mine, made.respondents.reasons)
        return Rehearsed(
            part=part,
            wave=wave,
            files=made.files,
            respondents=own.intake.responses.num_rows,
            outcomes=tuple(found),
            misplaced=made.respondents.misplaced,
            seconds=time.perf_counter() - start,
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


def make_raw_files(study: Study, root: Path, *, waves: Sequence[str] = ()) -> list[Path]:
    """Make the raw files of a study up and return them; as `rehearse`, without its report.

    Parameters
    ----------
    study, root, waves
        As in `rehearse`.
    """
    return [file for one in rehearse(study, root, waves=waves) for file in one.files]

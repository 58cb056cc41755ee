"""The two builds that are held against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.find import built_waves
from wavedeck.audit.trace.place import PROCESSED, STORE
from wavedeck.figures.records import Figure
from wavedeck.figures.store import read_figures
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study, load_study

STUDIES = Path("config") / "studies"


@dataclass(frozen=True, eq=False)
class Build:
    """One side of a comparison: a study, its files, and the figures that were stored.

    Attributes
    ----------
    label
        What a person calls it: a folder, or a revision of it.
    folder
        Folder that holds config/ and data/.
    study
        The study as it stands there.
    wave
        Report whose figures are looked at; its store holds earlier waves too.
    is_stored
        False for a revision, of which only definitions are known; its figures are computed.
    """

    label: str
    folder: Path
    study: Study
    wave: str
    is_stored: bool = True

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Return the full store by address; empty for a revision."""
        if not self.is_stored:
            return {}
        path = self.folder / PROCESSED / self.study.name / self.wave / STORE
        return {one.address: one for one in read_figures(path)}

    def checksum(self, name: str) -> str:
        """Return the SHA-256 of a file, named from the folder; empty where it is missing."""
        if name not in self._checksums:
            path = self.folder / name
            self._checksums[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        return self._checksums[name]

    @cached_property
    def _checksums(self) -> dict[str, str]:
        return {}

    def units(self) -> list[tuple[str, str]]:
        """Return every part and wave of the report, oldest wave first."""
        return [
            (part, wave) for wave in self.study.waves_until(self.wave) for part in self.study.parts_in(wave)
        ]


@dataclass(frozen=True)
class Side:
    """Where one side stands: its folder, what it is called, and whether it was built there."""

    label: str
    folder: Path
    is_stored: bool = True

    def studies(self) -> list[str]:
        """Return the studies of the folder, sorted."""
        return sorted(file.parent.name for file in (self.folder / STUDIES).glob("*/study.yaml"))

    def waves(self, study: Study) -> list[str]:
        """Return the waves whose figures can be had, oldest first."""
        return built_waves(study, self.folder) if self.is_stored else list(study.wave_names)


def open_builds(first: Side, second: Side, *, study: str = "", wave: str = "") -> tuple[Build, Build]:
    """Open both sides of a comparison.

    Parameters
    ----------
    first, second
        A and B.
    study
        The study; the only one that both have when left out.
    wave
        Report to compare; the newest that both have when left out.

    Raises
    ------
    AuditError
        When a study, a wave or a build is missing; naming what there is.
    """
    name = _study_of(first, second, study)
    loaded = [load_study(side.folder / STUDIES / name) for side in (first, second)]
    known = [side.waves(own) for side, own in zip((first, second), loaded, strict=True)]
    for side, waves in zip((first, second), known, strict=True):
        _require_build(side, name, waves)
    both = [one for one in known[1] if one in known[0]]
    chosen = [_wave(side, own, both or own, wave) for side, own in zip((first, second), known, strict=True)]
    pairs = zip((first, second), loaded, chosen, strict=True)
    one, other = (Build(side.label, side.folder, own, at, side.is_stored) for side, own, at in pairs)
    return one, other


def _study_of(first: Side, second: Side, study: str) -> str:
    known = [side.studies() for side in (first, second)]
    if study:
        for side, names in zip((first, second), known, strict=True):
            if study not in names:
                there = f"its studies are {', '.join(names)}" if names else "it has no studies"
                raise AuditError(
                    f"{side.label} has no study '{study}'{did_you_mean(study, names, then=there)}"
                )
        return study
    both = [name for name in known[0] if name in known[1]]
    if not both:
        raise AuditError(
            f"no study is in both: {first.label} has {_list(known[0])}, {second.label} has {_list(known[1])}"
        )
    built = [name for name in both if all(_is_built(side, name) for side in (first, second))]
    candidates = built or both
    if len(candidates) > 1:
        raise AuditError(f"both have several studies; name one with --study: {_list(candidates)}")
    return candidates[0]


def _is_built(side: Side, name: str) -> bool:
    return not side.is_stored or any((side.folder / PROCESSED / name).glob(f"*/{STORE}"))


def _require_build(side: Side, study: str, waves: Sequence[str]) -> None:
    if not waves:
        raise AuditError(
            f"{side.label}: study '{study}' is not built there; run in that folder: wavedeck build {study}"
        )


def _wave(side: Side, built: Sequence[str], offered: Sequence[str], wave: str) -> str:
    if not wave:
        return offered[-1]
    if wave not in built:
        there = f"there are reports of {', '.join(built)}"
        raise AuditError(
            f"{side.label} has no report of wave '{wave}'{did_you_mean(wave, built, then=there)}"
        )
    return wave


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"

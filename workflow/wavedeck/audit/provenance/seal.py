"""Seal a report: copy what was built and is untouched to data/published, under one digest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.provenance.check import (
    built_differences,
    changed_inputs,
    check_folder,
    sealed_root,
    sealed_sums,
)
from wavedeck.audit.provenance.checksums import FileSum, sum_of, sums_in, sums_text
from wavedeck.audit.provenance.comparison import Differences, differences
from wavedeck.audit.provenance.crate import WORKFLOW
from wavedeck.audit.provenance.manifest import CRATE, MANIFEST, Manifest, read_manifest
from wavedeck.audit.provenance.published import SEAL, SUMS, newest_sealed, published_folder
from wavedeck.audit.provenance.signature import sign

SCHEMA = 1
_ABOUT_THE_RUN = frozenset({MANIFEST, CRATE, WORKFLOW})
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Sealed:
    """A sealed version.

    Attributes
    ----------
    folder
        Where it stands.
    root
        The digest that covers every byte of it.
    is_new
        False when the newest version already holds the same report.
    signed
        Whether it was signed just now.
    """

    folder: Path
    root: str
    is_new: bool
    signed: bool = False


def seal_report(
    root: Path, study: str, *, wave: str, reason: str = "", key: Path | None = None, as_is: bool = False
) -> Sealed:
    """Seal the report of a wave as its next version.

    Parameters
    ----------
    root
        Folder that holds reports/ and data/.
    study, wave
        Which report.
    reason
        Why there is another version; needed from the second on.
    key
        Key to sign with.
    as_is
        Seal it though files that it rests on have changed since.

    Raises
    ------
    AuditError
        When the report is not there, was touched, is older than what it rests on, or lacks a reason.
    """
    report = root / "reports" / study / wave
    manifest = _untouched(report, study, wave)
    behind = changed_inputs(root, manifest)
    if behind and not as_is:
        raise AuditError(_older(study, wave, behind))
    newest = newest_sealed(root, study, wave)
    if newest is None:
        return _write(root, manifest, 1, _about(manifest, 1, reason, behind=behind), key)
    _require_whole(newest)
    new = news(manifest, newest)
    if not new:
        if key:
            _sign_again(newest, key)
        return Sealed(newest, sealed_root(newest), is_new=False, signed=key is not None)
    version = int(newest.name) + 1
    if not reason.strip():
        raise AuditError(_no_reason(study, wave, newest.name, new))
    about = _about(manifest, version, reason, behind=behind, before=newest)
    return _write(root, manifest, version, about, key)


def _untouched(report: Path, study: str, wave: str) -> Manifest:
    again = f"wavedeck build {study} --wave {wave}"
    if not (report / MANIFEST).is_file():
        raise AuditError(
            f"{study} {wave} has no whole report to seal ({MANIFEST} is missing in reports/{study}/{wave}); "
            f"build it in all its languages:  {again}"
        )
    manifest = read_manifest(report / MANIFEST)
    if (manifest.study, manifest.wave) != (study, wave):
        raise AuditError(
            f"reports/{study}/{wave} holds the report of {manifest.study} {manifest.wave}; "
            f"build this one:  {again}"
        )
    touched = built_differences(report, manifest)
    if touched:
        raise AuditError(
            f"reports/{study}/{wave} is not what was built and verified, so it is not sealed:\n"
            f"{_listed(touched.lines())}\nPut changes into the study's own files, take away what does not "
            f"belong there, and build again:  {again}"
        )
    return manifest


def _older(study: str, wave: str, behind: Sequence[str]) -> str:
    return (
        f"The report of {study} {wave} is older than what it rests on. Changed since it was built:\n"
        f"{_listed(behind)}\nBuild it again:  wavedeck build {study} --wave {wave}\n"
        "or, when the report as it stands is what was delivered, add --as-is; the seal then names them."
    )


def _no_reason(study: str, wave: str, version: str, new: Differences) -> str:
    return (
        f"{study} {wave} was sealed before, as version {version}, and this report differs from it:\n"
        f"{_listed(new.lines())}\nSay why there is another version, e.g.  "
        "--reason 'weights of 2016 corrected'"
    )


def _listed(lines: Sequence[str], most: int = 12) -> str:
    more = [f"… and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join(f"  {line}" for line in [*lines[:most], *more])


def _require_whole(newest: Path) -> None:
    found = check_folder(newest)
    if not found.untouched:
        what = _listed([*found.differences.lines(), *found.doubts])
        raise AuditError(
            f"Version {newest.name}, sealed before, is no longer what was sealed:\n{what}\n"
            f"Put {newest} back as it was, e.g. from git or a backup, before you seal another version."
        )


def news(manifest: Manifest, newest: Path) -> Differences:
    """Return how a built report differs from a sealed one, what only describes the run left out."""
    own = {one.path: one.sha256 for one in manifest.report if one.path not in _ABOUT_THE_RUN}
    kept = {SEAL, *_ABOUT_THE_RUN}
    return differences(own, {path: one for path, one in sealed_sums(newest).items() if path not in kept})


def _about(
    manifest: Manifest, version: int, reason: str, *, behind: Sequence[str], before: Path | None = None
) -> dict[str, Any]:
    previous = {"version": int(before.name), "root": sealed_root(before)} if before else None
    about: dict[str, Any] = {"schema": SCHEMA, "study": manifest.study, "wave": manifest.wave}
    about |= {"version": version, "reason": reason.strip(), "published": manifest.data["published"]}
    about |= {"previous": previous}
    return about | ({"inputs_changed_before_sealing": list(behind)} if behind else {})


def _write(root: Path, manifest: Manifest, version: int, about: dict[str, Any], key: Path | None) -> Sealed:
    """Write a version beside its place, and move it there when it is whole."""
    place = published_folder(root, manifest.study, manifest.wave) / str(version)
    draft = place.with_name(f".{version}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        report = root / "reports" / manifest.study / manifest.wave
        _copy(report, draft, [*(one.path for one in manifest.report), MANIFEST])
        _require_copied(report, draft, manifest)
        text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
        (draft / SEAL).write_text(text, encoding="utf-8", newline="\n")
        (draft / SUMS).write_text(sums_text(sums_in(draft)), encoding="utf-8", newline="\n")
        if key:
            sign(draft / SUMS, key)
        for path in filter(Path.is_file, draft.rglob("*")):
            path.chmod(_READ_ONLY)
        draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Sealed(place, sealed_root(place), is_new=True, signed=key is not None)


def _copy(source: Path, target: Path, names: Sequence[str]) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def _require_copied(report: Path, draft: Path, manifest: Manifest) -> None:
    """Refuse a copy that is not what the manifest lists, as when a build runs at the same time."""
    expected: list[FileSum] = sorted([*manifest.report, sum_of(report / MANIFEST, MANIFEST)])
    if sums_in(draft) != expected:
        raise AuditError("The report changed while it was copied; seal it when no build is running.")


def _sign_again(folder: Path, key: Path) -> None:
    sign(folder / SUMS, key).chmod(_READ_ONLY)

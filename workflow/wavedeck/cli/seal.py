"""The command ``wavedeck seal``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.provenance.check import Checked, check_folder
from wavedeck.audit.provenance.manifest import MANIFEST, read_manifest
from wavedeck.audit.provenance.published import SEAL, every_sealed, newest_sealed
from wavedeck.audit.provenance.seal import Sealed, news, seal_report
from wavedeck.cli.plan import choose, need_study, read_plans
from wavedeck.cli.project import CONFIG, Project, UsageError
from wavedeck.study.errors import did_you_mean
from wavedeck.study.paths import shown

SIGNERS = Path("config") / "signers"


@dataclass(frozen=True)
class Asked:
    """What the command is asked to seal; empty where it is not said."""

    study: str
    wave: str = ""
    reason: str = ""
    key: Path | None = None
    as_is: bool = False


def seal(project: Project, asked: Asked, tell: Callable[[str], None]) -> None:
    """Seal a report and say where it stands and what to hand on.

    Raises
    ------
    UsageError
        When study or wave does not exist, or none of its reports is built.
    """
    if not asked.study:
        known = ", ".join(project.study_names()) or "none"
        raise UsageError(
            f"name the study to seal (studies that exist: {known}), or a folder to check: "
            "wavedeck seal --check FOLDER"
        )
    need_study(project, asked.study)
    made = seal_report(
        project.folder,
        asked.study,
        wave=_wave(project, asked),
        reason=asked.reason,
        key=asked.key.expanduser() if asked.key else None,
        as_is=asked.as_is,
    )
    for line in _sealed_lines(project, made):
        tell(line)


def check(project: Project, target: str, signers: Path | None, tell: Callable[[str], None]) -> bool:
    """Check one folder, all reports of a study, or everything that is sealed; tell whether all is well."""
    own = project.folder / SIGNERS
    listed = signers or (own if own.is_file() else None)
    keeps = project.folder if (project.folder / CONFIG).is_file() else None
    folders = _folders(project, target)
    found = [
        check_folder(folder, signers=listed, project=keeps, must_be_signed=signers is not None)
        for folder in folders
    ]
    for one in found:
        for line in [*checked_lines(one), *(_beside_sealed(one, keeps) if keeps else [])]:
            tell(line)
    return all(one.untouched for one in found)


def _wave(project: Project, asked: Asked) -> str:
    """Return the wave that is meant: the one asked for, or the newest that is built."""
    plans = read_plans(project, study=asked.study)
    if asked.wave:
        choose(plans, study=asked.study, wave=asked.wave)
        return asked.wave
    waves = plans[asked.study].waves
    built = [wave for wave in waves if (_report(project, asked.study, wave) / MANIFEST).is_file()]
    return built[-1] if built else waves[-1]


def _report(project: Project, study: str, wave: str) -> Path:
    return project.folder / "reports" / study / wave


def _folders(project: Project, target: str) -> list[Path]:
    """Return the folders to check: what is named, or all that the project keeps sealed."""
    if target and Path(target).is_dir():
        return _reports_in(Path(target))
    sealed = every_sealed(project.folder)
    if target and target not in project.study_names():
        hint = did_you_mean(target, project.study_names(), then="give a folder, or a study")
        raise UsageError(f"{target}: there is no such folder{hint}")
    if target:
        sealed = [folder for folder in sealed if folder.parent.parent.name == target]
        built = sorted(path.parent for path in (project.folder / "reports" / target).glob(f"*/{MANIFEST}"))
        sealed += built
    if not sealed:
        raise UsageError(
            "nothing is sealed here yet; name the folder to check:  wavedeck seal --check FOLDER"
        )
    return sealed


def _reports_in(folder: Path) -> list[Path]:
    """Return a folder, or the sealed versions below it where it is none itself."""
    if (folder / SEAL).is_file() or (folder / MANIFEST).is_file():
        return [folder]
    below = sorted(path.parent for path in folder.glob(f"*/**/{SEAL}"))
    return below or [folder]


def _beside_sealed(found: Checked, project: Path) -> list[str]:
    """Say whether a built report is the one that was sealed last."""
    if found.seal or not found.untouched:
        return []
    manifest = read_manifest(found.folder / MANIFEST)
    newest = newest_sealed(project, manifest.study, manifest.wave)
    if newest is None:
        return []
    new = news(manifest, newest)
    if not new:
        return [f"  the same report as version {newest.name}, sealed in data/published"]
    return [
        f"  not the report that was sealed as version {newest.name}:",
        *(f"    {one}" for one in new.lines()),
    ]


def _sealed_lines(project: Project, made: Sealed) -> list[str]:
    place = made.folder.relative_to(project.folder).as_posix()
    if not made.is_new:
        lines = [f"Nothing new to seal: {place} holds the same report."]
    else:
        lines = [f"Sealed: {place}"]
    lines += [f"  root digest  {made.root}"]
    if made.signed:
        lines += [f"  signed       {place}/SHA256SUMS.sig"]
    if made.is_new:
        lines += [
            "Hand over that folder, and tell the receiver the root digest by another way, such as a letter."
        ]
    return lines


def checked_lines(found: Checked) -> list[str]:
    """Return what to say about a checked folder: the verdict, then every file and doubt."""
    seal = found.seal
    what = f"version {seal['version']} of {seal['study']} {seal['wave']}, " if seal else ""
    names = "as it was sealed" if seal else f"as {MANIFEST} lists them; not sealed"
    if found.untouched:
        lines = [f"{shown(found.folder)}: untouched, {what}{found.files} files {names}"]
    else:
        lines = [f"{shown(found.folder)}: TOUCHED, {what}{_count(found)}"]
    lines += [f"  {line}" for line in (*found.differences.lines(), *found.doubts)]
    if found.aside:
        lines += [f"  left aside, as programs make them: {', '.join(found.aside)}"]
    return [*lines, *_seal_lines(found)]


def _count(found: Checked) -> str:
    one = found.differences
    counts = ((len(one.changed), "changed"), (len(one.missing), "missing"), (len(one.added), "added"))
    said = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f"of {found.files} files {said}" if said else f"its {found.files} files are as listed, but:"


def _seal_lines(found: Checked) -> Sequence[str]:
    if not found.seal:
        return []
    lines = [f"  root digest  {found.root}"]
    if found.seal.get("reason"):
        lines += [f"  reason       {found.seal['reason']}"]
    for name in found.seal.get("inputs_changed_before_sealing", ()):
        lines += [f"  note         {name} had changed since the report was built when it was sealed"]
    return [*lines, *_signature_lines(found)]


def _signature_lines(found: Checked) -> list[str]:
    one = found.signature
    if one is None:
        return [f"  {remark}" for remark in found.remarks] or ["  not signed"]
    if one.signer:
        return [f"  signed by    {one.signer} ({one.key})"]
    if not one.key:
        return []
    return [
        f"  signed with  {one.key}; ask the sender whether that key is theirs,",
        f"               or list whose keys you know in {SIGNERS.as_posix()} or --signers",
    ]

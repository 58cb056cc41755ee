"""The command ``wavedeck verify``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from wavedeck.audit.verify.report import read_truth, require_file, said_by, verify_file
from wavedeck.audit.verify.result import Verification, lines_of
from wavedeck.cli.project import Project, UsageError
from wavedeck.study.load import load_study

_LANGUAGE = re.compile(r"\.([a-z]{2})\.[a-z]+$")


@dataclass(frozen=True)
class Report:
    """Which report a file belongs to; empty where it is not said."""

    study: str = ""
    wave: str = ""
    language: str = ""


def run_verify(project: Project, path: Path, asked: Report, *, deck: Path | None = None) -> Verification:
    """Verify one finished file against the stores of its report.

    Parameters
    ----------
    project
        Folder with config/ and data/.
    path
        The file.
    asked
        The report, as far as the person says it.
    deck
        The deck that a PDF was made of.

    Raises
    ------
    UsageError
        When nothing tells which report it is.
    AuditError
        When file or stores are missing.
    """
    require_file(path)
    report = _report_of(project, path, asked, deck)
    study = load_study(project.study_folder(report.study))
    wave = report.wave or study.wave_names[-1]
    if wave not in study.wave_names:
        raise UsageError(f"study {study.name} has no wave '{wave}'; it has {', '.join(study.wave_names)}")
    language = report.language or study.settings.languages[0]
    processed = project.folder / "data" / "processed" / study.name / wave
    truth = read_truth(study, processed, wave=wave, language=language)
    return verify_file(path, truth, deck=deck)


def _report_of(project: Project, path: Path, asked: Report, deck: Path | None) -> Report:
    """Return the report by what is asked, by where the file stands, by what it or its deck says."""
    inside = _from_place(project, path)
    spoken = path if path.suffix.lower() != ".pdf" else deck or path.with_suffix(".pptx")
    ledger = said_by(spoken) if spoken.is_file() else None
    said = Report(ledger.study, ledger.wave, ledger.language[:2]) if ledger else Report()
    named = _LANGUAGE.search(path.name)
    found = Report(
        asked.study or inside.study or said.study,
        asked.wave or inside.wave or said.wave,
        asked.language or (named[1] if named else "") or said.language,
    )
    if not found.study:
        raise UsageError(f"{path.name} does not say of which study it is; name it with --study")
    if not (project.study_folder(found.study) / "study.yaml").is_file():
        raise UsageError(f"{path.name} is of study '{found.study}', which is not here; see --directory")
    return found


def _from_place(project: Project, path: Path) -> Report:
    try:
        parts = path.resolve().relative_to((project.folder / "reports").resolve()).parts
    except ValueError:
        return Report()
    return Report(parts[0], parts[1]) if len(parts) > 2 else Report()


def show_verification(out: Console, path: Path, found: Verification) -> None:
    """Print what is wrong, then the counts."""
    for line in lines_of(path.name, found):
        out.print(line, markup=False, highlight=False, soft_wrap=True)

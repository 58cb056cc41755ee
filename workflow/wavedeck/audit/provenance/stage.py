"""Stage provenance: manifest and research object of a report that was delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavedeck.audit.provenance.check import built_differences
from wavedeck.audit.provenance.checksums import FileSum, sum_of
from wavedeck.audit.provenance.comparison import Differences
from wavedeck.audit.provenance.crate import WORKFLOW, crate_text
from wavedeck.audit.provenance.inputs import Input
from wavedeck.audit.provenance.manifest import (
    CRATE,
    MANIFEST,
    internal_sums,
    manifest_text,
    raw_paths,
    read_manifest,
    sums_of_inputs,
    sums_of_report,
)
from wavedeck.audit.provenance.software import software
from wavedeck.intake.write import write_text


@dataclass(frozen=True)
class Made:
    """What a build read and made.

    Attributes
    ----------
    inputs
        Files that the report rests on, each with where it stands.
    delivered
        Name in the report's folder -> the file, or folder of files, that was verified and put there.
    internal
        Paths of files that stay inside, from the root on.
    workflow
        The workflow's own file.
    root
        Folder that holds data/.
    """

    inputs: Sequence[tuple[Input, Path]]
    delivered: Mapping[str, Path]
    internal: Sequence[str]
    workflow: Path
    root: Path = Path()


def write_provenance(
    made: Made, folder: Path, *, about: Mapping[str, Any], code: Mapping[str, Any]
) -> Differences:
    """Write manifest, research object and a copy of the workflow's file into a report's folder.

    The manifest lists what was verified, also where somebody has edited the delivered file since.

    Parameters
    ----------
    made
        What the build read and made.
    folder
        The report's folder.
    about
        The study, as `described` gives it.
    code
        The program, as `code_state` gives it.

    Returns
    -------
    Differences
        How the report's folder differs from what was verified and put there.
    """
    versions = software()
    inputs = sums_of_inputs(made.inputs)
    (folder / WORKFLOW).parent.mkdir(parents=True, exist_ok=True)
    write_text(made.workflow.read_text(encoding="utf-8"), folder / WORKFLOW)
    report = sums_of_report({**made.delivered, WORKFLOW: made.workflow})
    crate = crate_text(about, inputs=inputs, report=report, code=code, software=versions)
    write_text(crate, folder / CRATE)
    report = _with(report, sum_of(folder / CRATE, CRATE))
    internal = internal_sums(made.internal, made.root, raw=raw_paths(made.inputs))
    text = manifest_text(about, inputs=inputs, report=report, internal=internal, code=code, software=versions)
    write_text(text, folder / MANIFEST)
    return built_differences(folder, read_manifest(folder / MANIFEST))


def _with(sums: Iterable[FileSum], one: FileSum) -> list[FileSum]:
    return sorted([*sums, one])

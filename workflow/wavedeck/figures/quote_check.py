"""Look at the quotes of a study before anything is built."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from wavedeck.figures.cleared import Cleared, read_cleared
from wavedeck.figures.quote_recipe import quote_settings, quoted_parts
from wavedeck.figures.quotes import choose_quotes
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.run import coding_of, run_intake
from wavedeck.study.findings import Finding
from wavedeck.study.load import Study


def check_quotes(study: Study, root: Path, *, waves: Iterable[str]) -> list[Finding]:
    """Return what a person should know about the quotes of some waves.

    Where raw data stop the build only the cleared texts are looked at: intake has said what is wrong.
    """
    return [finding for wave in waves for finding in _check_wave(study, root, wave)]


def _check_wave(study: Study, root: Path, wave: str) -> tuple[Finding, ...]:
    parts = quoted_parts(study, wave)
    try:
        cleared = {part: _cleared(study, root, part, wave) for part in parts}
    except RawDataError as error:
        return error.findings
    try:
        responses = {part: _responses(study, root, part, wave) for part in parts}
    except RawDataError:
        return tuple(finding for part in parts for finding in cleared[part].findings)
    return choose_quotes(quote_settings(study, wave), responses, cleared, root=root).findings


def _cleared(study: Study, root: Path, part: str, wave: str) -> Cleared:
    declared = study.verbatims.cleared(part, wave)
    assert declared is not None, part
    path, rules = root / declared.path(wave), study.verbatims.redaction
    return read_cleared(path, declared=declared, wave=wave, rules=rules)


def _responses(study: Study, root: Path, part: str, wave: str) -> pa.Table:
    raw = study.raw_file(part, wave)
    intake = run_intake(
        root / raw,
        raw_name=raw,
        part=study.settings.parts[part],
        part_name=part,
        wave=wave,
        questions=study.codebook.questions(part, wave),
        cleaning=study.cleaning,
        earlier=study.earlier(part, wave),
        coding=coding_of(study, root, part, wave),
    )
    return intake.responses

"""Take in one raw file: read, harmonise, clean, check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from wavedeck.intake.answers import Answers, table_of
from wavedeck.intake.checks import codebook_slips, issue_findings, missing_columns, unexpected_columns
from wavedeck.intake.clean import apply_rules, check_ids, identifiers, log_issues
from wavedeck.intake.coding import CodingFile, add_coded, read_coding
from wavedeck.intake.harmonise import Issue, harmonise
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.raw import RawTable
from wavedeck.intake.read import read_raw
from wavedeck.intake.records import change_log, disposition_table
from wavedeck.intake.response_sets import with_response_sets
from wavedeck.intake.routing import apply_routing
from wavedeck.intake.state import State
from wavedeck.study.codebook import Question
from wavedeck.study.earlier import EarlierQuestion
from wavedeck.study.findings import Finding, stopping
from wavedeck.study.load import Study
from wavedeck.study.settings import Cleaning, Part

Earlier: TypeAlias = Mapping[str, EarlierQuestion]
NOTHING: Earlier = MappingProxyType({})


@dataclass(frozen=True)
class Intake:
    """What became of one raw file.

    Attributes
    ----------
    responses
        One row per kept respondent, with the columns of responses.parquet.
    log
        Every changed or removed value: file, row, id, variable, column, raw, value, rule, reason.
    dispositions
        Every raw row: file, row, id, disposition, rule.
    findings
        What a person should know.
    """

    responses: pa.Table
    log: pd.DataFrame
    dispositions: pd.DataFrame
    findings: tuple[Finding, ...]


def run_intake(
    raw_path: Path,
    *,
    raw_name: str,
    part: Part,
    part_name: str,
    wave: str,
    questions: Sequence[Question],
    cleaning: Cleaning,
    earlier: Earlier = NOTHING,
    coding: CodingFile | None = None,
) -> Intake:
    """Take in the raw file of one part and wave.

    Parameters
    ----------
    raw_path
        Where the raw file stands.
    raw_name
        Its path as the study names it.
    part, part_name, wave
        Which population and round the file holds.
    questions
        What was asked: ``codebook.questions(part_name, wave)``.
    cleaning
        What is done with what should not be there.
    earlier
        What raw columns held in earlier waves: ``study.earlier(part_name, wave)``.
    coding
        Codes of open answers, where the part has them in this wave.

    Raises
    ------
    RawDataError
        Listing everything that could change a figure and is not declared.
    """
    raw = read_raw(raw_path, file=raw_name, source=part.source, wave=wave)
    intake = examine(
        raw,
        part=part,
        part_name=part_name,
        wave=wave,
        questions=questions,
        cleaning=cleaning,
        earlier=earlier,
        coding=coding,
    )
    if stops := stopping(intake.findings):
        raise RawDataError(stops)
    return intake


def examine(
    raw: RawTable,
    *,
    part: Part,
    part_name: str,
    wave: str,
    questions: Sequence[Question],
    cleaning: Cleaning,
    earlier: Earlier = NOTHING,
    coding: CodingFile | None = None,
) -> Intake:
    """Return what becomes of a raw file, whether or not a finding stops the build."""
    coded = [question for question in questions if question.coded_from]
    questions = with_response_sets(raw, [question for question in questions if not question.coded_from])
    first = [
        *raw.findings,
        *missing_columns(raw, questions, taken=earlier),
        *codebook_slips(raw, questions),
        *unexpected_columns(raw, questions, part=part, cleaning=cleaning, wave=wave, earlier=earlier),
        *_id_findings(raw, questions, part),
    ]
    wrong = {finding.message for finding in first if finding.rule == "codebook"}
    usable = () if wrong else tuple(question for question in questions if _present(question, raw))
    state, issues = _start(raw, usable, cleaning)
    apply_rules(state, cleaning, part=part_name, wave=wave)
    if part.id in state.answers:
        check_ids(state, part.id, cleaning)
    log_issues(state, issues)
    _route_if_complete(state, cleaning, complete=len(usable) == len(questions))
    ids = _ids(state, part.id)
    coding_log = add_coded(state, coded, coding, ids=ids, cleaning=cleaning) if coding else None
    findings = (*first, *issue_findings(state, issues), *state.findings)
    return _finish(state, ids, coding_log, findings)


def _start(
    raw: RawTable, questions: Sequence[Question], cleaning: Cleaning
) -> tuple[State, tuple[Issue, ...]]:
    read = [harmonise(question, raw, cleaning) for question in questions]
    answers: dict[str, Answers] = {each.answers.question.name: each.answers for each in read}
    issues = tuple(issue for each in read for issue in each.issues)
    return State(raw, answers, np.full(len(raw.rows), "", object)), issues


def _present(question: Question, raw: RawTable) -> bool:
    return all(column in raw.columns for column in question.raw_columns)


def _id_findings(raw: RawTable, questions: Sequence[Question], part: Part) -> list[Finding]:
    if any(question.name == part.id for question in questions):
        return []
    message = (
        f"variable '{part.id}', the id in study.yaml, is not asked in this wave; correct it in study.yaml"
    )
    return [Finding(severity="stop", rule="missing_id", file=raw.file, message=message)]


def _route_if_complete(state: State, cleaning: Cleaning, *, complete: bool) -> None:
    if complete:
        apply_routing(state, cleaning)


def _ids(state: State, id_name: str) -> list[str]:
    return (
        identifiers(state, id_name) if id_name in state.answers else [f"row-{row}" for row in state.raw.rows]
    )


def _finish(
    state: State, ids: list[str], coding_log: pd.DataFrame | None, findings: tuple[Finding, ...]
) -> Intake:
    rows, kept, file = state.raw.rows, state.kept, state.raw.file
    known = {
        "_file": pa.array([file] * int(kept.sum()), pa.string()),
        "_row": pa.array(rows[kept], pa.int64()),
        "_id": pa.array(np.array(ids, object)[kept], pa.string()),
    }
    return Intake(
        responses=table_of(known, (answers.taken(kept) for answers in state.answers.values())),
        log=pd.concat([change_log(state, ids), *([] if coding_log is None else [coding_log])]),
        dispositions=disposition_table(state, ids),
        findings=findings,
    )


def check_study(study: Study, root: Path, *, waves: Iterable[str] | None = None) -> list[Finding]:
    """Return everything that a person should know about the raw files of all parts.

    Parameters
    ----------
    study
        The study.
    root
        Folder that holds config/ and data/.
    waves
        Waves looked at; all when left out.
    """
    return [
        finding
        for wave in (study.wave_names if waves is None else waves)
        for part_name in study.parts_in(wave)
        for finding in _check_file(study, root, part_name, wave)
    ]


def _check_file(study: Study, root: Path, part_name: str, wave: str) -> tuple[Finding, ...]:
    part, file = study.settings.parts[part_name], study.raw_file(part_name, wave)
    try:
        raw = read_raw(root / file, file=file, source=part.source, wave=wave)
        coding = coding_of(study, root, part_name, wave)
    except RawDataError as error:
        return error.findings
    questions = study.codebook.questions(part_name, wave)
    intake = examine(
        raw,
        part=part,
        part_name=part_name,
        wave=wave,
        questions=questions,
        cleaning=study.cleaning,
        earlier=study.earlier(part_name, wave),
        coding=coding,
    )
    return intake.findings


def coding_of(study: Study, root: Path, part: str, wave: str) -> CodingFile | None:
    """Read the coding file of a part and wave; None where there is none."""
    declared = study.verbatims.coding(part, wave)
    if declared is None:
        return None
    questions = study.codebook.questions(part, wave)
    bases = {one.name: study.verbatims.base(one.name) for one in questions if one.coded_from}
    return read_coding(root / declared.path(wave), declared=declared, wave=wave, bases=bases)

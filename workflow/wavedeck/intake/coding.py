"""Codes of open answers: a coding file held against the responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wavedeck.intake.answers import ANSWERED, Answers
from wavedeck.intake.checks import DONE
from wavedeck.intake.decode import MISSING_KINDS, Decoded, decode
from wavedeck.intake.delivered import ROW, read_delivered
from wavedeck.intake.harmonise import action_for
from wavedeck.intake.matching import Matching
from wavedeck.intake.records import LOG_COLUMNS
from wavedeck.intake.state import State
from wavedeck.intake.values import RawValue
from wavedeck.study.codebook import Question
from wavedeck.study.errors import did_you_mean
from wavedeck.study.findings import Finding
from wavedeck.study.settings import Cleaning
from wavedeck.study.verbatims import Base, VerbatimFile

COLUMNS = ("respondent", "variable", "code")
_NOT_ASKED, _INVALID, _UNCODED = (MISSING_KINDS.index(kind) for kind in ("not_asked", "invalid", "uncoded"))
_UNKNOWN = -1


@dataclass(frozen=True)
class CodingFile:
    """A coding file as read, and who counts in the shares of each coded variable.

    Attributes
    ----------
    file
        Path of the file as the study names it.
    codes
        One row per code: `_row`, respondent, variable, code.
    bases
        Coded variable -> who counts.
    """

    file: str
    codes: pd.DataFrame
    bases: Mapping[str, Base] = field(default_factory=dict)


def read_coding(path: Path, *, declared: VerbatimFile, wave: str, bases: Mapping[str, Base]) -> CodingFile:
    """Read a coding file.

    Raises
    ------
    RawDataError
        When the file is missing or unreadable, or lacks a column.
    """
    file = declared.path(wave)
    return CodingFile(file, read_delivered(path, file=file, declared=declared, columns=COLUMNS), bases)


def add_coded(
    state: State, questions: Sequence[Question], coding: CodingFile, *, ids: Sequence[str], cleaning: Cleaning
) -> pd.DataFrame:
    """Add the answers to coded questions; return the cleaning log of the coding file.

    Parameters
    ----------
    state
        Answers of the raw file, cleaned and routed; gets the coded ones and their findings.
    questions
        Questions with `coded_from`.
    coding
        The coding file.
    ids
        Id of each raw row.
    cleaning
        What is done with codes that do not fit.
    """
    state.findings += _strange_variables(questions, coding)
    logs = [pd.DataFrame(columns=LOG_COLUMNS)]
    for question in questions:
        if question.coded_from in state.answers:
            match = Matching(question, coding.file, _placed(question, coding, ids, state))
            state.answers[question.name] = _coded(match, state, cleaning, coding)
            state.findings += match.findings
            logs += match.log
    return pd.concat(logs, ignore_index=True)


def _strange_variables(questions: Sequence[Question], coding: CodingFile) -> Iterator[Finding]:
    known = [question.coded_from for question in questions]
    strange = coding.codes[~coding.codes["variable"].isin(known)]
    for name, rows in strange.groupby("variable", sort=False):
        hint = did_you_mean(str(name), known, then=f"coded questions: {', '.join(known)}")
        yield Finding(
            severity="stop",
            rule="unknown_variable",
            file=coding.file,
            message=f"no codes of '{name}' are expected{hint}",
            row=int(rows[ROW].iloc[0]),
            column="variable",
            value=str(name),
            count=len(rows),
        )


def _placed(question: Question, coding: CodingFile, ids: Sequence[str], state: State) -> pd.DataFrame:
    """Return the codes of a question with the position of each respondent; dropped ones are left out."""
    codes = coding.codes[coding.codes["variable"] == question.coded_from]
    kept, every = state.kept, pd.Series(ids, dtype=object)
    positions = pd.Series(np.flatnonzero(kept), index=every[kept]).groupby(level=0).first()
    found = codes["respondent"].map(positions).fillna(_UNKNOWN).astype(np.int64)
    dropped = (found == _UNKNOWN) & codes["respondent"].isin(every[~kept])
    return codes.assign(position=found)[~dropped]


def _coded(match: Matching, state: State, cleaning: Cleaning, coding: CodingFile) -> Answers:
    question, source = match.question, state.answers[match.question.coded_from]
    _leave_out_strangers(match, cleaning)
    _leave_out_unanswered(match, source, cleaning)
    decoded = {code: decode(question, RawValue(code)) for code in match.codes["code"].unique()}
    invalid = _settle_unknown(match, decoded, cleaning)
    twice = match.codes.duplicated(["position", "code"]).to_numpy()
    match.report(
        twice, "repeated_code", f"the same code of '{question.coded_from}' twice; counted once", "warning"
    )
    answers = _answers(match, decoded, source, coding.bases.get(question.name, "coded"))
    answers = replace(answers, missing=_with_invalid(answers, invalid))
    _report_uncoded(match, state, source, cleaning)
    return answers


def _leave_out_strangers(match: Matching, cleaning: Cleaning) -> None:
    rows = (match.codes["position"] == _UNKNOWN).to_numpy()
    action = cleaning.coding.unknown_respondents
    advice = "correct the number, or declare coding, unknown_respondents in cleaning.yaml"
    done = advice if action == "stop" else "left out as declared"
    message = f"codes for respondents who are not in the raw file; {done}"
    match.report(rows, "unknown_respondent", message, "stop" if action == "stop" else "warning")
    match.leave_out(rows, "unknown_respondent", "declared under coding in cleaning.yaml")


def _leave_out_unanswered(match: Matching, source: Answers, cleaning: Cleaning) -> None:
    rows = ~source.answered[match.codes["position"].to_numpy()]
    action = cleaning.coding.without_answer
    advice = "correct the codes, or declare coding, without_answer in cleaning.yaml"
    done = {"stop": advice, "leave_out": "left out as declared", "keep": "kept as declared"}[action]
    message = f"codes for respondents who gave no answer to '{match.question.coded_from}'; {done}"
    match.report(rows, "code_without_answer", message, "stop" if action == "stop" else "warning")
    if action == "leave_out":
        match.leave_out(rows, "code_without_answer", "declared under coding in cleaning.yaml")


def _settle_unknown(match: Matching, decoded: Mapping[str, Decoded], cleaning: Cleaning) -> NDArray[np.int64]:
    """Leave unknown codes out; return the positions whose answer they make invalid."""
    unknown = [code for code, one in decoded.items() if one.problem]
    declared = action_for(cleaning.unknown_codes, match.question)
    action = "stop" if declared == "keep" else declared
    for code in unknown:
        known = list(match.question.codes or match.question.categories)
        advice = f"add it in codebook.yaml, or declare unknown_codes{did_you_mean(code, known)}"
        message = f"code '{code}' is not in the code frame '{match.question.name}'; {DONE[action] or advice}"
        rows = (match.codes["code"] == code).to_numpy()
        match.report(rows, "unknown_code", message, "stop" if action == "stop" else "warning")
    rows = match.codes["code"].isin(unknown).to_numpy()
    positions = match.codes["position"].to_numpy()[rows]
    match.leave_out(rows, f"unknown_code:{action}", "declared under unknown_codes in cleaning.yaml")
    return positions if action == "set_missing" else positions[:0]


def _answers(match: Matching, decoded: Mapping[str, Decoded], source: Answers, base: Base) -> Answers:
    size, question = len(source.missing), match.question
    meaning = match.codes["code"].map(lambda code: decoded[code].answer)
    no_answer = match.codes["code"].map(lambda code: decoded[code].missing)
    ticks = {category: np.zeros(size, np.bool_) for category in question.categories}
    for category, rows in match.codes.groupby(meaning, sort=False):
        ticks[str(category)][rows["position"].to_numpy()] = True
    missing = np.where(source.answered, _UNCODED, source.missing)
    for kind, rows in match.codes.groupby(no_answer, sort=False):
        missing[rows["position"].to_numpy()] = MISSING_KINDS.index(str(kind))
    counted = np.logical_or.reduce(list(ticks.values()))
    if base != "coded":
        counted = counted | (source.answered if base == "answered" else source.missing != _NOT_ASKED)
    return Answers(question, np.where(counted, ANSWERED, missing).astype(np.int8), ticks=ticks)


def _with_invalid(answers: Answers, positions: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return why answers are missing, those invalid that have an unknown code and no other."""
    assert answers.ticks is not None
    ticked = np.logical_or.reduce(list(answers.ticks.values()))
    missing = answers.missing.copy()
    missing[positions[~ticked[positions]]] = _INVALID
    return missing


def _report_uncoded(match: Matching, state: State, source: Answers, cleaning: Cleaning) -> None:
    """Note how many answers no coder has given a code."""
    seen = np.zeros(len(source.missing), np.bool_)
    seen[match.codes["position"].to_numpy()] = True
    answered = source.answered & state.kept
    positions = np.flatnonzero(answered & ~seen)
    if not len(positions):
        return
    percent = 100 * len(positions) / int(answered.sum())
    limit = cleaning.coding.uncoded_at_most
    stops = percent > limit
    advice = f"; at most {limit:g}% may be: code them, or declare coding, uncoded_at_most in cleaning.yaml"
    message = f"{percent:.1f}% of the answers to '{source.question.name}' have no code in {match.file}"
    match.findings.append(
        Finding(
            severity="stop" if stops else "warning",
            rule="uncoded",
            file=state.raw.file,
            message=message + (advice if stops else ""),
            row=int(state.raw.rows[positions[0]]),
            column="+".join(source.question.raw_columns),
            count=len(positions),
        )
    )

"""What coders and editors would deliver with made-up open answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wavedeck.dummy.draw import Respondents
from wavedeck.dummy.encode import codes_of
from wavedeck.study.load import Study
from wavedeck.study.verbatims import VerbatimFile

CODING_COLUMNS = ("respondent", "variable", "code", "coder")
CLEARED_COLUMNS = ("respondent", "variable", "cleared", "language", "text")
CODERS = ("A", "B")

Row = Sequence[str]


def write_verbatims(
    study: Study, respondents: Respondents, root: Path, *, part: str, wave: str
) -> tuple[Path, ...]:
    """Write the coding file and the file of cleared texts, where the study declares them.

    Parameters
    ----------
    study
        The study.
    respondents
        Who answered what.
    root
        Folder that holds data/.
    part, wave
        Which respondents.

    Returns
    -------
    tuple of Path
        The files written.
    """
    found = []
    coding, cleared = study.verbatims.coding(part, wave), study.verbatims.cleared(part, wave)
    ids = _ids(respondents, study.settings.parts[part].id)
    if coding:
        found.append(_write(root, coding, wave, [CODING_COLUMNS, *_coding(respondents, ids)]))
    if cleared:
        found.append(_write(root, cleared, wave, [CLEARED_COLUMNS, *_cleared(respondents, ids)]))
    return tuple(found)


def _ids(respondents: Respondents, name: str) -> list[str]:
    return [str(value) for value in respondents.answers[name]]


def _coding(respondents: Respondents, ids: Sequence[str]) -> Iterator[Row]:
    for question in respondents.questions:
        if not question.coded_from:
            continue
        codes = codes_of(question)
        nothing = next((code for code, kind in question.missing.items() if kind == "uncoded" and code), None)
        for one in respondents.written:
            if one.question == question.coded_from:
                coder = CODERS[one.row % len(CODERS)]
                written = [codes.get(code, code) for code in one.codes] or ([nothing] if nothing else [])
                yield from ((ids[one.row], one.question, code, coder) for code in written)


def _cleared(respondents: Respondents, ids: Sequence[str]) -> Iterator[Row]:
    for one in respondents.written:
        if not one.cleared:
            yield ids[one.row], one.question, "no", next(iter(one.texts)), ""
            continue
        for language, text in one.texts.items():
            yield ids[one.row], one.question, "yes", language, text


def _write(root: Path, declared: VerbatimFile, wave: str, rows: Iterable[Row]) -> Path:
    path = root / declared.path(wave)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, delimiter=declared.delimiter or ",", lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding=declared.encoding or "utf-8")
    return path

"""What earlier waves asked and this one does not."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from wavedeck.study.base import Strict, WaveName
from wavedeck.study.codebook import Codebook


class EarlierQuestion(Strict):
    """A question that a wave does not ask, but earlier ones did."""

    name: str = Field(description="Name of the question, e.g. service@art.")
    waves: list[WaveName] = Field(description="Earlier waves that asked it, oldest first.")


def earlier_questions(
    codebook: Codebook, part: str, *, wave: str, before: Iterable[str]
) -> dict[str, EarlierQuestion]:
    """Return the raw columns of questions that a part was asked in earlier waves and not in this one.

    Parameters
    ----------
    codebook
        Codebook of the study.
    part, wave
        Which raw file is looked at.
    before
        Earlier waves that have the part, oldest first.

    Returns
    -------
    Raw column -> the question that it held in the last of those waves.
    """
    asked = {question.name for question in codebook.questions(part, wave)}
    found: dict[str, EarlierQuestion] = {}
    waves: dict[str, list[str]] = {}
    for older in before:
        for question in codebook.questions(part, older):
            if question.name not in asked:
                waves.setdefault(question.name, []).append(older)
                own = EarlierQuestion(name=question.name, waves=list(waves[question.name]))
                found |= dict.fromkeys(question.raw_columns, own)
    return found

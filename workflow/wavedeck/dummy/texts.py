"""Open answers: phrases of the plan, chosen so that they hold the themes that coders will find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from wavedeck.dummy.absent import answering
from wavedeck.dummy.plan import Phrase, TextPlan, names_of
from wavedeck.dummy.prior import categories_of
from wavedeck.dummy.state import Draw
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError

UNPLANNED = {"nl": "Verzonnen antwoord {}.", "en": "Made-up answer {}."}
UNPLANNED_PHRASES = 20


@dataclass(frozen=True)
class Written:
    """One open answer.

    Attributes
    ----------
    row
        Place of the respondent.
    question
        The open question.
    texts
        Language -> what may be printed; the language it was given in comes first.
    codes
        Themes that coders find in it.
    cleared
        Whether it may be quoted.
    """

    row: int
    question: str
    texts: dict[str, str]
    codes: tuple[str, ...]
    cleared: bool


def write_texts(draw: Draw, questions: Sequence[Question]) -> tuple[Written, ...]:
    """Write every open answer and return how coders and editors see it.

    Parameters
    ----------
    draw
        Everything drawn; open answers are filled in.
    questions
        The questions of the wave.

    Raises
    ------
    ConfigError
        When no phrase of the plan has a theme that is needed.
    """
    coded = {question.coded_from: question for question in questions if question.coded_from}
    found: list[Written] = []
    for question in questions:
        if question.type in ("open", "text"):
            found += _write(draw, question, coded.get(question.name))
    return tuple(found)


def _write(draw: Draw, question: Question, coded: Question | None) -> Iterator[Written]:
    rows = answering(draw.columns[question.name + MISSING_MARK])
    plan, rng = _plan(draw, question), draw.chance(question.name)
    language = draw.study.settings.languages[0]
    values: NDArray = np.full(draw.size, None, object)
    for row in rows:
        codes = _codes(draw, coded, int(row))
        phrases = _phrases(rng, plan, question, coded, codes)
        values[row] = " ".join(f"{one.before} {_first(one)}".strip() for one in phrases)
        yield Written(int(row), question.name, _texts(phrases, language), codes, _all_cleared(phrases))
    draw.put({question.name: values})


def _plan(draw: Draw, question: Question) -> TextPlan:
    for name in names_of(question):
        if name in draw.plan.texts:
            return draw.plan.texts[name]
    language = draw.study.settings.languages[0]
    pattern = UNPLANNED.get(language, UNPLANNED["en"])
    return TextPlan(phrases=[pattern.format(number) for number in range(1, UNPLANNED_PHRASES + 1)])


def _codes(draw: Draw, coded: Question | None, row: int) -> tuple[str, ...]:
    if coded is None:
        return ()
    names = categories_of(coded)
    return tuple(name for name in names if draw.columns[f"{coded.name}.{name}"][row])


def _phrases(
    rng: Generator, plan: TextPlan, question: Question, coded: Question | None, codes: Sequence[str]
) -> list[Phrase]:
    """Return phrases that hold exactly the themes of a respondent."""
    known = plan.all_phrases
    if coded is None:
        return [known[int(rng.integers(len(known)))]]
    left, found = set(codes), list[Phrase]()
    while left or not found:
        fitting = [one for one in known if set(one.codes) <= left and bool(one.codes) == bool(left)]
        if not fitting:
            named = f"with code '{sorted(left)[0]}' alone" if left else "without codes"
            raise ConfigError(f"dummy.yaml, texts, {question.name}: a phrase {named} is needed; add one")
        found.append(fitting[int(rng.integers(len(fitting)))])
        left -= set(found[-1].codes)
        if not codes:
            break
    return found


def _language(phrase: Phrase, language: str) -> str:
    first = next(iter(phrase.text))
    return language if first == ANY_LANGUAGE else first


def _first(phrase: Phrase) -> str:
    return next(iter(phrase.text.values()))


def _texts(phrases: Sequence[Phrase], language: str) -> dict[str, str]:
    """Return what all phrases say together, in each language that all have."""
    own = [
        {_language(one, language) if name == ANY_LANGUAGE else name: text for name, text in one.text.items()}
        for one in phrases
    ]
    shared = [name for name in own[0] if all(name in texts for texts in own)]
    return {name: " ".join(texts[name] for texts in own) for name in shared}


def _all_cleared(phrases: Sequence[Phrase]) -> bool:
    return all(phrase.cleared for phrase in phrases)

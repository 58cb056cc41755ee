"""Put into a raw file what does not belong there, as declared.

Nothing that was answered gets lost: wrong codes stand where a question was passed over, so that cleaning
takes the file back to what the respondents said.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from wavedeck.dummy.draw import Respondents
from wavedeck.dummy.plan import DirtPlan, PartPlan
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError


def soiled(
    raw: pd.DataFrame, respondents: Respondents, *, plan: PartPlan, dirt: DirtPlan, rng: Generator
) -> pd.DataFrame:
    """Return a raw file with the declared dirt in it.

    Parameters
    ----------
    raw
        Columns of text, one row per respondent.
    respondents
        The same respondents before encoding.
    plan, dirt
        Plan of the part, and what is wrong in this wave.
    rng
        Source of chance.
    """
    raw = raw.copy()
    for wrong in dirt.codes:
        question = _question(respondents, wrong.variable)
        rows = _rows(respondents, question, ("blank", "not_asked"), wrong.rows, rng)
        raw.loc[rows, question.raw_columns[0]] = wrong.code
    for route in dirt.routing:
        _misroute(raw, respondents, _question(respondents, route.variable), route.rows, rng)
    with_empty = pd.concat(
        [raw, _empty_rows(raw, respondents, plan, dirt.empty_rows, rng)], ignore_index=True
    )
    return _with_duplicates(_by_id(with_empty, respondents), dirt.duplicates, rng)


def _question(respondents: Respondents, name: str) -> Question:
    for question in respondents.questions:
        if question.name == name:
            return question
    raise ConfigError(
        f"dummy.yaml, dirt: '{name}' is not asked in that wave; name a variable or item of the wave"
    )


def _rows(
    respondents: Respondents, question: Question, kinds: tuple[str, ...], wanted: int, rng: Generator
) -> NDArray[np.int64]:
    """Return rows without an answer, of the first kind of missing answer that has enough."""
    why = respondents.answers[question.name + MISSING_MARK]
    found = [np.flatnonzero(why == kind) for kind in kinds]
    rows = next((rows for rows in found if len(rows) >= wanted), None)
    if rows is None:
        raise ConfigError(
            f"dummy.yaml, dirt: '{question.name}' has {max(map(len, found))} rows that are "
            f"{' or '.join(kinds)}, {wanted} are needed; raise its rate of blanks or ask for fewer"
        )
    return rng.choice(rows, wanted, replace=False)


def _misroute(
    raw: pd.DataFrame, respondents: Respondents, question: Question, wanted: int, rng: Generator
) -> None:
    rows = _rows(respondents, question, ("not_asked",), wanted, rng)
    answered = np.flatnonzero(respondents.answers[question.name + MISSING_MARK].isna())
    givers = rng.choice(answered, wanted, replace=False)
    for column in question.raw_columns:
        raw.loc[rows, column] = raw.loc[givers, column].to_numpy()


def _empty_rows(
    raw: pd.DataFrame, respondents: Respondents, plan: PartPlan, wanted: int, rng: Generator
) -> pd.DataFrame:
    """Return rows that hold an id and what the sample file says, and nothing else."""
    known = [
        column
        for question in respondents.questions
        if any(question.name in cell.answers for cell in plan.cells.values())
        for column in question.raw_columns
    ]
    rows = raw.iloc[rng.choice(len(raw), wanted, replace=False)].copy()
    rows.loc[:, ~rows.columns.isin(known)] = ""
    rows[_id_column(respondents)] = _free_ids(raw[_id_column(respondents)], wanted, rng)
    return rows


def _free_ids(ids: pd.Series, wanted: int, rng: Generator) -> list[str]:
    taken = {int(text) for text in ids}
    free = [number for number in range(1, max(taken) + wanted + 1) if number not in taken]
    return [str(number) for number in rng.choice(free, wanted, replace=False)]


def _by_id(raw: pd.DataFrame, respondents: Respondents) -> pd.DataFrame:
    return raw.sort_values(_id_column(respondents), key=lambda ids: ids.astype(int), ignore_index=True)


def _id_column(respondents: Respondents) -> str:
    return next(question.raw_columns[0] for question in respondents.questions if question.type == "id")


def _with_duplicates(raw: pd.DataFrame, wanted: int, rng: Generator) -> pd.DataFrame:
    again = raw.iloc[np.sort(rng.choice(len(raw), wanted, replace=False))]
    return pd.concat([raw, again], ignore_index=True)

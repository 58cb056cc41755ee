"""One figure on request: its SQL, and the rows and scores that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.needed import needed_questions
from wavedeck.audit.recompute.plan import Average
from wavedeck.audit.recompute.sql import Session, name, text
from wavedeck.audit.recompute.stage import Files, recompute_part, start
from wavedeck.study.address import Address
from wavedeck.study.impact import Impact
from wavedeck.study.indicators import Indicator, Indicators, RangeIndicator
from wavedeck.study.load import Study

ROW_COLUMNS = ("row", "id", "cell", "weight", "included", "in_group", "answer", "score", "cluster", "stratum")


@dataclass(frozen=True)
class FigureRows:
    """What an average of one group rests on.

    Attributes
    ----------
    address
        The figure.
    statistic, scale
        How it is made; 100 for shares.
    scores
        Answer -> score, others 0; None takes the answer itself.
    rows
        One per respondent, with the columns of `ROW_COLUMNS`; answer and score None where there is none.
    stored
        Field -> number in the store.
    """

    address: str
    statistic: str
    scale: float
    scores: Mapping[str, float] | None
    rows: tuple[tuple[Any, ...], ...]
    stored: Mapping[str, float]


def parse_figure(study: Study, address: str) -> tuple[Address, Indicator]:
    """Return address and indicator of a figure.

    Raises
    ------
    AuditError
        When the study has no such indicator, or it is one that rests on models.
    """
    found = Address.parse(address)
    spec = study.indicators.indicators.get(found.indicator)
    if spec is None:
        made = found.indicator in study.every_indicator
        why = (
            "is made by an analysis of impact; the R script of the study has it" if made else "does not exist"
        )
        raise AuditError(f"{address}: indicator '{found.indicator}' {why}")
    return found, spec


def figure_session(study: Study, files: Files, address: str) -> Session:
    """Recompute one figure alone; the session's statements are the SQL that does it."""
    found, spec = parse_figure(study, address)
    used = {found.indicator: spec.model_copy(update=_one_group(spec, found.group))}
    for side in ("of", "minus"):
        reference = getattr(spec, side, None)
        if isinstance(reference, str):
            other = reference.partition(".")[0].partition("@")[0]
            own = study.indicators.indicators[other]
            used[other] = own.model_copy(update=_sides_groups(spec, own, found.group))
    small = replace(study, indicators=Indicators(indicators=used), impact=Impact())
    questions = study.codebook.questions(found.part, found.wave)
    only = needed_questions(small, questions, used.values(), part=found.part, wave=found.wave)
    session = Session(explains=True)
    stored = [files.wave(_report(study, files, found.wave)) / f"full_{one}.parquet" for one in _STORE]
    start(session, *stored)
    recompute_part(session, small, files, [], part=found.part, wave=found.wave, only=only)
    return session


_STORE = ("figures", "comparisons")


def _one_group(spec: Indicator, group: str) -> dict[str, Any]:
    return {} if isinstance(spec, RangeIndicator) else {"groups": [group]}


def _sides_groups(spec: Indicator, own: Indicator, group: str) -> dict[str, Any]:
    if isinstance(spec, RangeIndicator):
        return {} if isinstance(spec.over, str) else {"groups": spec.over}
    return {"groups": [group]} if own.statistic != "composition" else {}


def _report(study: Study, files: Files, wave: str) -> str:
    """Return the newest built report that holds a wave."""
    later = study.wave_names[study.wave_names.index(wave) :]
    built = [one for one in reversed(later) if (files.wave(one) / "full_figures.parquet").is_file()]
    if not built:
        raise AuditError(f"no report of study '{study.name}' with wave {wave} is built; build it first")
    return built[0]


def figure_sql(study: Study, files: Files, address: str) -> str:
    """Return the SQL from the raw file to one figure, to be run by DuckDB in the study's root folder."""
    session = figure_session(study, files, address)
    statements = [one.replace(f"{files.root}/", "") for one in _without_store(session.statements)]
    query = f"SELECT count(*) FROM main.recomputed WHERE address = {text(address)}"
    if not session.rows(query)[0][0]:
        raise AuditError(f"{address}: has no value to recompute; the wave did not ask it, or nobody answered")
    last = f"SELECT field, value FROM main.recomputed WHERE address = {text(address)} ORDER BY field"
    head = f"-- {address}\n-- Run with DuckDB in the folder that holds config/ and data/.\n"
    return head + ";\n\n".join([*statements, last]) + ";\n"


_MAKES_STORE = re.compile(r"CREATE OR REPLACE TABLE (stored|compared|stored_value|table_check)\b")
_ASKS_STORE = re.compile(r"\b(FROM|JOIN) (main\.)?(stored|compared|stored_value)\b")


def _without_store(statements: Sequence[str]) -> list[str]:
    """Leave out what reads the store, unless the figure needs it, as ranges do."""
    own = [one for one in statements if not _MAKES_STORE.match(one)]
    return list(statements) if any(_ASKS_STORE.search(one) for one in own) else own


def figure_rows(study: Study, files: Files, address: str) -> FigureRows:
    """Return the respondents that an average rests on, with weight, group, answer and score.

    Raises
    ------
    AuditError
        When the figure is no single average.
    """
    found, spec = parse_figure(study, address)
    session = figure_session(study, files, address)
    average = _average(session, address, spec)
    score = "CAST(v.answer AS DOUBLE)" if average.scores is None else "coalesce(s.score, 0)"
    weight = "weight.weight" if average.weighted else "1.0::DOUBLE"
    design = study.settings.parts[found.part].design
    cluster = (
        f"CAST(people.{name(design.clusters)} AS VARCHAR)" if design.clusters else "people._row::VARCHAR"
    )
    stratum = f"CAST(people.{name(design.strata)} AS VARCHAR)" if design.strata else "'1'"
    rows = session.rows(
        f"SELECT people._row, people._id, weight.cell, {weight}, included, inside, v.answer, "
        f"CASE WHEN v.answer IS NOT NULL THEN {score} END, {cluster}, {stratum}\n"
        f"FROM people JOIN weight USING (_row) JOIN member ON member._row = people._row "
        f'AND member."group" = {text(found.group)}\n'
        f"LEFT JOIN value AS v ON v._row = people._row AND v.answers = {text(average.answers)}\n"
        f"LEFT JOIN score AS s ON s.place = {average.category} AND s.answer = v.answer ORDER BY people._row"
    )
    stored = dict(session.rows(f"SELECT field, value FROM stored_value WHERE address = {text(address)}"))
    return FigureRows(address, spec.statistic, average.scale, average.scores, tuple(rows), stored)


def _average(session: Session, address: str, spec: Indicator) -> Average:
    """Return what a figure averages, its category holding the place in the plan."""
    rows = session.rows(
        f"SELECT place, answers, weighted, scale, numeric FROM figure WHERE address = {text(address)}"
    )
    if not rows or not rows[0][1]:
        raise AuditError(
            f"{address}: a {spec.statistic.replace('_', ' ')} is no single average of this wave's answers; "
            "take its SQL, or the figures that it is made of"
        )
    place, answers, weighted, scale, numeric = rows[0]
    scores = dict(session.rows(f"SELECT answer, score FROM score WHERE place = {place}"))
    return Average(
        indicator="",
        item="",
        category=str(place),
        statistic=spec.statistic,
        answers=answers,
        scores=None if numeric else scores,
        scale=scale,
        groups=(),
        weighted=weighted,
    )

"""What each indicator averages: which answers, which score each gets, for which groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from wavedeck.audit.recompute.cell import why
from wavedeck.audit.recompute.conditions import Columns
from wavedeck.audit.recompute.sql import any_of, name
from wavedeck.study.address import Address
from wavedeck.study.codebook import Question
from wavedeck.study.indicators import (
    CompositionIndicator,
    DistributionIndicator,
    Indicator,
    MeanIndicator,
    MultipleIndicator,
    NotApplicableIndicator,
    NpsIndicator,
    ShareIndicator,
)
from wavedeck.study.load import Study

NPS_SCORES = {**{str(mark): -100.0 for mark in range(7)}, "9": 100.0, "10": 100.0}
ANSWERED_BY = MeanIndicator | ShareIndicator | NotApplicableIndicator | DistributionIndicator | NpsIndicator


@dataclass(frozen=True, kw_only=True)
class Average:
    """One weighted average per group.

    Attributes
    ----------
    indicator, item, category
        Names in the address.
    answers
        Which answers are averaged: a key of the plan's answers; empty where the wave did not ask.
    scores
        Answer -> score, others 0; None takes the answer itself.
    scale
        100 for shares.
    weighted
        Whether weights count.
    groups
        For whom; nobody where the indicator is not declared for the wave.
    """

    indicator: str
    item: str
    category: str
    statistic: str
    answers: str
    scores: Mapping[str, float] | None
    scale: float
    groups: tuple[str, ...]
    weighted: bool = True

    def address(self, part: str, group: str, wave: str) -> str:
        """Return the address of the figure of a group."""
        return str(Address(part, self.indicator, self.item, self.category, group, wave))


@dataclass
class Plan:
    """Everything that is averaged in one wave of one part.

    Attributes
    ----------
    averages
        In the order of indicators.yaml.
    answers
        Key -> SQL of one text per respondent, NULL where there is no answer.
    counted
        Groups whose respondents are counted, or for whom something else than an average is made.
    """

    part: str
    wave: str
    averages: list[Average] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)

    def groups(self) -> list[str]:
        """Return every group that is needed, `all` first."""
        return list(dict.fromkeys(["all", *(group for one in self.averages for group in one.groups)]))


def make_plan(study: Study, columns: Columns, *, part: str, wave: str) -> Plan:
    """Plan the averages of one wave of one part."""
    plan = Plan(part, wave)
    asked = {question.name: question for question in study.codebook.questions(part, wave)}
    for word, declared in study.indicators.indicators.items():
        if declared.parts is not None and part not in declared.parts:
            continue
        is_asked = declared.waves is None or wave in declared.waves
        spec = declared if is_asked else declared.model_copy(update={"groups": []})
        plan.counted += expanded(spec.groups, study, part)
        if isinstance(spec, CompositionIndicator):
            _composition(plan, word, spec, study)
        elif isinstance(spec, ANSWERED_BY | MultipleIndicator) and getattr(spec, "per", "") != "answers":
            for known in study.codebook.questions_ever(part):
                if known.variable == spec.variable:
                    _of_question(plan, (word, spec), (known, asked.get(known.name)), study, columns)
    analyses = [one for one in study.impact.analyses.values() if one.parts is None or part in one.parts]
    plan.counted += [group for one in analyses for group in expanded(one.groups, study, part)]
    return plan


def active(study: Study, part: str, wave: str) -> Iterator[tuple[str, Indicator]]:
    """Yield the indicators that a part has in a wave."""
    for word, spec in study.indicators.indicators.items():
        if (spec.parts is None or part in spec.parts) and (spec.waves is None or wave in spec.waves):
            yield word, spec


def expanded(names: Iterable[str], study: Study, part: str) -> tuple[str, ...]:
    """Return groups with breakdowns spelled out."""
    return study.group_book.expand(names, part)


def _composition(plan: Plan, word: str, spec: CompositionIndicator, study: Study) -> None:
    for counted in expanded(spec.of, study, plan.part):
        key = f"in {counted}"
        plan.answers[key] = ""
        plan.averages.append(
            Average(
                indicator=word,
                item="",
                category=counted,
                statistic="composition",
                answers=key,
                scores={"1": 1.0},
                scale=100.0,
                weighted=spec.weighted,
                groups=expanded(spec.groups, study, plan.part),
            )
        )


def _of_question(
    plan: Plan,
    declared: tuple[str, Indicator],
    questions: tuple[Question, Question | None],
    study: Study,
    columns: Columns,
) -> None:
    (word, spec), (known, asked) = declared, questions
    item, inner = (known.loop_entry, known.item) if known.loop_entry else (known.item, "")
    groups = expanded(spec.groups, study, plan.part)
    for category, counted in _categories(spec, known):
        answers, scores = "", None
        if asked is not None and asked.name in columns and _offers(asked, counted):
            answers, sql, scores = _answers(spec, asked, counted)
            plan.answers[answers] = sql
        plan.averages.append(
            Average(
                indicator=word,
                item=item,
                category=category or inner,
                statistic=spec.statistic,
                answers=answers,
                scores=scores,
                scale=100.0 if spec.unit == "percent" and spec.statistic != "mean" else 1.0,
                groups=groups,
            )
        )


def _categories(spec: Indicator, question: Question) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(spec, DistributionIndicator | MultipleIndicator):
        for category in scale_of(question):
            yield category, (category,)
        for net, declared in spec.nets.items():
            yield net, tuple(declared.categories)
    elif isinstance(spec, ShareIndicator):
        yield "", spec.counted(question.item or question.loop_entry)
    else:
        yield "", ()


def scale_of(question: Question) -> list[str]:
    """Return the categories of a question; the whole numbers between the ends of a rating."""
    if question.is_numeric and question.minimum is not None and question.maximum is not None:
        return [str(mark) for mark in range(int(question.minimum), int(question.maximum) + 1)]
    return list(question.categories)


def offered(question: Question) -> set[str]:
    """Return the categories that a question had in its wave."""
    if question.type == "multi" and isinstance(question.columns, dict) and not question.coded_from:
        return set(question.columns)
    return set(question.codes.values()) or set(question.categories)


def _offers(question: Question, counted: tuple[str, ...]) -> bool:
    return question.is_numeric or not counted or bool(offered(question) & set(counted))


def _answers(
    spec: Indicator, question: Question, counted: tuple[str, ...]
) -> tuple[str, str, Mapping[str, float] | None]:
    """Return the key of the answers, their SQL, and the score of each."""
    own = question.name
    if isinstance(spec, MultipleIndicator):
        here = [category for category in counted if category in offered(question)]
        key = f"{own} has {' or '.join(here)}"
        return key, ticked_sql(own, here), {"1": 1.0}
    if isinstance(spec, NotApplicableIndicator):
        sql = f"CASE WHEN {why(own)} = 'not_applicable' THEN '1' WHEN {why(own)} IS NULL THEN '0' END"
        return f"{own} not applicable", sql, {"1": 1.0}
    if not question.is_numeric:
        return own, name(own), dict.fromkeys(counted, 1.0)
    sql = f"shortest({name(own)})"
    if isinstance(spec, MeanIndicator):
        return own, sql, None
    if isinstance(spec, NpsIndicator):
        return own, sql, NPS_SCORES
    return own, sql, {f"{float(category):g}": 1.0 for category in counted}


def ticked_sql(question: str, categories: list[str]) -> str:
    """Return SQL that is '1' where one of some categories is ticked, '0' where none is."""
    ticked = any_of(f"coalesce({name(f'{question}.{category}')}, FALSE)" for category in categories)
    return f"CASE WHEN {why(question)} IS NULL THEN CASE WHEN {ticked} THEN '1' ELSE '0' END END"

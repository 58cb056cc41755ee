"""What a figure is: indicator, questions, categories that count, group, who was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wavedeck.audit.trace.place import WaveData
from wavedeck.audit.trace.rests import group_in_words, in_words
from wavedeck.audit.trace.terms import Terms
from wavedeck.figures.records import Figure
from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import parse_condition
from wavedeck.study.yaml_lines import read_yaml


@dataclass(frozen=True)
class QuestionText:
    """One question as asked and coded.

    Attributes
    ----------
    name, label, text
        Name in the responses, short label, wording.
    kind
        Type of question; with its range for numbers.
    columns
        Raw columns that hold the answer.
    categories
        Category -> label.
    codes
        Raw code -> category, where the raw file has codes.
    missing
        Raw code -> why there is no answer.
    asked_if
        Who was asked, empty for everybody.
    """

    name: str
    label: str
    text: str
    kind: str
    columns: tuple[str, ...]
    categories: Mapping[str, str]
    codes: Mapping[str, str]
    missing: Mapping[str, str]
    asked_if: str


@dataclass(frozen=True)
class Definition:
    """What a figure is.

    Attributes
    ----------
    indicator, label, statistic
        Name, label and kind.
    place
        File and line of its declaration.
    counted
        Categories that count.
    group, group_label, group_condition
        For whom.
    weighting_filter
        Who of them is left out of weighting, empty where nobody is.
    """

    indicator: str
    label: str
    statistic: str
    place: str
    counted: tuple[str, ...]
    questions: tuple[QuestionText, ...]
    group: str
    group_label: str
    group_condition: str
    weighting_filter: str


def define(figure: Figure, terms: Terms, data: WaveData, language: str) -> Definition:
    """Return the definition of a figure."""
    book, spec = data.study.group_book, data.study.every_indicator[figure.indicator]
    left_out = int((~data.included).sum()) if figure.statistic not in ("gross", "benchmark") else 0
    return Definition(
        indicator=figure.indicator,
        label=_said(spec.label, language),
        statistic=figure.statistic,
        place=_place(figure, data),
        counted=terms.counted,
        questions=tuple(question_text(one, language) for one in terms.questions),
        group=figure.group,
        group_label=book.label(figure.group, language),
        group_condition=group_in_words(figure.group, book),
        weighting_filter=f"{left_out} respondents are left out of the weighting" if left_out else "",
    )


def _place(figure: Figure, data: WaveData) -> str:
    """Return file and line of the declaration."""
    if figure.indicator in data.study.indicators.indicators:
        file, keys = "indicators", ("indicators", figure.indicator)
    else:
        from wavedeck.audit.trace.models import analysis_of

        file, keys = "impact", ("analyses", analysis_of(figure.indicator, data)[0])
    return read_yaml(data.study.folder / f"{file}.yaml").place(keys)


def question_text(one: Question, language: str) -> QuestionText:
    """Return a question as asked and coded, in one language."""
    return QuestionText(
        name=one.name,
        label=_said(one.label, language),
        text=_said(one.question or {}, language),
        kind=_kind(one),
        columns=one.raw_columns,
        categories={name: _said(label, language) for name, label in one.categories.items()},
        codes=one.codes,
        missing=dict(one.missing),
        asked_if=" and ".join(in_words(parse_condition(where)) for where in one.asked_if),
    )


def _kind(one: Question) -> str:
    if one.coded_from:
        return f"{one.type}, coded from the answers to '{one.coded_from}'"
    if one.minimum is None or one.maximum is None:
        return one.type
    return f"{one.type} from {one.minimum:g} to {one.maximum:g}"


def _said(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or text.get(ANY_LANGUAGE) or next(iter(text.values()), "")

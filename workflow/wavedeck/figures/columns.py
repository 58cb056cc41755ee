"""Indicators as columns: one number per respondent, whose weighted mean is the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from wavedeck.stats.columns import net_column, nps_column
from wavedeck.study.codebook import Codebook, Question
from wavedeck.study.indicators import (
    DistributionIndicator,
    Indicator,
    MeanIndicator,
    MultipleIndicator,
    NotApplicableIndicator,
    NpsIndicator,
    ShareIndicator,
)

PER_QUESTION = (
    MeanIndicator,
    ShareIndicator,
    NotApplicableIndicator,
    DistributionIndicator,
    NpsIndicator,
    MultipleIndicator,
)
PERCENT = 100.0


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing to average: an indicator for one item and category.

    Attributes
    ----------
    indicator, item, category
        The parts of the address that it fills.
    question
        The question in the wave concerned; None where the wave did not ask it.
    categories
        Categories that count, for shares, nets and multiple response.
    spec
        The indicator as declared.
    """

    indicator: str
    item: str
    category: str
    question: Question | None
    spec: Indicator = field(repr=False)
    categories: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        """Tell whether the figure is a share, printed in percent."""
        return self.spec.unit == "percent" and not isinstance(self.spec, MeanIndicator)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return indicator, item and category."""
        return (self.indicator, self.item, self.category)


def plan_columns(name: str, spec: Indicator, codebook: Codebook, *, part: str, wave: str) -> list[Column]:
    """Return the columns of an indicator that averages the answers to a question.

    Questions and categories that this wave did not ask keep their columns, with `question` None.
    """
    if not isinstance(spec, PER_QUESTION) or getattr(spec, "per", "respondents") == "answers":
        return []
    asked = {question.name: question for question in codebook.questions(part, wave)}
    ever = [item for item in codebook.questions_ever(part) if item.variable == spec.variable]
    return [column for known in ever for column in _columns(name, spec, known, asked.get(known.name))]


def _columns(name: str, spec: Indicator, known: Question, asked: Question | None) -> Iterator[Column]:
    item, inner = (known.loop_entry or known.item), (known.item if known.loop_entry else "")
    for category, counted in _categories(spec, known):
        yield Column(
            indicator=name,
            item=item,
            category=category or inner,
            question=asked if asked and _offers(asked, counted) else None,
            spec=spec,
            categories=counted,
        )


def _offers(question: Question, categories: tuple[str, ...]) -> bool:
    """Tell whether a wave offered at least one of some categories."""
    return question.is_numeric or not categories or bool(set(categories) & offered_categories(question))


def offered_categories(question: Question) -> frozenset[str]:
    """Return the categories that a question offered in its wave."""
    if question.type == "multi" and isinstance(question.columns, dict):
        return frozenset(question.columns)
    return frozenset(question.codes.values() or question.categories)


def _categories(spec: Indicator, question: Question) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(spec, DistributionIndicator | MultipleIndicator):
        for category in category_names(question):
            yield category, (category,)
        for net_name, net in spec.nets.items():
            yield net_name, tuple(net.categories)
    elif isinstance(spec, ShareIndicator):
        yield "", spec.counted(question.item or question.loop_entry)
    else:
        yield "", ()


def category_names(question: Question) -> tuple[str, ...]:
    """Return the categories of a question in scale order; numbers between the ends of a rating."""
    if question.is_numeric and question.minimum is not None and question.maximum is not None:
        return tuple(str(number) for number in range(int(question.minimum), int(question.maximum) + 1))
    return tuple(question.categories)


def column_values(column: Column, responses: pa.Table) -> np.ndarray:
    """Return one number per respondent, NaN without an answer.

    Returns
    -------
    numpy.ndarray
        Shape (n,), float64: the answer itself for means; 0 or 1 for shares; -100, 0 or 100 for NPS.
    """
    question = column.question
    if question is None:
        return np.full(responses.num_rows, np.nan)
    if isinstance(column.spec, MultipleIndicator):
        return _ticked(column, question, responses)
    if isinstance(column.spec, NotApplicableIndicator):
        return _not_applicable(question, responses)
    if question.is_numeric:
        return _from_numbers(column, _numbers(responses, question.name))
    return _from_categories(column, responses[question.name])


def _numbers(responses: pa.Table, name: str) -> np.ndarray:
    return np.asarray(responses[name].to_numpy(zero_copy_only=False), dtype=np.float64)


def _from_numbers(column: Column, answers: np.ndarray) -> np.ndarray:
    if isinstance(column.spec, MeanIndicator):
        return answers
    if isinstance(column.spec, NpsIndicator):
        return nps_column(answers)
    return net_column(answers, [float(category) for category in column.categories])


def _from_categories(column: Column, answers: pa.ChunkedArray) -> np.ndarray:
    values = answers.combine_chunks().dictionary_encode()
    wanted = np.array([text in column.categories for text in values.dictionary.to_pylist()] + [False])
    codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.where(codes < 0, np.nan, wanted[codes])


def _not_applicable(question: Question, responses: pa.Table) -> np.ndarray:
    why = np.array(responses[f"{question.name}!"].to_pylist(), dtype=object)
    answered = responses[question.name].is_valid().to_numpy(zero_copy_only=False)
    return np.where(why == "not_applicable", 1.0, np.where(answered, 0.0, np.nan))


def _ticked(column: Column, question: Question, responses: pa.Table) -> np.ndarray:
    offered = offered_categories(question)
    ticks = tick_matrix(responses, question, tuple(name for name in column.categories if name in offered))
    answered = ~np.isnan(ticks[:, 0])
    return np.where(answered, (np.nan_to_num(ticks) > 0).any(axis=1), np.nan)


def tick_matrix(responses: pa.Table, question: Question, categories: tuple[str, ...]) -> np.ndarray:
    """Return ticks of a multiple-response question.

    Returns
    -------
    numpy.ndarray
        Shape (n, categories), 1 ticked, 0 not ticked, NaN when the question has no answer.
    """
    columns = [responses[f"{question.name}.{category}"] for category in categories]
    numbers = [column.cast(pa.int8()).cast(pa.float64()).to_numpy(zero_copy_only=False) for column in columns]
    return np.column_stack(numbers)

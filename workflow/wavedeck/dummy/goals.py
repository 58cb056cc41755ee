"""What made-up answers must lead to: averages and numbers, each within the interval that prints as wanted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from wavedeck.figures.columns import Column
from wavedeck.study.codebook import Question

SOFT = 0.001
EDGE = 1e-6

Kind = Literal["average", "composition", "size", "base", "asked", "mentions", "implied"]


@dataclass(frozen=True, eq=False)
class Ratio:
    """One average or number over the respondents of a group.

    Attributes
    ----------
    kind
        ``average`` of a column, ``composition`` (share of the group's respondents in another group),
        ``size`` of the group, ``base`` (answers to a question), ``asked`` (respondents whom routing leads
        to a question), ``mentions`` (categories among all answers given), ``implied`` (mean that
        follows from the means of groups that together are everybody).
    group
        The respondents it is about.
    column, question
        What is averaged, or whose answers are counted.
    weighted
        Whether weights count.
    scores
        ``implied``: group -> the mean it will have.
    """

    kind: Kind
    group: str
    column: Column | None = None
    question: Question | None = None
    weighted: bool = True
    scores: tuple[tuple[str, float], ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells the ratio from others."""
        column = self.column.key if self.column else None
        question = self.question.name if self.question else ""
        return self.kind, self.group, column, question, self.weighted, self.scores


@dataclass(frozen=True, eq=False)
class Goal:
    """A sum of ratios and the interval it must come to lie in.

    Attributes
    ----------
    ids
        Rows of published.csv that ask for it; empty for what only helps others.
    name
        What messages call it.
    terms
        Ratios, each with the factor it counts with.
    low, high
        The interval, the upper end excluded; either may be infinite.
    half
        Half the width of what prints alike: the unit in which misses are measured.
    strength
        1, or less for a goal that gives way to others.
    shift
        Added to the sum of the terms.
    aim
        Where in the interval to go, from 0 to 1.
    address
        The figure whose estimate the goal is; empty for other goals.
    """

    ids: tuple[str, ...]
    name: str
    terms: tuple[tuple[float, Ratio], ...]
    low: float
    high: float
    half: float
    strength: float = 1.0
    shift: float = 0.0
    aim: float = 0.5
    address: str = ""

    @property
    def target(self) -> float:
        """Return the number to go for."""
        if math.isinf(self.low):
            return self.high - self.half
        if math.isinf(self.high):
            return self.low + self.half
        return self.low + self.aim * (self.high - self.low)

    @property
    def inside(self) -> tuple[float, float]:
        """Return the ends of the interval, a little inwards, so that noise does not cross them."""
        return self.low + EDGE * self.half, self.high - EDGE * self.half

    def aimed(self, aim: float) -> Goal:
        """Return the goal, aiming elsewhere in its interval."""
        return replace(self, aim=aim)


@dataclass(frozen=True, eq=False)
class Span:
    """A published range whose members nobody published.

    Attributes
    ----------
    ends
        Goals without terms: the ends that some member must take.
    members
        Terms of each member that may take one.
    """

    ends: tuple[Goal, ...]
    members: tuple[tuple[tuple[float, Ratio], ...], ...]

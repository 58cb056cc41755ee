"""What each figure is the sum of, without adding anything up: columns, groups and weights by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from wavedeck.audit.cards.coding import plain
from wavedeck.study.codebook import Question


class Shown(NamedTuple):
    """A number shown beside each row: a column, or 1 for everybody, times a factor."""

    column: str | None
    factor: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Term:
    """One sum over respondents within a figure.

    Attributes
    ----------
    kind
        ratio, count, correlation, or rows where a model stands between.
    sign, scale
        Factors of the whole.
    of, per
        Column that is summed, and column by which is divided; None stands for 1.
    group, mask
        Who counts: members of the group, of them those in the mask.
    included, weighted
        Whether only those in the weighting count, and with their weight.
    show
        Name -> number beside each row.
    """

    kind: str
    group: str
    sign: int = 1
    scale: float = 1.0
    of: str | None = None
    per: str | None = None
    mask: str | None = None
    included: bool = True
    weighted: bool = True
    show: Mapping[str, Shown] = field(default_factory=dict)

    def as_side(self, name: str, sign: int) -> Term:
        """Return the term as one side of a difference."""
        first = list(self.show.values())[:1]
        return replace(self, sign=sign * self.sign, show=dict(zip([name], first, strict=False)))

    def plain(self) -> dict[str, Any]:
        """Return the term as plain data."""
        show = {name: [one.column, plain(one.factor)] for name, one in self.show.items()}
        own = {name: getattr(self, name) for name in _PLAIN}
        return {name: one for name, one in own.items() if one is not None} | {"show": show}


_PLAIN = ("kind", "sign", "scale", "of", "per", "group", "mask", "included", "weighted")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """How a figure is computed.

    Attributes
    ----------
    kind, text
        Name of the formula, and the formula in words.
    filled
        With the numbers of the store; empty where those do not hold them.
    terms
        What is added up; empty where nobody's answers are behind it.
    questions, counted
        Questions whose answers count, and categories that count.
    rests_on
        Addresses of other figures that it is made of.
    """

    kind: str
    text: str
    filled: str = ""
    terms: tuple[Term, ...] = ()
    questions: tuple[Question, ...] = ()
    counted: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()

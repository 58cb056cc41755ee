"""Margins: respondents' categories and the targets they must reach, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers
from wavedeck.study.errors import did_you_mean
from wavedeck.weighting.errors import (
    CategoryWithoutRespondentsError,
    TargetMissingError,
    TargetsDoNotSumError,
)

SUM_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Margin:
    """Hold one margin: which category each respondent is in, and each category's share.

    Parameters
    ----------
    name
        As in the study's declaration.
    categories
        The c category names, in the order of the targets.
    codes
        Shape (n,), position of the respondent's category; -1 where unplaced.
    shares
        Shape (c,), target shares; they sum to 1.
    """

    name: str
    categories: tuple[str, ...]
    codes: Integers
    shares: Floats

    @property
    def placed(self) -> Booleans:
        """Shape (n,), True where the respondent has a category."""
        return self.codes >= 0


def make_margin(name: str, labels: ArrayLike, targets: Mapping[str, float]) -> Margin:
    """Check one margin and return it with shares that sum to 1.

    Parameters
    ----------
    labels
        Shape (n,), category of each respondent; None, NaN or an empty text is unplaced.
    targets
        Category to target, as shares (summing to 1) or percentages (summing to 100).

    Raises
    ------
    TargetsDoNotSumError, TargetMissingError
        Naming the margin and the category.
    """
    shares = _shares(name, targets)
    categories = tuple(str(category) for category in targets)
    position = {category: i for i, category in enumerate(categories)}
    present, codes = coded_labels(labels)
    unknown = [i for i, label in enumerate(present) if label not in position and (codes == i).any()]
    if unknown:
        count, first = int(np.isin(codes, unknown).sum()), present[unknown[0]]
        raise TargetMissingError(
            f"margin {name!r}: {count} respondents are in {[present[i] for i in unknown[:5]]}, which has no "
            f"target{did_you_mean(first, categories)}; give it one, or join it with another category"
        )
    lookup = np.array([*(position.get(label, -1) for label in present), -1], dtype=np.int64)
    return Margin(name, categories, lookup[codes], shares)


def make_margins(
    labels: Mapping[str, ArrayLike], targets: Mapping[str, Mapping[str, float]]
) -> tuple[Margin, ...]:
    """Check all margins; the names of labels and targets must be the same.

    Raises
    ------
    TargetMissingError
        When a margin has targets but no labels, or labels but no targets.
    """
    if not targets:
        raise TargetMissingError("no margins were declared; weighting needs at least one")
    odd = sorted(set(labels) ^ set(targets))
    if odd:
        where = "targets" if odd[0] in targets else "respondents"
        raise TargetMissingError(
            f"margin {odd[0]!r} has {where} only{did_you_mean(odd[0], set(labels) | set(targets))}"
        )
    return tuple(make_margin(name, labels[name], targets[name]) for name in targets)


def coded_labels(labels: ArrayLike) -> tuple[list[str], Integers]:
    """Return the labels that occur, as text, and each row's position among them; -1 where missing.

    Whole numbers lose their decimals, so that a code with missing values beside it keeps its name.

    >>> names, codes = coded_labels(["b", None, "a", "b"])
    >>> names, codes.tolist()
    (['b', 'a'], [0, -1, 1, 0])
    """
    given = labels.array if isinstance(labels, pd.Series) else labels
    if isinstance(given, pd.Categorical):
        codes, present = given.codes.astype(np.int64), list(given.categories)
    else:
        codes, found = pd.factorize(np.asarray(given, dtype=object), use_na_sentinel=True)
        codes, present = codes.astype(np.int64), list(found)
    names = [_text(label) for label in present]
    empty = [i for i, label in enumerate(names) if not label]
    return names, np.where(np.isin(codes, empty), -1, codes) if empty else codes


def _text(label: object) -> str:
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)


def _shares(name: str, targets: Mapping[str, float]) -> Floats:
    wrong = [c for c, t in targets.items() if t is None or not np.isfinite(t) or t <= 0]
    if wrong:
        raise TargetMissingError(
            f"margin {name!r}: the target of {', '.join(map(repr, wrong))} is zero, negative or missing; "
            "a category that must not count is left out of the data, not given a target of 0"
        )
    values = np.array(list(targets.values()), dtype=np.float64)
    total = float(values.sum())
    for whole in (1.0, 100.0):
        if abs(total - whole) <= SUM_TOLERANCE * whole:
            return values / total
    raise TargetsDoNotSumError(f"margin {name!r}: targets sum to {total:g}; they must sum to 100 (or to 1)")


def require_respondents(margins: Sequence[Margin], weights: Floats, used: Booleans) -> None:
    """Raise when a category has a target but nobody with weight in it.

    Raises
    ------
    CategoryWithoutRespondentsError
        Naming the margin and its empty categories.
    """
    for margin in margins:
        counted = used & (weights > 0)
        mass = np.bincount(margin.codes[counted], minlength=len(margin.categories))
        empty = [c for c, m in zip(margin.categories, mass, strict=True) if not m]
        if empty:
            raise CategoryWithoutRespondentsError(
                f"margin {margin.name!r}: nobody with weight is in {', '.join(map(repr, empty))}, "
                "which has a target; join it with another category, or drop its target"
            )

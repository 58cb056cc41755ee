"""Letters under the columns of a table: which columns a figure is higher than."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Integers, Labels
from wavedeck.stats.cells import Cells
from wavedeck.stats.comparisons import Comparisons, compare_groups
from wavedeck.stats.corrections import Correction
from wavedeck.stats.marks import Decision, mark


@dataclass(frozen=True, eq=False)
class Letters:
    """Hold the letters of a table of m columns and k rows.

    Parameters
    ----------
    names
        Letter of each column, shape (m,).
    higher_than
        Shape (m, k), letters of the columns that the cell is significantly higher than.
    compared
        All pairs of columns, arrays of shape (pairs, k).
    first, second
        Shape (pairs,), positions in the table of the columns of each pair.
    tests, by_chance
        How many tests were done, and how many marks chance alone would give uncorrected.
    """

    names: tuple[str, ...]
    higher_than: Labels
    compared: Comparisons
    first: Integers
    second: Integers
    tests: int
    by_chance: float


def column_letters(
    cells: Cells,
    columns: ArrayLike,
    *,
    level: float = 0.95,
    correction: Correction = "none",
    minimum_base: int = 30,
    minimum_difference: float = 0.0,
    decision: Decision = "welch",
) -> Letters:
    """Test every pair of columns of a banner, overlapping or not; a family is one row of the table.

    Parameters
    ----------
    columns
        Shape (m,), positions of the groups that are the table's columns.
    level, correction, minimum_base, minimum_difference, decision
        As in `compare_groups` and `mark`.
    """
    groups = np.asarray(columns, dtype=np.int64)
    first, second = np.triu_indices(len(groups), k=1)
    compared = compare_groups(cells, groups[first], groups[second], level=level, minimum_base=minimum_base)
    rows = np.broadcast_to(np.arange(compared.difference.shape[1]), compared.difference.shape)
    marks = mark(
        compared, correction=correction, family=rows, minimum_difference=minimum_difference, decision=decision
    )
    names = letter_names(len(groups))
    higher = np.full((len(groups), compared.difference.shape[1]), "", dtype=object)
    for pair, (i, j) in enumerate(zip(first, second, strict=True)):
        higher[i] = higher[i] + np.where(marks.mark[pair] > 0, names[j], "").astype(object)
        higher[j] = higher[j] + np.where(marks.mark[pair] < 0, names[i], "").astype(object)
    return Letters(names, _sorted(higher), compared, first, second, marks.tests, marks.by_chance)


def letter_names(count: int) -> tuple[str, ...]:
    """Return A to Z, then AA, AB and so on.

    >>> letter_names(28)[-2:]
    ('AA', 'AB')
    """
    single = list(ascii_uppercase)
    return tuple((single + [a + b for a in single for b in single])[:count])


def _sorted(higher: Labels) -> Labels:
    """Put the letters of each cell in the order of the columns; names of one letter only."""
    simple = higher.shape[0] <= len(ascii_uppercase)
    return np.array(
        [["".join(sorted(cell)) if simple else cell for cell in row] for row in higher], dtype=object
    )

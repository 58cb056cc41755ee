"""What has been drawn so far of one part in one wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from wavedeck.dummy.chance import generator
from wavedeck.dummy.goals import Span
from wavedeck.dummy.needs import Needs
from wavedeck.dummy.plan import PartPlan, PerWave, in_wave
from wavedeck.dummy.spread import Spreads
from wavedeck.figures.recipe import Recipe
from wavedeck.intake.groups import group_masks
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import Weights

Columns = Mapping[str, NDArray]


@dataclass
class Draw:
    """Answers drawn so far.

    Attributes
    ----------
    cells
        Cell of each respondent, shape (respondents,).
    root
        Folder that lists of ids are named from.
    spans
        Ranges whose ends some members must take.
    links
        Question -> correlation with satisfaction that replaces the plan's.
    spreads
        How far answers must spread.
    columns
        Columns of responses.parquet, each of shape (respondents,).
    """

    study: Study
    plan: PartPlan
    recipe: Recipe
    needs: Needs
    seed: int
    cells: NDArray[np.str_]
    root: Path
    spans: tuple[Span, ...] = ()
    links: dict[str, float] = field(default_factory=dict)
    spreads: Spreads = field(default_factory=Spreads)
    columns: dict[str, NDArray] = field(default_factory=dict)
    _arrays: dict[str, pa.Array] = field(default_factory=dict)
    _masks: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    _weights: NDArray[np.float64] | None = None
    _satisfaction: NDArray[np.float64] | None = None

    @property
    def part(self) -> str:
        """Return the part."""
        return self.recipe.part

    @property
    def wave(self) -> str:
        """Return the wave."""
        return self.recipe.wave

    @property
    def size(self) -> int:
        """Return the number of respondents."""
        return len(self.cells)

    def chance(self, name: str) -> Generator:
        """Return the source of chance of one question."""
        return generator(self.seed, self.part, self.wave, name)

    def put(self, columns: Columns) -> None:
        """Keep drawn columns."""
        for name, values in columns.items():
            self.columns[name] = values
            self._arrays[name] = as_array(values)

    def has(self, names: frozenset[str]) -> bool:
        """Tell whether everything named is drawn."""
        return names <= self.columns.keys()

    def table(self, changed: Mapping[str, pa.Array] | None = None) -> pa.Table:
        """Return the columns drawn so far, some of them otherwise."""
        rows = pa.array(np.arange(self.size))
        return pa.table({"_row": rows, "_id": rows.cast(pa.string()), **self._arrays, **(changed or {})})

    def frame(self) -> pd.DataFrame:
        """Return the columns drawn so far."""
        return pd.DataFrame(
            {name: pd.Series(values, dtype=values.dtype) for name, values in self.columns.items()}
        )

    def mask(self, group: str, table: pa.Table) -> NDArray[np.bool_]:
        """Tell who belongs to a group, given answers; kept once everything it rests on is drawn."""
        if group in self._masks:
            return self._masks[group]
        book = self.recipe.group_book
        return group_masks(table, book, [group], self.part, root=self.root)[group]

    def keep_masks(self, groups: tuple[str, ...]) -> None:
        """Keep the masks of groups that nothing more can change."""
        new = [name for name in groups if name not in self._masks and self.has(self.needs.group(name))]
        if new:
            made = group_masks(self.table(), self.recipe.group_book, new, self.part, root=self.root)
            self._masks |= {name: made[name] for name in new}

    def forget_masks(self, name: str) -> None:
        """Forget the masks that rest on a column."""
        self._masks = {
            group: mask for group, mask in self._masks.items() if name not in self.needs.group(group)
        }

    @property
    def weights(self) -> NDArray[np.float64]:
        """Return the weight of each respondent, 1 until everything they rest on is drawn."""
        if self._weights is None:
            declared = self.study.weighting.parts.get(self.part)
            if declared is None or not self.has(self.needs.weighting(declared)):
                return np.ones(self.size)
            self._weights = np.asarray(self.weighed().weight, np.float64)
        return self._weights

    def weighed(self) -> Weights:
        """Return the weights as the study makes them of what is drawn."""
        return weigh(
            self.table(),
            weighting=self.study.weighting.parts.get(self.part),
            book=self.recipe.group_book,
            part=self.part,
            root=self.root,
        )

    @property
    def is_weighed(self) -> NDArray[np.bool_]:
        """Tell who counts in weighted figures."""
        return np.asarray(self.weights > 0)

    def by_cell(self, rows: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
        """Divide some respondents over the cells that have any of them."""
        names = dict.fromkeys(self.cells[rows].tolist())
        return [(name, rows[self.cells[rows] == name]) for name in sorted(names)]

    def satisfaction(self) -> NDArray[np.float64]:
        """Return the satisfaction of each respondent; everything that moves it must have been drawn."""
        if self._satisfaction is None:
            level = self.chance("satisfaction").normal(size=self.size)
            for variable, shifts in self.plan.satisfaction.shifts.items():
                moves = {answer: number(shift, self.wave) for answer, shift in shifts.items()}
                level += np.array([moves.get(answer, 0.0) for answer in self._drawn(variable)])
            self._satisfaction = level
        return self._satisfaction

    def _drawn(self, variable: str) -> NDArray:
        if variable not in self.columns:
            raise ConfigError(
                f"dummy.yaml, satisfaction: '{variable}' is not in the codebook of wave '{self.wave}' before "
                "the first mark; put it there"
            )
        return self.columns[variable]


def as_array(values: NDArray) -> pa.Array:
    """Return a column as in responses.parquet: text, numbers or ticks, empty where there is no answer."""
    if values.dtype != object:
        return pa.array(values, from_pandas=True)
    known = next((value for value in values if value is not None), None)
    ticks = isinstance(known, bool | np.bool_)
    return pa.array(values, pa.bool_() if ticks else pa.string(), from_pandas=True)


def number(values: PerWave, wave: str) -> float:
    """Return the number of a wave, 0 where there is none."""
    found = in_wave(values, wave)
    return 0.0 if found is None else found

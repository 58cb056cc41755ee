"""What has been drawn so far of one part in one wave."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from wavedeck.dummy.chance import generator
from wavedeck.dummy.plan import PartPlan, PerWave, in_wave
from wavedeck.study.errors import ConfigError
from wavedeck.study.load import Study


@dataclass
class Draw:
    """Answers drawn so far.

    Attributes
    ----------
    cells
        Cell of each respondent, shape (respondents,).
    columns
        Columns of responses.parquet, each of shape (respondents,).
    """

    study: Study
    plan: PartPlan
    seed: int
    part: str
    wave: str
    cells: NDArray[np.str_]
    columns: dict[str, NDArray] = field(default_factory=dict)
    _satisfaction: NDArray[np.float64] | None = None

    @property
    def size(self) -> int:
        """Return the number of respondents."""
        return len(self.cells)

    def chance(self, name: str) -> Generator:
        """Return the source of chance of one question."""
        return generator(self.seed, self.part, self.wave, name)

    def frame(self) -> pd.DataFrame:
        """Return the columns drawn so far."""
        return pd.DataFrame(
            {name: pd.Series(values, dtype=values.dtype) for name, values in self.columns.items()}
        )

    def by_cell(self, rows: NDArray[np.int64]) -> list[tuple[str, NDArray[np.int64]]]:
        """Divide some respondents over the cells that have any of them."""
        groups = [(name, rows[self.cells[rows] == name]) for name in self.plan.cells]
        return [(name, members) for name, members in groups if len(members)]

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


def number(values: PerWave, wave: str) -> float:
    """Return the number of a wave, 0 where there is none."""
    found = in_wave(values, wave)
    return 0.0 if found is None else found

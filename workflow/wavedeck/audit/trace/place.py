"""Where everything stands that a trace reads: the store of a report, responses, weights, logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from wavedeck.audit.ledger import AuditError
from wavedeck.figures.recipe import Recipe, recipe_for
from wavedeck.figures.records import Comparison, Figure
from wavedeck.study.codebook import Question
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

STORE, TESTS = "full_figures.parquet", "full_comparisons.parquet"
PROCESSED = Path("data") / "processed"
REASON = "!"


@dataclass(frozen=True)
class Place:
    """A built report, and what it rests on.

    Attributes
    ----------
    study
        The study.
    folder
        Folder that holds config/, data/ and reports/.
    report
        Wave whose report is looked at; its store also holds earlier waves.
    """

    study: Study
    folder: Path
    report: str

    @property
    def language(self) -> str:
        """Return the main language."""
        return self.study.settings.languages[0]

    @property
    def store(self) -> Path:
        """Return the folder with the stores of the report."""
        return self.folder / PROCESSED / self.study.name / self.report

    @cached_property
    def figures(self) -> pa.Table:
        """Return the full store."""
        return read_columns(self.store / STORE)

    @cached_property
    def comparisons(self) -> pa.Table:
        """Return the comparisons of the full store."""
        return read_columns(self.store / TESTS)

    def wave(self, part: str, wave: str) -> WaveData:
        """Return the data of one wave of one part."""
        return WaveData(self.study, self.folder, part, wave)

    def figure(self, address: str) -> Figure:
        """Return the figure at an address.

        Raises
        ------
        AuditError
            When the store has none; the message names the closest address.
        """
        found = self._rows("address", [address])
        if not found:
            raise AuditError(
                f"the report of {self.study.name} {self.report} has no figure '{address}'"
                f"{did_you_mean(address, self._alike(address))}"
            )
        return found[0]

    def _alike(self, address: str) -> Sequence[str]:
        """Return addresses to suggest: those of the same group and wave, or of the same indicator, first."""
        known = self.figures["address"].to_pylist()
        head, _, tail = address.partition("/")[2].partition("/")
        near = [
            one for one in known if one.endswith(f"/{tail}") or one.partition("/")[2].startswith(f"{head}/")
        ]
        return near or known

    def all_of(self, indicator: str, part: str, wave: str) -> list[Figure]:
        """Return the figures of an indicator in one wave of one part."""
        rows = self._rows("indicator", [indicator])
        return [one for one in rows if (one.part, one.wave) == (part, wave)]

    def in_wave(self, part: str, wave: str) -> list[Figure]:
        """Return the figures of one wave of one part."""
        return [one for one in self._rows("wave", [wave]) if one.part == part]

    def _rows(self, column: str, values: Iterable[str]) -> list[Figure]:
        mask = pc.is_in(self.figures[column], value_set=pa.array(list(values), pa.string()))
        return [Figure(**row) for row in self.figures.filter(mask).to_pylist()]

    def tests(self, address: str) -> list[Comparison]:
        """Return the comparisons of a figure."""
        found = self.comparisons.filter(pc.equal(self.comparisons["address"], address))
        return [Comparison(**row) for row in found.to_pylist()]

    def family(self, figure: Figure, kind: str) -> int:
        """Return how many tests were corrected together: one indicator, part and wave, against one thing."""
        table = self.comparisons
        own = pc.match_substring_regex(
            table["address"], f"^{figure.part}/{figure.indicator}[@./].*/{figure.wave}$"
        )
        tested = pc.and_(own, pc.and_(pc.equal(table["kind"], kind), pc.is_valid(table["p_adjusted"])))
        return int(pc.sum(tested).as_py() or 0)


@dataclass(frozen=True)
class WaveData:
    """Responses and weights of one wave of one part, column by column as they are asked for."""

    study: Study
    folder: Path
    part: str
    name: str

    @property
    def path(self) -> Path:
        """Return the folder with the data."""
        return self.folder / PROCESSED / self.study.name / self.name / self.part

    @property
    def raw_name(self) -> str:
        """Return the raw file as the study names it."""
        return self.study.raw_file(self.part, self.name)

    @cached_property
    def memory(self) -> dict[tuple[str, str], Any]:
        """Return what was worked out about this wave before, by kind and name."""
        return {}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return what was asked."""
        return self.study.codebook.questions(self.part, self.name)

    @cached_property
    def recipe(self) -> Recipe:
        """Return what the estimates rest on."""
        return recipe_for(self.study, self.part, self.name)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the names of all columns of the responses."""
        path = self.path / "responses.parquet"
        require(path)
        with pq.ParquetFile(path) as file:
            return tuple(file.schema_arrow.names)

    def responses(self, variables: Iterable[str]) -> pa.Table:
        """Return rows, ids and all columns of some variables or questions.

        Parameters
        ----------
        variables
            Names as they stand in conditions and questions; those of other waves are left out.
        """
        wanted = set(variables)
        names = [
            name
            for name in self.columns
            if name in ("_file", "_row", "_id") or any(belongs(name, one) for one in wanted)
        ]
        return read_columns(self.path / "responses.parquet", names)

    @cached_property
    def weights(self) -> pa.Table:
        """Return the weights, row by row those of the responses."""
        return read_columns(self.path / "weights.parquet")

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """Return what the weighting says of itself."""
        return read_json(self.path / "certificate.json")

    @property
    def weight(self) -> np.ndarray:
        """Return the weights, shape (n,)."""
        return np.asarray(self.weights["weight"].to_numpy())

    @property
    def included(self) -> np.ndarray:
        """Return who is part of the weighting, shape (n,)."""
        return np.asarray(self.weights["in_weighting"].to_numpy(zero_copy_only=False))


def belongs(column: str, variable: str) -> bool:
    """Tell whether a column of the responses holds a variable, a tick of it, or why it has no answer.

    >>> belongs("activity.read", "activity"), belongs("overall!", "overall"), belongs("overall_2", "overall")
    (True, True, False)
    """
    return column == variable or column.startswith((f"{variable}.", f"{variable}{REASON}"))


def read_columns(path: Path, names: Sequence[str] | None = None) -> pa.Table:
    """Read columns of a Parquet file.

    Raises
    ------
    AuditError
        When the file is not there.
    """
    require(path)
    with pq.ParquetFile(path) as file:
        return file.read(columns=None if names is None else list(names))


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that a stage wrote."""
    require(path)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def require(path: Path) -> None:
    """Refuse a file that is not there."""
    if not path.is_file():
        raise AuditError(f"{shown(path)}: this file is not there; build the report first")

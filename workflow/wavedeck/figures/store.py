"""The figure store: every figure and comparison by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from wavedeck.figures.records import COMPARISON_SCHEMA, FIGURE_SCHEMA, Comparison, Figure
from wavedeck.intake.tables import read_table
from wavedeck.intake.write import write_parquet
from wavedeck.study.address import Address
from wavedeck.study.errors import StatisticsError, WavedeckError, did_you_mean

Key = TypeVar("Key")
Value = TypeVar("Value")


class UnknownFigureError(WavedeckError):
    """An address names no figure of the store."""


@dataclass(frozen=True)
class FigureStore:
    """All figures of one wave's report, earlier waves included, and their comparisons.

    Attributes
    ----------
    figures
        By address, in the order of indicators, items, categories, groups, waves.
    comparisons
        By address and kind.
    """

    figures: Mapping[str, Figure]
    comparisons: Mapping[tuple[str, str], Comparison]

    def __getitem__(self, address: str | Address) -> Figure:
        """Return the figure at an address.

        Raises
        ------
        UnknownFigureError
            When there is none; the message names the closest address.
        """
        try:
            return self.figures[str(address)]
        except KeyError:
            raise UnknownFigureError(
                f"no figure '{address}'{did_you_mean(str(address), self.figures)}"
            ) from None

    def __contains__(self, address: object) -> bool:
        """Tell whether a figure has this address."""
        return str(address) in self.figures

    def __iter__(self) -> Iterator[Figure]:
        """Yield every figure."""
        return iter(self.figures.values())

    def comparison(self, address: str | Address, kind: str) -> Comparison | None:
        """Return the comparison of a figure with another wave or the rest, if there is one."""
        return self.comparisons.get((str(address), kind))


def make_store(figures: Iterable[Figure], comparisons: Iterable[Comparison]) -> FigureStore:
    """Index figures and comparisons by address.

    Raises
    ------
    StatisticsError
        When two figures, or two comparisons of one kind, have one address.
    """
    return FigureStore(
        _once((figure.address, figure) for figure in figures),
        _once(((item.address, item.kind), item) for item in comparisons),
    )


def _once(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    found: dict[Key, Value] = {}
    for key, value in pairs:
        if key in found:
            raise StatisticsError(
                f"two results have one address, {key}; give their indicators names of their own"
            )
        found[key] = value
    return found


def read_store(figures: Path, comparisons: Path) -> FigureStore:
    """Read a store from its two Parquet files."""
    return make_store(read_figures(figures), read_comparisons(comparisons))


def read_figures(path: Path) -> list[Figure]:
    """Read figures from Parquet."""
    return [Figure(**row) for row in read_table(path).to_pylist()]


def read_comparisons(path: Path) -> list[Comparison]:
    """Read comparisons from Parquet."""
    return [Comparison(**row) for row in read_table(path).to_pylist()]


def write_figures(figures: Iterable[Figure], path: Path) -> None:
    """Write figures to Parquet, the same bytes for the same figures."""
    _write([vars(figure) for figure in figures], FIGURE_SCHEMA, path)


def write_comparisons(comparisons: Iterable[Comparison], path: Path) -> None:
    """Write comparisons to Parquet, the same bytes for the same comparisons."""
    _write([vars(item) for item in comparisons], COMPARISON_SCHEMA, path)


def _write(rows: list[dict[str, object]], schema: pa.Schema, path: Path) -> None:
    write_parquet(pa.Table.from_pylist(rows, schema=schema), path)

"""The figures of one report, looked up by address: all of them, or those that may leave the house."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from wavedeck.audit.trace.place import STORE, TESTS, Place, WaveData, read_columns
from wavedeck.figures.digits import as_printed, comparison_as_printed, only_printed_digits
from wavedeck.figures.records import Comparison, Figure

PUBLIC_STORE, PUBLIC_TESTS = "figures.parquet", "comparisons.parquet"


@dataclass(frozen=True)
class Shelf(Place):
    """A built report whose figures are all read at once.

    Attributes
    ----------
    internal
        Whether the full store is read; else the publishable one, and nothing but that.
    """

    internal: bool = False

    @cached_property
    def figures(self) -> pa.Table:
        """Return the store."""
        return read_columns(self.store / (STORE if self.internal else PUBLIC_STORE))

    @cached_property
    def comparisons(self) -> pa.Table:
        """Return the comparisons of the store."""
        return read_columns(self.store / (TESTS if self.internal else PUBLIC_TESTS))

    @property
    def rounded(self) -> bool:
        """Tell whether numbers have no more digits than reports print."""
        return not self.internal and only_printed_digits(self.study.settings.suppression)

    @cached_property
    def by_address(self) -> Mapping[str, Figure]:
        """Return every figure by its address, in the order of the store."""
        found = (Figure(**row) for row in self.figures.to_pylist())
        return {one.address: as_printed(one) if self.rounded else one for one in found}

    @cached_property
    def by_indicator(self) -> Mapping[tuple[str, str, str], list[Figure]]:
        """Return the figures of an indicator in one wave of one part."""
        found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for one in self.by_address.values():
            found[one.indicator, one.part, one.wave].append(one)
        return found

    @cached_property
    def compared(self) -> Mapping[str, list[Comparison]]:
        """Return the comparisons of each figure that has any."""
        found: dict[str, list[Comparison]] = defaultdict(list)
        for one in (Comparison(**row) for row in self.comparisons.to_pylist()):
            decimals = self.by_address[one.address].decimals
            found[one.address].append(comparison_as_printed(one, decimals) if self.rounded else one)
        return found

    @cached_property
    def families(self) -> Counter[tuple[str, str, str, str]]:
        """Return how many tests were corrected together, by part, indicator, wave and kind."""
        corrected = (
            (self.by_address[one.address], one.kind)
            for own in self.compared.values()
            for one in own
            if one.p_adjusted is not None
        )
        return Counter((figure.part, figure.indicator, figure.wave, kind) for figure, kind in corrected)

    def all_of(self, indicator: str, part: str, wave: str) -> list[Figure]:
        """Return the figures of an indicator in one wave of one part."""
        return self.by_indicator.get((indicator, part, wave), [])

    @cached_property
    def _waves(self) -> dict[tuple[str, str], WaveData]:
        return {}

    def wave(self, part: str, wave: str) -> WaveData:
        """Return the data of one wave of one part, always the same."""
        if (part, wave) not in self._waves:
            self._waves[part, wave] = super().wave(part, wave)
        return self._waves[part, wave]

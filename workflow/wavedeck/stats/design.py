"""The sampling design: weights, strata, clusters, and what follows from them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, encode
from wavedeck.stats.calibrated import Calibration
from wavedeck.study.errors import StatisticsError

Lonely = Literal["fail", "remove", "certainty", "adjust", "average"]


@dataclass(frozen=True, eq=False)
class Design:
    """Hold how respondents were sampled; every estimator takes one.

    Parameters
    ----------
    weights
        Shape (n,), survey weights, 0 or more. Never frequencies.
    strata
        Shape (n,), labels of design strata; None is one stratum.
    clusters
        Shape (n,), labels of primary sampling units; None makes each row its own.
        The same label in two strata means two clusters.
    fpc
        Shape (n,), the number of sampling units in the population of the row's stratum, or a
        sampled fraction where every value is at most 1. None samples with replacement.
    lonely
        What a stratum with one sampling unit does: ``fail`` (raise), ``remove`` or ``certainty``
        (add no variance), ``adjust`` (deviate from the overall mean), ``average`` (add the average
        of the other strata).
    calibration
        How the weights were calibrated (see `wavedeck.stats.calibrated`); None takes weights as fixed.

    Raises
    ------
    StatisticsError
        When a weight is missing, negative or infinite, when labels are missing or lengths differ, or
        when a stratum is lonely and `lonely` is ``fail``.

    References
    ----------
    Lumley (2010), Complex Surveys, chapters 2 and 3. R `survey`: `svydesign`, `surveyoptions`.

    >>> Design([1.0, 1.0, 2.0]).n
    3
    """

    weights: Floats
    strata: Integers | None = field(default=None, kw_only=True)
    clusters: Integers | None = field(default=None, kw_only=True)
    fpc: Floats | None = field(default=None, kw_only=True)
    lonely: Lonely = field(default="fail", kw_only=True)
    calibration: Calibration | None = field(default=None, kw_only=True)
    mask: Booleans | None = field(default=None, kw_only=True)
    stratum: Integers = field(init=False, repr=False)
    unit: Integers = field(init=False, repr=False)
    strata_size: Integers = field(init=False, repr=False)
    stratum_of_unit: Integers = field(init=False, repr=False)
    scale: Floats = field(init=False, repr=False)
    centred: Floats = field(init=False, repr=False)
    inflation: float = field(init=False, repr=False)
    segment: Integers = field(init=False, repr=False)
    parent: Integers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.lonely not in get_args(Lonely):
            raise StatisticsError(f"lonely={self.lonely!r} is not one of {', '.join(get_args(Lonely))}")
        self._set("weights", _checked_weights(self.weights))
        stratum = _codes(self.strata, self.n, "strata")
        self._set("stratum", stratum)
        self._set("unit", self._units(stratum))
        self._set("stratum_of_unit", self._strata_of_units())
        self._set("strata_size", np.bincount(self.stratum_of_unit, minlength=self.strata_count))
        self._set_scale()
        self._set_segments()

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _units(self, stratum: Integers) -> Integers:
        if self.clusters is None:
            return np.arange(self.n)
        clusters = _codes(self.clusters, self.n, "clusters")
        return encode(stratum * (int(clusters.max(initial=0)) + 1) + clusters)[1]

    def _strata_of_units(self) -> Integers:
        if self.clusters is None:
            return self.stratum
        of_unit = np.zeros(int(self.unit.max(initial=-1)) + 1, dtype=np.int64)
        of_unit[self.unit] = self.stratum
        return of_unit

    def _set_scale(self) -> None:
        size = self.strata_size.astype(np.float64)
        remaining = 1.0 - _sampled_fraction(self.fpc, self.stratum, self.strata_size)
        lonely = (self.strata_size == 1) & (remaining > 1e-7)
        if lonely.any() and self.lonely == "fail":
            where = "the sample" if self.strata is None else f"stratum {self._stratum_names(lonely)}"
            raise StatisticsError(
                f"{where} has one sampling unit, so it has no variance; "
                "join it with another stratum, or declare lonely: remove, certainty, adjust or average"
            )
        adjust = lonely & (self.lonely == "adjust")
        scale = remaining * np.divide(size, size - 1, out=np.zeros_like(size), where=size > 1)
        self._set("scale", np.where(adjust, remaining, scale))
        self._set("centred", np.where(adjust, 0.0, 1.0))
        kept = len(size) - int(lonely.sum())
        if self.lonely == "average" and not kept:
            raise StatisticsError(
                "lonely: average needs a stratum with two sampling units; every stratum has one"
            )
        self._set("inflation", len(size) / kept if self.lonely == "average" else 1.0)

    def _set_segments(self) -> None:
        """Divide rows into the parts that variances look at: units or strata, by calibration class."""
        whole = self.unit if self.has_clusters else self.stratum
        if self.calibration is None:
            self._set("segment", whole)
            self._set("parent", np.arange(int(whole.max()) + 1))
            return
        if not np.array_equal(self.calibration.weights, self.weights):
            raise StatisticsError(
                "the design's weights are not those that were calibrated; build the design from the "
                "calibrated weights, or leave the calibration out to take them as fixed"
            )
        width = int(self.calibration.classes.max()) + 1
        present, segment = encode(whole * width + self.calibration.classes)
        self._set("segment", segment)
        self._set("parent", present // width)

    def _stratum_names(self, which: Booleans) -> str:
        names = encode(self.strata)[0]  # type: ignore[arg-type]
        return ", ".join(repr(str(name)) for name in names[which][:5])

    @property
    def n(self) -> int:
        """Number of rows, also those outside a domain."""
        return len(self.weights)

    @property
    def strata_count(self) -> int:
        """Number of design strata."""
        return int(self.stratum.max(initial=0)) + 1

    @property
    def unit_count(self) -> int:
        """Number of primary sampling units."""
        return len(self.stratum_of_unit)

    @property
    def has_clusters(self) -> bool:
        """Tell whether sampling units hold more than one row."""
        return self.unit_count < self.n

    @property
    def segment_count(self) -> int:
        """Number of segments."""
        return len(self.parent)

    @property
    def variance_method(self) -> str:
        """What variances do with the weights, in words for a report."""
        if self.calibration is None:
            return "linearised, weights taken as fixed"
        return f"linearised, following the weighting ({type(self.calibration).__name__.lower()})"

    @property
    def rows(self) -> Booleans:
        """Shape (n,), True for rows inside the domain."""
        return np.ones(self.n, dtype=bool) if self.mask is None else self.mask

    def domain(self, mask: ArrayLike) -> Design:
        """Return the design limited to a domain; all rows still count for the variance.

        Parameters
        ----------
        mask
            Shape (n,), True for respondents inside the domain.

        >>> Design([1.0, 1.0, 2.0]).domain([True, True, False]).degf
        1
        """
        inside = np.asarray(mask, dtype=bool)
        if inside.shape != (self.n,):
            raise StatisticsError(f"a domain of shape {inside.shape} does not fit a design of {self.n} rows")
        domain = copy(self)
        object.__setattr__(domain, "mask", self.rows & inside)
        return domain

    @property
    def degf(self) -> int:
        """Degrees of freedom: sampling units minus strata that hold a row with positive weight."""
        inside = self.rows & (self.weights > 0)
        return len(np.unique(self.unit[inside])) - len(np.unique(self.stratum[inside]))


def _checked_weights(weights: ArrayLike) -> Floats:
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 1 or not array.size:
        raise StatisticsError(f"weights have shape {array.shape}; expected one weight per respondent")
    wrong = ~np.isfinite(array) | (array < 0)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise StatisticsError(
            f"{int(wrong.sum())} weights are missing, negative or infinite (first: row {row + 1}); "
            "give 0 to a respondent who must not count"
        )
    return array


def _codes(labels: ArrayLike | None, rows: int, what: str) -> Integers:
    if labels is None:
        return np.zeros(rows, dtype=np.int64)
    array = np.asarray(labels)
    if array.shape != (rows,):
        raise StatisticsError(
            f"{what} have shape {array.shape}; expected one label for each of {rows} weights"
        )
    missing = np.array([label is None for label in array]) if array.dtype == object else np.zeros(rows, bool)
    missing = missing | (array != array)  # noqa: PLR0124  only NaN differs from itself
    if np.any(missing):
        raise StatisticsError(
            f"{what} are missing in {int(np.sum(missing))} rows; every respondent needs one"
        )
    return encode(array)[1]


def _sampled_fraction(fpc: ArrayLike | None, stratum: Integers, size: Integers) -> Floats:
    if fpc is None:
        return np.zeros(len(size))
    given = np.asarray(fpc, dtype=np.float64)
    if given.shape != stratum.shape or not np.all(np.isfinite(given) & (given >= 0)):
        raise StatisticsError(f"fpc must be {len(stratum)} numbers of 0 or more, one per row, none missing")
    population = np.zeros(len(size))
    population[stratum] = given
    if not np.array_equal(population[stratum], given):
        raise StatisticsError("fpc differs within a stratum; give every row of a stratum the same")
    fraction = population if np.all(population <= 1) else size / population
    if np.any(fraction > 1 + 1e-12) or not np.all(np.isfinite(fraction)):
        raise StatisticsError("fpc is smaller than the number of sampling units in a stratum")
    return fraction

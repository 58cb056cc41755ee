"""What a model of the overall judgement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from wavedeck.impact.definite import (
    LIMIT,
    Remedied,
    Remedy,
    is_definite,
    remedy_sample,
    require_remedy,
)
from wavedeck.impact.errors import CollinearDriversError, ImpactError, TooFewRespondentsError
from wavedeck.impact.matrices import Matrices, Missing, complete, sample_matrices
from wavedeck.stats.arrays import Booleans, Floats, as_columns
from wavedeck.stats.design import Design

Family = Literal["linear", "binary", "ordinal"]


@dataclass(frozen=True, eq=False)
class Model:
    """Hold outcome, drivers, design and how missing answers are treated.

    Parameters
    ----------
    outcome
        Shape (n,), NaN where not answered; 0/1 for ``binary``.
    drivers
        Shape (n, p), NaN where not answered or not applicable.
    design
        The design, limited to the group or wave of the model by `Design.domain`.
    missing
        ``pairwise``: every pair on its own answers; ``listwise``: respondents who answered all.
    remedy
        What to do with a pairwise matrix that is not positive definite.
    family
        ``linear``, or a logit model for a ``binary`` or ``ordinal`` outcome (listwise only).
    minimum_base
        Fewest respondents per pair (pairwise) or with all answers (listwise).
    names
        Of the drivers, for messages only.

    Raises
    ------
    TooFewRespondentsError, CollinearDriversError, NotPositiveDefiniteError
        When `correlation` or anything that rests on it is asked for.
    """

    outcome: Floats
    drivers: Floats
    design: Design
    missing: Missing = field(default="pairwise", kw_only=True)
    remedy: Remedy = field(default="fail", kw_only=True)
    family: Family = field(default="linear", kw_only=True)
    minimum_base: int = field(default=100, kw_only=True)
    names: Sequence[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        for name, value, known in (("missing", self.missing, Missing), ("family", self.family, Family)):
            if value not in get_args(known):
                raise ImpactError(f"{name} {value!r} is not one of {', '.join(get_args(known))}")
        require_remedy(self.remedy)
        if self.family != "linear" and self.missing == "pairwise":
            raise ImpactError(f"a {self.family} outcome needs missing: listwise; a logit model has no pairs")
        object.__setattr__(self, "outcome", self._columns(self.outcome, "outcome")[:, 0])
        object.__setattr__(self, "drivers", self._columns(self.drivers, "drivers"))
        if not self.drivers.shape[1]:
            raise ImpactError("a model needs at least one driver")

    def _columns(self, values: Floats, what: str) -> Floats:
        return as_columns(values, rows=self.design.n, what=what)

    @property
    def count(self) -> int:
        """Number of drivers."""
        return self.drivers.shape[1]

    @cached_property
    def values(self) -> Floats:
        """Shape (n, p + 1), drivers, then outcome."""
        return np.column_stack([self.drivers, self.outcome])

    @cached_property
    def answered(self) -> Booleans:
        """Shape (n, p + 1), which answers count."""
        return complete(self.values, self.design.rows, missing=self.missing)

    @cached_property
    def base(self) -> Floats:
        """Shape (p,), respondents behind each driver's correlation with the outcome, unweighted."""
        return (self.answered[:, :-1] & self.answered[:, -1:]).sum(axis=0).astype(np.float64)

    @cached_property
    def complete(self) -> Booleans:
        """Shape (n,), who answered everything."""
        return np.asarray(complete(self.values, self.design.rows, missing="listwise").all(axis=1))

    @cached_property
    def complete_base(self) -> int:
        """Respondents who answered everything."""
        return int(self.complete.sum())

    @cached_property
    def matrices(self) -> Matrices:
        """Correlations, means and standard deviations of the sample, as they are."""
        answered = self.answered.astype(np.float64)
        self.require_base(answered.T @ answered)
        return sample_matrices(self.values, self.answered, self.design.weights)

    @cached_property
    def effective(self) -> Model:
        """The model that is computed: a listwise one where that is the remedy and a remedy is needed."""
        if self.missing == "pairwise" and self.remedy == "listwise" and not self._definite:
            return replace(self, missing="listwise", remedy="fail")
        return self

    @cached_property
    def correlation(self) -> Floats:
        """Shape (p + 1, p + 1), positive definite."""
        return self._treated[0]

    @cached_property
    def remedied(self) -> Remedied:
        """What was done to the correlation matrix."""
        if self.effective is not self:
            smallest = float(np.linalg.eigvalsh(self.matrices.correlation[0])[0])
            gap = np.abs(self.effective.correlation - self.matrices.correlation[0]).max()
            return Remedied(smallest, "listwise", float(gap))
        return self._treated[1]

    @cached_property
    def _treated(self) -> tuple[Floats, Remedied]:
        r = self.matrices.correlation[0]
        self._require_variance(r)
        self._require_independence(r)
        return remedy_sample(r, remedy=self.remedy)

    @property
    def _definite(self) -> bool:
        r = self.matrices.correlation[0]
        self._require_variance(r)
        return bool(is_definite(r[None])[0])

    def require_base(self, counts: Floats) -> None:
        """Raise when a pair rests on fewer respondents than a model needs."""
        fewest = counts.min()
        if fewest < self.minimum_base:
            what = "answered some pair of items" if self.missing == "pairwise" else "answered every item"
            raise TooFewRespondentsError(
                f"{int(fewest)} respondents {what}; a model needs {self.minimum_base}: "
                "leave out drivers that few answered, or join groups"
            )

    def _require_variance(self, correlation: Floats) -> None:
        constant = np.asarray(~np.isfinite(np.diag(correlation)))
        if constant.any():
            raise ImpactError(f"{self.named(constant)} never varies among those who count; leave it out")
        unknown = np.asarray(~np.isfinite(correlation).all(axis=0))
        if unknown.any():
            raise ImpactError(f"{self.named(unknown)}: a pair of items never varies together")

    def _require_independence(self, correlation: Floats) -> None:
        drivers = correlation[:-1, :-1]
        twins = np.triu(np.abs(drivers) > 1 - 1e-9, 1)
        if twins.any():
            involved = np.asarray(twins.any(axis=0) | twins.any(axis=1))
            raise CollinearDriversError(f"{self.named(involved)} say exactly the same; keep one of them")
        values, vectors = np.linalg.eigh(drivers)
        if self.missing == "listwise" and values[0] <= LIMIT:
            raise CollinearDriversError(
                f"{self.named(np.abs(vectors[:, 0]) > 1e-6)} follow from one another; leave one of them out"
            )

    def named(self, which: Booleans) -> str:
        """Return the names of drivers (and the outcome), for messages."""
        names = [*(self.names or [f"driver {j + 1}" for j in range(self.count)]), "the outcome"]
        return ", ".join(names[j] for j in np.flatnonzero(which))

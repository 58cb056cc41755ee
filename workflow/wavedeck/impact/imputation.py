"""Multiple imputation of refused and blank answers; what does not apply stays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wavedeck.impact.definite import is_definite, is_known, nearest
from wavedeck.impact.errors import ImpactError, TooFewRespondentsError
from wavedeck.impact.matrices import sample_matrices
from wavedeck.impact.replicates import bootstrap
from wavedeck.stats.arrays import ArrayLike, Booleans, Floats, Integers, as_columns
from wavedeck.stats.design import Design


def impute(
    values: ArrayLike,
    imputable: ArrayLike,
    design: Design,
    *,
    imputations: int = 20,
    seed: int = 0,
    limits: tuple[float, float] = (-np.inf, np.inf),
) -> list[Floats]:
    """Fill in refused and blank answers several times.

    Parameters
    ----------
    values
        Shape (n, k), NaN where there is no answer.
    imputable
        Shape (n, k), True where an answer was refused or left blank. Cells that do not apply stay NaN.
    design
        Its weights, strata and clusters carry the parameters of the model.
    limits
        Lowest and highest mark; draws beyond them are set to the nearest.

    Returns
    -------
    list of Floats
        `imputations` arrays of shape (n, k). Pool what they give by `wavedeck.impact.rubin`.

    Notes
    -----
    Each imputation takes weighted means and pairwise covariances of one bootstrap replicate, and draws what a
    respondent refused from the normal distribution given what this respondent did answer. Weights are carried
    by those parameters and by the analysis afterwards; draws have none. Respondents who answered nothing
    are drawn from the means. Draws are not rounded.

    References
    ----------
    Rubin (1987); Honaker, King (2010), American Journal of Political Science 54.
    """
    x = as_columns(values, rows=design.n, what="values")
    wanted = np.asarray(imputable, dtype=bool)
    _require_cells(x, wanted, imputations)
    wanted = wanted & design.rows[:, None]
    low, high = limits
    place = _own_order(x)
    back = np.argsort(place)
    x, wanted = x[:, place], wanted[:, place]
    weights = np.where(design.rows, design.weights, 0.0)
    multipliers = bootstrap(design, replicates=imputations, seed=seed).multipliers(0, imputations)
    found = []
    for number, multiplier in enumerate(multipliers):
        noise = np.random.default_rng([seed, number, 1]).standard_normal(x.shape)
        filled = _Normal.of(x, weights * multiplier).fill(x, wanted, noise)
        filled[wanted] = np.clip(filled[wanted], low, high)
        found.append(filled[:, back])
    return found


def _require_cells(values: Floats, imputable: Booleans, imputations: int) -> None:
    if imputable.shape != values.shape:
        raise ImpactError(f"imputable has shape {imputable.shape}; the values have {values.shape}")
    if (imputable & ~np.isnan(values)).any():
        raise ImpactError("an answer stands in a cell marked as refused or blank; mark missing cells only")
    if imputations < 2:
        raise ImpactError(f"{imputations} imputation has no variance between; ask for 2 or more, better 20")


def _own_order(values: Floats) -> Integers:
    """Return an order of the columns that rests on their answers, not on where they stand."""
    answered = ~np.isnan(values)
    filled = np.nan_to_num(values)
    rows = np.arange(1, len(values) + 1)
    return np.lexsort((rows @ filled, (filled**2).sum(axis=0), filled.sum(axis=0), answered.sum(axis=0)))


@dataclass(frozen=True, eq=False)
class _Normal:
    """Hold the parameters that one imputation draws with."""

    mean: Floats
    covariance: Floats

    @classmethod
    def of(cls, values: Floats, weights: Floats) -> _Normal:
        found = sample_matrices(values, ~np.isnan(values) & (weights > 0)[:, None], weights)
        correlation, sd = found.correlation, found.sd[0]
        if not is_known(correlation)[0]:
            raise TooFewRespondentsError(
                "two items have too few answers in common to impute from; leave one out, or join groups"
            )
        if not is_definite(correlation)[0]:
            correlation = nearest(correlation)
        return cls(found.mean[0], np.asarray(correlation[0] * sd * sd[:, None]))

    def fill(self, values: Floats, wanted: Booleans, noise: Floats) -> Floats:
        """Return the values (n, k) with wanted cells drawn."""
        out = values.copy()
        for rows, target, known in _patterns(values, wanted):
            slope, root = self._given(target, known)
            expected = self.mean[target] + (values[np.ix_(rows, known)] - self.mean[known]) @ slope
            out[np.ix_(rows, target)] = expected + noise[np.ix_(rows, target)] @ root.T
        return out

    def _given(self, target: Integers, known: Integers) -> tuple[Floats, Floats]:
        """Return slopes on the known answers, and the root of the covariance that is left."""
        own, cross = self.covariance[np.ix_(target, target)], self.covariance[np.ix_(known, target)]
        slope = np.linalg.solve(self.covariance[np.ix_(known, known)], cross) if len(known) else cross
        root = np.linalg.cholesky(own - cross.T @ slope + 1e-12 * np.diag(np.diag(own)))
        return np.asarray(slope), np.asarray(root)


def _patterns(values: Floats, wanted: Booleans) -> list[tuple[Integers, Integers, Integers]]:
    """Return, per pattern of wanted and known cells: rows, columns wanted, columns known."""
    some = np.flatnonzero(wanted.any(axis=1))
    state = np.where(wanted[some], 2, (~np.isnan(values[some])).astype(np.int64))
    kinds, which = np.unique(state, axis=0, return_inverse=True)
    which = which.reshape(-1)
    return [
        (some[which == i], np.flatnonzero(kind == 2), np.flatnonzero(kind == 1))
        for i, kind in enumerate(kinds)
    ]

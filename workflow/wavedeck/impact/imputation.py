"""Multiple imputation of refused and blank answers; what does not apply stays out."""

from __future__ import annotations

import numpy as np

from wavedeck.impact.definite import is_definite, is_known, nearest
from wavedeck.impact.errors import ImpactError
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
    limits: tuple[float, float] | None = None,
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
        Lowest and highest mark; draws beyond them are set to the nearest. None leaves draws as they are.

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
    Rubin (1987); Honaker, King (2010), American Journal of Political Science 54 (bootstrap for the parameters).
    """
    x = as_columns(values, rows=design.n, what="values")
    wanted = np.asarray(imputable, dtype=bool)
    _require_cells(x, wanted, imputations)
    wanted = wanted & design.rows[:, None]
    place = _own_order(x)
    back = np.argsort(place)
    x, wanted = x[:, place], wanted[:, place]
    replicates = bootstrap(design, replicates=imputations, seed=seed)
    return [
        _filled(x, wanted, design, replicates.multipliers(i, i + 1)[0], [seed, i, 1], limits)[:, back]
        for i in range(imputations)
    ]


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


def _filled(
    values: Floats,
    wanted: Booleans,
    design: Design,
    multiplier: Floats,
    seed: list[int],
    limits: tuple[float, float] | None,
) -> Floats:
    mean, covariance = _parameters(values, design, multiplier)
    noise = np.random.default_rng(seed).standard_normal(values.shape)
    out = values.copy()
    for rows, target, known in _patterns(values, wanted):
        out[np.ix_(rows, target)] = _drawn(values, rows, target, known, mean, covariance, noise)
    if limits is not None:
        out[wanted] = np.clip(out[wanted], *limits)
    return out


def _parameters(values: Floats, design: Design, multiplier: Floats) -> tuple[Floats, Floats]:
    answered = ~np.isnan(values) & design.rows[:, None]
    found = sample_matrices(values, answered, design.weights * multiplier)
    correlation, sd = found.correlation, found.sd[0]
    if not is_known(correlation)[0]:
        raise ImpactError("an item has too few different answers to impute from; leave it out")
    if not is_definite(correlation)[0]:
        correlation = nearest(correlation)
    return found.mean[0], np.asarray(correlation[0] * sd * sd[:, None])


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


def _drawn(
    values: Floats,
    rows: Integers,
    target: Integers,
    known: Integers,
    mean: Floats,
    covariance: Floats,
    noise: Floats,
) -> Floats:
    cross = covariance[np.ix_(known, target)]
    slope = np.linalg.solve(covariance[np.ix_(known, known)], cross) if len(known) else cross
    rest = covariance[np.ix_(target, target)] - cross.T @ slope
    root = np.linalg.cholesky(rest + 1e-12 * np.diag(np.diag(covariance)[target]))
    expected = mean[target] + (values[np.ix_(rows, known)] - mean[known]) @ slope
    return np.asarray(expected + noise[np.ix_(rows, target)] @ root.T)

"""A check of finished weights that shares nothing with the code that made them.

It reads labels, targets and weights as the study declares them and uses plain sums only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wavedeck.weighting.errors import MarginsMissedError


@dataclass(frozen=True)
class Proof:
    """Hold one category: its target share, the share achieved, and whether it is within tolerance."""

    margin: str
    category: str
    target: float
    achieved: float
    holds: bool


def prove_margins(
    weights: Iterable[float],
    margins: Mapping[str, Iterable[object]],
    targets: Mapping[str, Mapping[str, float]],
    *,
    tolerance: float = 1e-6,
) -> tuple[Proof, ...]:
    """Recompute every weighted margin and raise when one misses its target.

    Parameters
    ----------
    weights
        One per respondent. Respondents without a category in any margin are left out.
    margins
        Margin name to one label per respondent.
    targets
        Margin name to target per category, as shares or percentages.
    tolerance
        Largest deviation of a share.

    Returns
    -------
    tuple of Proof
        One per category of every margin, in the order of the targets.

    Raises
    ------
    MarginsMissedError
        Naming every category outside the tolerance.

    >>> prove_margins([1.0, 3.0], {"sex": ["m", "f"]}, {"sex": {"m": 25, "f": 75}})[0].achieved
    0.25
    """
    every = np.asarray(list(weights), dtype=np.float64)
    labels = {name: _labels(margins[name]) for name in targets}
    complete = np.logical_and.reduce([place >= 0 for _, place in labels.values()])
    proofs = []
    for name, wanted in targets.items():
        mass: dict[str, float] = {}
        for i, category in enumerate(labels[name][0]):
            part = complete & (labels[name][1] == i)
            if part.any():
                mass[category] = mass.get(category, 0.0) + float(every[part].sum())
        proofs += _proofs(name, wanted, mass, tolerance)
    missed = [p for p in proofs if not p.holds]
    if missed:
        said = "; ".join(f"{p.margin}={p.category}: {p.achieved:.6f} for {p.target:.6f}" for p in missed[:10])
        raise MarginsMissedError(
            f"{len(missed)} weighted shares miss their targets by more than {tolerance:g}: {said}"
        )
    return tuple(proofs)


def _proofs(
    name: str, wanted: Mapping[str, float], mass: Mapping[str, float], tolerance: float
) -> list[Proof]:
    total, whole = math.fsum(mass.values()), math.fsum(wanted.values())
    if total <= 0:
        raise MarginsMissedError(f"margin {name!r}: no respondent with a category carries weight")
    proofs = []
    for category in [*wanted, *(c for c in mass if c not in {str(w) for w in wanted})]:
        target = wanted.get(category, 0.0) / whole
        achieved = mass.get(str(category), 0.0) / total
        proofs.append(Proof(name, str(category), target, achieved, abs(achieved - target) <= tolerance))
    return proofs


def _labels(column: Iterable[object]) -> tuple[list[str], np.ndarray]:
    """Return the labels that occur, as text, and each row's place among them; -1 where missing."""
    place, found = pd.factorize(np.array([*column, None], dtype=object)[:-1])
    texts = [str(int(x)) if isinstance(x, float) and x.is_integer() else str(x) for x in found]
    return texts, np.where(np.isin(place, [i for i, text in enumerate(texts) if not text]), -1, place)

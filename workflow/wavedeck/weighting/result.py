"""What a weighting hands back, and what it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from wavedeck.stats.arrays import ArrayLike, Booleans, Floats
from wavedeck.stats.calibrated import Calibration
from wavedeck.study.errors import WeightingError
from wavedeck.weighting.certificate import Certificate
from wavedeck.weighting.errors import RespondentsUnplacedError
from wavedeck.weighting.margins import Margin, require_respondents

Unplaced = Literal["fail", "zero", "one"]


@dataclass(frozen=True, eq=False)
class Weighted:
    """Hold finished weights, their certificate, and what variances need to know.

    Parameters
    ----------
    weights
        Shape (n,).
    calibration
        For `Design(weights, calibration=...)`, so that variances follow the weighting; leave it out
        there to treat the weights as fixed.
    """

    weights: Floats
    certificate: Certificate
    calibration: Calibration | None = None


@dataclass(frozen=True, eq=False)
class Start:
    """Hold checked margins and starting weights.

    Parameters
    ----------
    base
        Shape (n,), design weights; 0 where unplaced.
    placed
        Shape (n,), True for respondents with a category in every margin.
    total
        What the weights of placed respondents sum to.
    """

    margins: tuple[Margin, ...]
    base: Floats
    placed: Booleans
    total: float
    unplaced: Unplaced

    def finish(self, weights: Floats) -> Floats:
        """Give unplaced respondents their declared weight: 0, or the average of the others."""
        left = self.total / int(self.placed.sum()) if self.unplaced == "one" else 0.0
        return np.where(self.placed, weights, left)


def start_from(
    margins: Sequence[Margin],
    rows: int,
    *,
    start: ArrayLike | None,
    total: float | None,
    unplaced: Unplaced,
) -> Start:
    """Check margins against respondents and return where a weighting starts.

    Parameters
    ----------
    start
        Shape (n,), design weights; None is 1 each.
    total
        What the weights of placed respondents sum to; None makes their average 1.
    unplaced
        ``fail`` raises; ``zero`` gives 0; ``one`` gives the average weight.

    Raises
    ------
    RespondentsUnplacedError, CategoryWithoutRespondentsError
        Naming the margin.
    """
    if unplaced not in get_args(Unplaced):
        raise WeightingError(f"unplaced={unplaced!r} is not one of {', '.join(get_args(Unplaced))}")
    base = np.ones(rows) if start is None else np.asarray(start, dtype=np.float64)
    if base.shape != (rows,) or not np.all(np.isfinite(base) & (base >= 0)):
        raise WeightingError(f"starting weights must be {rows} numbers of 0 or more, none missing")
    placed = np.logical_and.reduce([margin.placed for margin in margins])
    _require_placed(margins, placed, unplaced)
    require_respondents(margins, base, placed)
    size = float(placed.sum()) if total is None else float(total)
    if not np.isfinite(size) or size <= 0:
        raise WeightingError(f"total={total!r}: weights must sum to a number above 0")
    return Start(tuple(margins), np.where(placed, base, 0.0), placed, size, unplaced)


def _require_placed(margins: Sequence[Margin], placed: Booleans, unplaced: Unplaced) -> None:
    if unplaced != "fail" or placed.all():
        return
    where = ", ".join(f"{m.name!r}: {int((~m.placed).sum())}" for m in margins if not m.placed.all())
    raise RespondentsUnplacedError(
        f"{int((~placed).sum())} respondents fit no category ({where}); declare unplaced: zero or one, "
        "or complete their data"
    )

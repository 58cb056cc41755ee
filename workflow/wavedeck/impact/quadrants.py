"""Drivers in the importance-rating matrix, and how sure their place is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

import numpy as np

from wavedeck.impact.errors import ImpactError
from wavedeck.impact.importance import Importance
from wavedeck.impact.inference import kept, spread
from wavedeck.impact.model import Model
from wavedeck.impact.replicates import Replicates
from wavedeck.stats.arrays import Booleans, Floats, Integers, divide
from wavedeck.stats.linearised import means

ImportanceRule: TypeAlias = Literal["mean", "median"] | float
RatingRule: TypeAlias = Literal["mean", "median", "overall"] | float


class Quadrant(IntEnum):
    """Number the four fields; a value on a border is high."""

    HIGH_IMPORTANCE_LOW_RATING = 0
    HIGH_IMPORTANCE_HIGH_RATING = 1
    LOW_IMPORTANCE_HIGH_RATING = 2
    LOW_IMPORTANCE_LOW_RATING = 3


_FIELDS = np.array([[3, 2], [0, 1]])
#: Means of marks fall on a border exactly; how sums were rounded may not decide on which side.
TIE = 1e-9


@dataclass(frozen=True)
class Borders:
    """Declare where the axes are cut: by a rule, or at a number.

    Parameters
    ----------
    importance
        ``mean`` or ``median`` of the drivers, or a number.
    rating
        ``mean`` or ``median`` of the drivers, ``overall`` (the mean of the outcome), or a number.
    """

    importance: ImportanceRule = "mean"
    rating: RatingRule = "mean"


@dataclass(frozen=True, eq=False)
class Ratings:
    """Hold weighted mean marks of p drivers, each on its own answers.

    Parameters
    ----------
    estimate, se, base
        Shape (p,); the standard error is linearised.
    overall, overall_se
        Of the outcome.
    draws, overall_draws
        Shapes (b, p) and (b,).
    """

    estimate: Floats
    se: Floats
    base: Floats
    overall: float
    overall_se: float
    draws: Floats
    overall_draws: Floats


@dataclass(frozen=True, eq=False)
class Placement:
    """Hold where p drivers stand.

    Parameters
    ----------
    quadrant
        Shape (p,), a `Quadrant` each, of the estimates.
    probability
        Shape (p, 4), share of replicates in each quadrant.
    confidence
        Share that the driver's quadrant needs to be placed.
    importance_border, rating_border
        Of the sample.
    distance
        Shape (p, 2), importance and rating minus their borders.
    distance_draws
        Shape (b, p, 2), the same in the replicates; NaN where one was lost.
    """

    quadrant: Integers
    probability: Floats
    confidence: float
    importance_border: float
    rating_border: float
    distance: Floats
    distance_draws: Floats

    @property
    def certainty(self) -> Floats:
        """Shape (p,), probability of the driver's own quadrant."""
        return self.probability[np.arange(len(self.quadrant)), self.quadrant]

    @property
    def placed(self) -> Booleans:
        """Shape (p,), drivers in their quadrant with the declared confidence."""
        return np.asarray(self.certainty >= self.confidence)

    @property
    def distance_se(self) -> Floats:
        """Shape (p, 2)."""
        return spread(self.distance_draws)


def rate_drivers(model: Model, replicates: Replicates) -> Ratings:
    """Return mean marks of the drivers and the outcome, with their replicates.

    Parameters
    ----------
    replicates
        The same as those of the importance, so that a respondent moves both.
    """
    found = means(model.values, model.design)
    x = np.where(model.design.rows[:, None], model.values, np.nan)
    filled, answered = np.nan_to_num(x), (~np.isnan(x)).astype(np.float64)
    shift = np.nan_to_num(found.estimate)
    above, w = (filled - shift) * answered, model.design.weights
    blocks = [block * w for _, block in replicates.blocks()]
    draws = np.concatenate([divide(block @ above, block @ answered) for block in blocks]) + shift
    return Ratings(
        estimate=found.estimate[:-1],
        se=found.se[:-1],
        base=found.base[:-1],
        overall=float(found.estimate[-1]),
        overall_se=float(found.se[-1]),
        draws=draws[:, :-1],
        overall_draws=draws[:, -1],
    )


def place_drivers(
    importance: Importance, ratings: Ratings, *, borders: Borders | None = None, confidence: float = 0.8
) -> Placement:
    """Place drivers in quadrants, with the bootstrap probability of each.

    Parameters
    ----------
    importance
        Measured with replicates.
    ratings
        From the same replicates.
    confidence
        Share of replicates that a driver's quadrant needs.

    Raises
    ------
    ImpactError
        When the importance has no replicates, or other ones than the ratings.
    """
    rules = borders or Borders()
    if importance.draws is None or importance.draws.shape != ratings.draws.shape:
        raise ImpactError("importance and ratings need the same replicates; measure both with them")
    cut_x = _border(rules.importance, importance.estimate[None], None)[0]
    cut_y = _border(rules.rating, ratings.estimate[None], np.array([ratings.overall]))[0]
    distance = np.column_stack([importance.estimate - cut_x, ratings.estimate - cut_y])
    draws = _distances(importance.draws, ratings, rules)
    fields = _field(kept(draws))
    probability = np.stack([(fields == q).mean(axis=0) for q in Quadrant], axis=1)
    return Placement(_field(distance), probability, confidence, float(cut_x), float(cut_y), distance, draws)


def _distances(importance: Floats, ratings: Ratings, rules: Borders) -> Floats:
    x = importance - _border(rules.importance, importance, None)[:, None]
    y = ratings.draws - _border(rules.rating, ratings.draws, ratings.overall_draws)[:, None]
    return np.stack([x, y], axis=2)


def _border(rule: RatingRule, values: Floats, overall: Floats | None) -> Floats:
    """Return the border in each replicate, shape (b,)."""
    if rule == "mean":
        return np.asarray(values.mean(axis=1))
    if rule == "median":
        return np.asarray(np.median(values, axis=1))
    if rule == "overall" and overall is not None:
        return overall
    if isinstance(rule, str):
        raise ImpactError(f"border {rule!r} is not mean, median, a number or, for ratings, overall")
    return np.full(len(values), float(rule))


def is_high(distance: Floats) -> Booleans:
    """Tell whether values stand above their border or on it, the same on every machine."""
    return np.asarray(distance >= -TIE)


def _field(distance: Floats) -> Integers:
    high = is_high(distance).astype(np.int64)
    return np.asarray(_FIELDS[high[..., 0], high[..., 1]], dtype=np.int64)

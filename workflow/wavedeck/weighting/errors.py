"""What can go wrong when weights are made; each message names the margin and the category."""

from __future__ import annotations

from wavedeck.study.errors import WeightingError


class TargetsDoNotSumError(WeightingError):
    """Targets of a margin do not sum to 100 %, or two margins to different totals."""


class TargetMissingError(WeightingError):
    """A category has respondents but no target, or a target that is zero, negative or missing."""


class CategoryWithoutRespondentsError(WeightingError):
    """A category or cell has a target but no respondents with weight."""


class RespondentsUnplacedError(WeightingError):
    """Respondents fit no category of a margin, and no treatment was declared."""


class NoConvergenceError(WeightingError):
    """The margins cannot be reached together, or not in the iterations allowed."""


class InfeasibleCapsError(WeightingError):
    """No weights within the caps reach the targets."""


class MarginsMissedError(WeightingError):
    """Finished weights do not give the targets."""

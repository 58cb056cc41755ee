"""Errors of impact analysis that a user can act on."""

from __future__ import annotations

from wavedeck.study.errors import StatisticsError


class ImpactError(StatisticsError):
    """Importance was asked for that these answers cannot give."""


class NotPositiveDefiniteError(ImpactError):
    """A pairwise correlation matrix is not one that any complete answers could have."""


class CollinearDriversError(ImpactError):
    """A driver follows exactly from others."""


class TooFewRespondentsError(ImpactError):
    """Too few respondents answered for a model."""


class TooManyDriversError(ImpactError):
    """More drivers than shares can be computed for."""

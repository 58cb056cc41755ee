"""Numbers of the store that the SQL route leaves out, and why."""

from __future__ import annotations

from dataclasses import dataclass

BY_R = "standard errors and tests against the rest are checked by R (`wavedeck recompute STUDY --with-r`)"
BY_REPLICATES = "rests on random replicates, which another generator would draw otherwise"
CORRELATION = "of a correlation R has it (`--with-r`); of shares it rests on random replicates"
FOLLOWS = "follows from standard errors and bases by rules of this project (docs/methodology.md, 2 and 4)"
UNCERTAIN = r"(.*\.)?(se|ci_low|ci_high|t|p|df|p_adjusted|decision_.*)"


@dataclass(frozen=True)
class Reason:
    """Why some numbers are left out.

    Attributes
    ----------
    statistics, fields
        Patterns of the statistic and of the field.
    why
        In words.
    """

    statistics: str
    fields: str
    why: str


REASONS = (
    Reason("placement", ".*", BY_REPLICATES),
    Reason("importance", UNCERTAIN, CORRELATION),
    Reason("distance|what_if|explained|border|rating", UNCERTAIN, BY_REPLICATES),
    Reason(".*", r"se|rest\.(se|t|df|p)", BY_R),
    Reason(".*", r"deff|ci_low|ci_high|(.*\.)?(se|t|df|p|p_adjusted|decision_df|decision_p)", FOLLOWS),
)

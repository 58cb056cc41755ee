"""Numbers of the store that the SQL route leaves out, and why."""

from __future__ import annotations

from dataclasses import dataclass

BY_R = "standard errors, intervals and tests take the R route (r_script)"
BY_REPLICATES = "rests on random replicates, which another generator would draw otherwise"


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
    Reason("placement", r".*", BY_REPLICATES),
    Reason(
        "importance|distance|what_if|explained|border|rating",
        r"(.*\.)?(se|ci_low|ci_high|t|p|df|p_adjusted|decision_.*)",
        BY_REPLICATES,
    ),
    Reason(".*", r"(.*\.)?(se|ci_low|ci_high|deff|t|df|p|p_adjusted|decision_df|decision_p)", BY_R),
)

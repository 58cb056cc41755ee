"""Numbers that follow from standard errors: design effects, t, and standard errors between waves.

They are computed anew from recomputed spreads, bases and differences, and from the stored standard errors,
which R checks.
"""

from __future__ import annotations

from wavedeck.audit.recompute.sql import Session, text

ROUTE = "sql, with stored se"
#: Statistics whose design effect compares with a simple random sample of as many answers.
_AVERAGED = "('mean', 'share', 'distribution', 'nps', 'not_applicable', 'multiple', 'composition')"
_QUERIES = (
    f"""SELECT stored.address, 'deff', stored.se ** 2 * (base.value - 1) / sd.value ** 2
FROM stored JOIN recomputed AS base USING (address) JOIN recomputed AS sd USING (address)
WHERE base.field = 'base' AND sd.field = 'sd' AND sd.value > 0 AND stored.deff IS NOT NULL
  AND statistic IN {_AVERAGED}""",
    """SELECT compared.address, kind || '.t', new.value / compared.se
FROM compared JOIN recomputed AS new ON new.address = compared.address
WHERE new.field = kind || '.difference' AND compared.t IS NOT NULL AND compared.se > 0""",
    """SELECT compared.address, kind || '.se', sqrt(one.se ** 2 + two.se ** 2)
FROM compared JOIN stored AS one ON one.address = compared.address
JOIN stored AS two ON two.address = compared.against
WHERE kind IN ('previous', 'stated') AND compared.se IS NOT NULL""",
)


def add_followers(session: Session) -> None:
    """Add to ``recomputed`` what follows from standard errors, where nothing else gave it.

    Parameters
    ----------
    session
        With the tables ``stored``, ``compared`` and ``recomputed`` of a report.

    References
    ----------
    Kish, L. (1965). Survey Sampling. New York: Wiley; on the design effect.
    """
    for query in _QUERIES:
        session.run(
            f"INSERT INTO recomputed\nSELECT address, field, value, {text(ROUTE)} FROM (\n{query}\n) "
            "AS found(address, field, value)\nWHERE NOT EXISTS (FROM recomputed AS known "
            "WHERE known.address = found.address AND known.field = found.field)"
        )

"""The set of groups by which a change between waves is split."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.trace.columns import members, responses_for
from wavedeck.audit.trace.place import WaveData
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study

CELLS = "cells"
OTHERS = "(none of these)"
MOST_CELLS = 30


@dataclass(frozen=True)
class Grouping:
    """Groups that divide the respondents of a part.

    Attributes
    ----------
    name
        Name of a breakdown, or ``cells`` for the weighting cells.
    groups
        Groups in order; empty for weighting cells, which each wave names itself.
    """

    name: str
    groups: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """Return what the groups are."""
        return "the weighting cells" if self.name == CELLS else f"breakdown '{self.name}'"


def choose_grouping(study: Study, part: str, name: str = "") -> Grouping:
    """Return the groups asked for; the weighting cells, or else the first breakdown, when left out.

    Raises
    ------
    AuditError
        When the part has no such groups; naming those that it has.
    """
    known = breakdowns_of(study, part)
    has_cells = part in study.weighting.parts and study.weighting.parts[part].method == "cell"
    if not name and not has_cells and not known:
        raise AuditError(f"part '{part}' has no weighting cells and no breakdown; declare one in groups.yaml")
    chosen = name or (CELLS if has_cells else known[0])
    if chosen == CELLS and has_cells:
        return Grouping(CELLS)
    if chosen not in known:
        names = [*([CELLS] if has_cells else []), *known]
        raise AuditError(
            f"part '{part}' cannot be split by '{chosen}'"
            f"{did_you_mean(chosen, names, then='it can by ' + (', '.join(names) or 'nothing'))}"
        )
    return Grouping(chosen, study.group_book.expand([chosen], part))


def breakdowns_of(study: Study, part: str) -> list[str]:
    """Return the breakdowns that a part has."""
    return [
        name
        for name, one in study.groups.breakdowns.items()
        if (one.parts is None or part in one.parts) and study.group_book.expand([name], part)
    ]


def divide(grouping: Grouping, data: WaveData, places: np.ndarray) -> dict[str, np.ndarray]:
    """Return group -> who of some respondents is in it; who is in none stands under a name of its own.

    Parameters
    ----------
    places
        Positions of n respondents in the responses, shape (n,).

    Raises
    ------
    AuditError
        When respondents are in more than one group.
    """
    masks = dict(_cells(data, places) if grouping.name == CELLS else _groups(grouping, data, places))
    counts = np.sum([np.zeros(len(places)), *masks.values()], axis=0)
    if (counts > 1).any():
        raise AuditError(
            f"{int((counts > 1).sum())} respondents of {data.part} {data.name} are in several groups of "
            f"'{grouping.name}'; choose a set whose groups do not overlap with --by"
        )
    return {**masks, OTHERS: counts == 0}


def _groups(grouping: Grouping, data: WaveData, places: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    table = responses_for([], grouping.groups, data)
    for name in grouping.groups:
        yield name, members(table, name, data)[places]


def _cells(data: WaveData, places: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    cells = np.array(data.weights["cell"].to_pylist(), object)[places]
    for name in sorted(set(cells) - {""}):
        yield name, cells == name

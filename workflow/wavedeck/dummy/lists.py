"""Lists of ids that define groups: which respondents are on them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wavedeck.dummy.plan import ListPlan
from wavedeck.dummy.state import Draw, number
from wavedeck.study.errors import ConfigError
from wavedeck.study.settings import IdList


def write_lists(draw: Draw) -> None:
    """Write the planned lists of ids, in the wave that has respondents on them or where there is none yet.

    Raises
    ------
    ConfigError
        When a list is of no such group, or more respondents are planned than there are.
    """
    for group, plan in draw.plan.lists.items():
        wanted = int(number(plan.respondents, draw.wave))
        if wanted or not (draw.root / _declared(draw, group).file).exists():
            _write(draw, group, plan, wanted)


def _write(draw: Draw, group: str, plan: ListPlan, wanted: int) -> None:
    declared = _declared(draw, group)
    inside = np.flatnonzero(draw.mask(plan.within, draw.table()))
    if len(inside) < wanted or plan.size < wanted:
        raise ConfigError(
            f"dummy.yaml, lists, {group}: {wanted} respondents are planned, but '{plan.within}' has "
            f"{len(inside)} in wave '{draw.wave}' and the list has room for {plan.size}"
        )
    ids = draw.columns.get(declared.variable, np.array(["0"])).astype(str)
    chosen = draw.chance(f"list {group}").choice(inside, wanted, replace=False)
    path = draw.root / declared.file
    path.parent.mkdir(parents=True, exist_ok=True)
    listed = sorted({*ids[chosen], *_strangers(ids, plan.size - wanted)}, key=int)
    path.write_text("\n".join(listed) + "\n", encoding="utf-8")


def _declared(draw: Draw, group: str) -> IdList:
    found = draw.study.groups.groups.get(group)
    if found is None or found.ids is None:
        raise ConfigError(f"dummy.yaml, lists: groups.yaml has no group '{group}' with a list of ids")
    return found.ids


def _strangers(ids: NDArray, wanted: int) -> list[str]:
    """Return ids of people who did not respond, above all ids that did."""
    last = max(int(text) for text in ids)
    return [str(last + place) for place in range(1, wanted + 1)]

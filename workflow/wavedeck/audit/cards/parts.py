"""The rows behind a card and what each adds, computed from the plain data alone, as the pages do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wavedeck.audit.cards.coding import mask_of, numbers_of

CLOSE = 1e-9
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Parts:
    """The rows behind one figure.

    Attributes
    ----------
    places
        Positions of the n respondents in their block, shape (n,).
    weight, part
        Of each, shape (n,); NaN parts where a model stands between.
    shown
        Name -> number beside each row, shape (n,); NaN where there is none.
    """

    places: np.ndarray
    weight: np.ndarray
    part: np.ndarray
    shown: Mapping[str, np.ndarray]

    @property
    def total(self) -> float | None:
        """Return what the rows add up to; None where a model stands between."""
        return None if np.isnan(self.part).any() else float(self.part.sum())


@dataclass
class Blocks:
    """Blocks of evidence by name, decoded once.

    Attributes
    ----------
    index
        What the shared data says of them, by part and wave.
    blocks
        As plain data.
    """

    index: Mapping[str, Json]
    blocks: Mapping[str, Json]
    _numbers: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)
    _masks: dict[tuple[str, str, str], np.ndarray] = field(default_factory=dict)

    def numbers(self, wave: str, column: str | None) -> np.ndarray:
        """Return a column of a wave, shape (n,); ones for None."""
        key = (wave, column or "")
        if key not in self._numbers:
            self._numbers[key] = self._read(wave, column)
        return self._numbers[key]

    def _read(self, wave: str, column: str | None) -> np.ndarray:
        if column is None:
            return np.ones(self.index[wave]["rows"])
        return numbers_of(self.blocks[self.index[wave]["columns"][column]]["columns"][column])

    def mask(self, wave: str, kind: str, name: str) -> np.ndarray:
        """Return who is in one of the ``groups`` or ``masks`` of a wave, shape (n,)."""
        key = (wave, kind, name)
        if key not in self._masks:
            self._masks[key] = mask_of(self.blocks[self.index[wave]["groups"]][kind][name])
        return self._masks[key]

    def weight(self, wave: str) -> np.ndarray:
        """Return the weights of a wave, shape (n,)."""
        if (wave, "#weight") not in self._numbers:
            self._numbers[wave, "#weight"] = numbers_of(self.blocks[wave]["weight"])
        return self._numbers[wave, "#weight"]

    def included(self, wave: str) -> np.ndarray:
        """Return who is part of the weighting, shape (n,)."""
        if (wave, "", "") not in self._masks:
            self._masks[wave, "", ""] = mask_of(self.blocks[wave]["in_weighting"])
        return self._masks[wave, "", ""]

    def parts(self, card: Json) -> Parts:
        """Return the rows behind a card that refers to rows, and what each adds."""
        rows, wave = card["rows"], card["rows"]["evidence"]
        found = [self._term(wave, term) for term in rows["terms"]]
        inside = np.logical_or.reduce([places for places, _, _ in found])
        part = np.sum([own for _, _, own in found], axis=0)
        shown = {
            name: np.where(places, self.numbers(wave, column) * factor, np.nan)[inside]
            for term, (places, _, _) in zip(rows["terms"], found, strict=True)
            for name, (column, factor) in term["show"].items()
        }
        return Parts(np.flatnonzero(inside), found[0][1][inside], part[inside], shown)

    def _term(self, wave: str, term: Json) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return who is inside, weights, and parts, each of shape (n,)."""
        inside = self.mask(wave, "groups", term["group"])
        if term.get("mask"):
            inside = inside & self.mask(wave, "masks", term["mask"])
        if term["included"]:
            inside = inside & self.included(wave)
        of, per = (self.numbers(wave, term.get(name)) for name in ("of", "per"))
        inside = inside & ~np.isnan(of) & ~np.isnan(per)
        w = self.weight(wave) if term["weighted"] else np.ones(len(inside))
        part = np.zeros(len(inside))
        part[inside] = term["sign"] * term["scale"] * _RULES[term["kind"]](w[inside], of[inside], per[inside])
        return inside, w, part


def _ratio(w: np.ndarray, of: np.ndarray, per: np.ndarray) -> np.ndarray:
    total = (w * per).sum()
    return np.asarray(w * of / total if total else w * 0.0)


def _count(w: np.ndarray, _of: np.ndarray, _per: np.ndarray) -> np.ndarray:
    return np.ones(len(w))


def _correlation(w: np.ndarray, of: np.ndarray, per: np.ndarray) -> np.ndarray:
    if not len(w):
        return w
    dx, dy = (one - (w * one).sum() / w.sum() for one in (of, per))
    spread = np.sqrt((w * dx * dx).sum() * (w * dy * dy).sum())
    return np.asarray(w * dx * dy / spread if spread else w * 0.0)


def _rows(w: np.ndarray, _of: np.ndarray, _per: np.ndarray) -> np.ndarray:
    return np.full(len(w), np.nan)


_RULES = {"ratio": _ratio, "count": _count, "correlation": _correlation, "rows": _rows}


@dataclass(frozen=True)
class Tally:
    """How many figures are the sum of their rows.

    Attributes
    ----------
    equal, unequal
        Addresses whose rows do, or do not, add up to the estimate.
    modelled
        How many come out of a model of their rows.
    without
        How many rest on no rows or have no estimate.
    """

    equal: tuple[str, ...]
    unequal: tuple[str, ...]
    modelled: int
    without: int


def add_up(cards: Iterable[Json], blocks: Blocks) -> Tally:
    """Add up the rows of every card and hold the sum against its estimate."""
    equal: list[str] = []
    unequal: list[str] = []
    modelled = without = 0
    for card in cards:
        estimate = card.get("values", {}).get("estimate")
        if "rows" not in card or estimate is None:
            without += 1
            continue
        total = blocks.parts(card).total
        if total is None:
            modelled += 1
        else:
            close = abs(total - estimate) <= CLOSE * max(1.0, abs(estimate))
            (equal if close else unequal).append(card["address"])
    return Tally(tuple(equal), tuple(unequal), modelled, without)

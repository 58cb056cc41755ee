"""Comparisons between two figures of one report that the store has tested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.study.address import Address
from wavedeck.study.indicators import DifferenceIndicator
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Sides:
    """A declared difference that tests one figure against another.

    Attributes
    ----------
    figure
        The difference.
    turned
        Whether it is the second less the first.
    """

    figure: Figure
    turned: bool

    @property
    def sign(self) -> str:
        """Return '+' when the first is significantly higher, '-' when lower, else nothing."""
        sign = sign_of(self.figure)
        return {"+": "-", "-": "+"}.get(sign, "") if self.turned else sign


def sign_of(difference: Figure) -> str:
    """Return the side of zero on which the whole interval of a difference lies, if on one."""
    if not difference.is_shown or difference.ci_low is None or difference.ci_high is None:
        return ""
    return "+" if difference.ci_low > 0 else "-" if difference.ci_high < 0 else ""


def declared_difference(study: Study, store: FigureStore, first: str, second: str) -> Sides | None:
    """Return the declared difference between two figures of one group and wave, if there is one.

    Parameters
    ----------
    first, second
        Full addresses.
    """
    one, other = Address.parse(first), Address.parse(second)
    if (one.part, one.group, one.wave) != (other.part, other.group, other.wave):
        return None
    for turned, (left, right) in ((False, (one, other)), (True, (other, one))):
        for address in _addresses(study, left, right):
            if address in store:
                return Sides(store[address], turned)
    return None


def _addresses(study: Study, left: Address, right: Address) -> Iterator[str]:
    for name, spec in study.indicators.indicators.items():
        if not isinstance(spec, DifferenceIndicator):
            continue
        of, minus = _reference(spec.of), _reference(spec.minus)
        if _fits(of, left) and _fits(minus, right) and _paired(of, minus, left, right):
            yield str(Address(left.part, name, left.item, left.category, left.group, left.wave))


def _reference(text: str) -> tuple[str, str, str]:
    stem, _, category = text.partition(".")
    indicator, _, item = stem.partition("@")
    return indicator, item, category


def _fits(reference: tuple[str, str, str], address: Address) -> bool:
    indicator, item, category = reference
    named = item in ("", address.item) and category in ("", address.category)
    return indicator == address.indicator and named


def _paired(of: tuple[str, str, str], minus: tuple[str, str, str], left: Address, right: Address) -> bool:
    """Tell whether items and categories that neither side names are the same on both."""
    items = bool(of[1] or minus[1]) or left.item == right.item
    return items and (bool(of[2] or minus[2]) or left.category == right.category)

"""What figures say, as true or false: for claims and for `if`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wavedeck.figures.records import Figure
from wavedeck.narrative.basis import Basis, Truth, basis_of
from wavedeck.narrative.in_print import number_in, printed_value, side_of
from wavedeck.narrative.placed import analysis_of, drivers_of, named_quadrants
from wavedeck.narrative.tested import declared_difference, sign_of
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.base import text_in
from wavedeck.study.errors import NarrativeError, did_you_mean

if TYPE_CHECKING:
    from wavedeck.narrative.narrator import Narrator

AGAINST = ("previous", "stated", "rest")
HALF = 50.0


@dataclass(frozen=True)
class Truths:
    """Truths about the figures of one report; a figure that is not shown makes none true."""

    narrator: Narrator

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        moved = (self.rises, self.falls, self.stays, self.above_rest, self.below_rest)
        ranked = (self.highest_is, self.lowest_is, self.in_quadrant)
        compared = (self.more_than, self.less_than, self.differs, self.at_least, self.passes)
        others = (self.above_zero, self.below_zero, self.majority, self.all_of, self.any_of, self.count_of)
        return {function.__name__: function for function in (*moved, *ranked, *compared, *others)}

    def rises(self, address: str, against: str = "previous", wave: WaveRef = 0) -> Truth:
        """Tell whether a figure rose significantly since the previous or stated wave."""
        return self._marked(address, against, wave, "+")

    def falls(self, address: str, against: str = "previous", wave: WaveRef = 0) -> Truth:
        """Tell whether a figure fell significantly."""
        return self._marked(address, against, wave, "-")

    def stays(self, address: str, against: str = "previous", wave: WaveRef = 0) -> Truth:
        """Tell whether a figure was tested and did not change significantly."""
        return self._marked(address, against, wave, "none")

    def above_rest(self, address: str, wave: WaveRef = 0) -> Truth:
        """Tell whether a group stands significantly above all others together."""
        return self._marked(address, "rest", wave, "+")

    def below_rest(self, address: str, wave: WaveRef = 0) -> Truth:
        """Tell whether a group stands significantly below all others together."""
        return self._marked(address, "rest", wave, "-")

    def highest_is(
        self,
        stem: str,
        member: str,
        n: int = 1,
        *,
        over: str = "items",
        group: str = "all",
        wave: WaveRef = 0,
    ) -> Truth:
        """Tell whether an item, category or group is among the n highest as printed; ties share a place."""
        ranked = self.narrator.ranking(stem, over, group, wave)
        return self._among(ranked, over, n, self._member(stem, member, over))

    def lowest_is(
        self,
        stem: str,
        member: str,
        n: int = 1,
        *,
        over: str = "items",
        group: str = "all",
        wave: WaveRef = 0,
    ) -> Truth:
        """Tell whether an item, category or group is among the n lowest as printed."""
        ranked = self.narrator.ranking(stem, over, group, wave)[::-1]
        return self._among(ranked, over, n, self._member(stem, member, over))

    def in_quadrant(
        self, stem: str, item: str, quadrant: str, group: str = "all", wave: WaveRef = 0
    ) -> Truth:
        """Tell whether a driver stands in a quadrant with the declared confidence."""
        own = self.narrator
        _, name, analysis = analysis_of(own.study, stem)
        known = named_quadrants(analysis, own.language)
        if quadrant not in known:
            raise NarrativeError(f"unknown quadrant '{quadrant}'{did_you_mean(quadrant, known)}")
        drivers = drivers_of(own.store, own.study, stem, group, resolve_wave(own.study, own.wave, wave))
        found = {driver.item: driver for driver in drivers}
        if item not in found:
            raise NarrativeError(f"analysis '{name}' has no driver '{item}'{did_you_mean(item, found)}")
        driver = found[item]
        basis = [own.note(one.address) for one in (driver.importance, driver.rating)]
        return Truth.of(driver.is_shown and driver.is_placed and driver.quadrant == quadrant, basis)

    def more_than(self, a: str, b: str, wave: WaveRef = 0, *, by_eye: bool = False) -> Truth:
        """Tell whether a figure is more than another, than a constant, or than 'rest' or 'previous'.

        Two figures are compared by a test, or as printed where the text says ``by_eye=True``.
        """
        return self._compared(a, b, wave, by_eye, "+")

    def less_than(self, a: str, b: str, wave: WaveRef = 0, *, by_eye: bool = False) -> Truth:
        """Tell whether a figure is less than another, than a constant, or than 'rest' or 'previous'."""
        return self._compared(a, b, wave, by_eye, "-")

    def differs(self, a: str, b: str, wave: WaveRef = 0) -> Truth:
        """Tell whether two figures differ significantly."""
        sign, basis = self._tested(a, b, wave)
        return Truth.of(sign in ("+", "-"), basis)

    def at_least(self, a: str, constant: str, wave: WaveRef = 0) -> Truth:
        """Tell whether a figure, as printed, is at least a declared constant."""
        figure, basis = self._look(a, wave)
        limit = self._limit(constant)
        return Truth.of(figure is not None and printed_value(figure) >= limit, basis)

    def passes(self, address: str, mark: str = "pass_mark", wave: WaveRef = 0) -> Truth:
        """Tell whether a mark, as printed, reaches the pass mark that study.yaml declares."""
        return self.at_least(address, mark, wave)

    def above_zero(self, address: str, wave: WaveRef = 0) -> Truth:
        """Tell whether the whole interval of a difference lies above zero."""
        return self._side_of_zero(address, wave, "+")

    def below_zero(self, address: str, wave: WaveRef = 0) -> Truth:
        """Tell whether the whole interval of a difference lies below zero."""
        return self._side_of_zero(address, wave, "-")

    def majority(self, address: str, wave: WaveRef = 0) -> Truth:
        """Tell whether a share is more than half, before rounding and after."""
        figure, basis = self._look(address, wave)
        more = figure is not None and (figure.estimate or 0.0) > HALF and printed_value(figure) > HALF
        return Truth.of(more, basis)

    def all_of(self, truths: Iterable[object]) -> Truth:
        """Tell whether all of several truths hold, and there is at least one."""
        listed = list(truths)
        return Truth.of(bool(listed) and all(listed), _basis(listed))

    def any_of(self, truths: Iterable[object]) -> Truth:
        """Tell whether any of several truths holds."""
        listed = list(truths)
        return Truth.of(any(listed), _basis(listed))

    def count_of(self, truths: Iterable[object]) -> int:
        """Return how many of several truths hold."""
        return sum(1 for one in truths if one)

    def _marked(self, address: str, against: str, wave: WaveRef, mark: str) -> Truth:
        figure = self.narrator.look(address, wave)
        item = self.narrator.comparison(address, against, wave) if figure else None
        basis = [Basis(figure.address, against)] if figure else []
        return Truth.of(item is not None and item.mark == mark, basis)

    def _among(self, ranked: Sequence[Figure], over: str, n: int, member: str) -> Truth:
        """Tell whether a member is among the first n of a ranking, whichever of equal ones comes first."""
        name = {"items": "item", "categories": "category"}.get(over, "group")
        places = [place for place, one in enumerate(ranked) if getattr(one, name) == member]
        if not places:
            return Truth.of(False, [self.narrator.note(one.address) for one in ranked[:n]])
        own = printed_value(ranked[places[0]])
        last = max(place for place, one in enumerate(ranked) if printed_value(one) == own)
        asked = {*range(min(n + 1, len(ranked))), places[0]}
        return Truth.of(last < n, [self.narrator.note(ranked[place].address) for place in sorted(asked)])

    def _member(self, stem: str, member: str, over: str) -> str:
        """Return the name of a member, checked."""
        labels = self.narrator.labels
        indicator = stem.partition("/")[2].partition(".")[0].partition("@")[0]
        if over == "items":
            labels.item(indicator, member)
        elif over == "categories":
            asked = labels.questions(indicator)
            known = {name for one in asked for name in one.categories}
            known |= {one.item for one in asked if one.loop_entry and one.item}
            if known and member not in known:
                raise NarrativeError(f"'{stem}' has no category '{member}'{did_you_mean(member, known)}")
        else:
            labels.group(member)
        return member

    def _compared(self, a: str, b: str, wave: WaveRef, by_eye: bool, sign: str) -> Truth:
        if "/" in b and by_eye:
            (one, own), (other, others) = self._look(a, wave), self._look(b, wave)
            if one is None or other is None:
                return Truth.of(False, [*own, *others])
            return Truth.of(side_of(printed_value(one), printed_value(other)) == sign, [*own, *others])
        if "/" in b or b in AGAINST:
            found, basis = self._tested(a, b, wave)
            return Truth.of(found == sign, basis)
        figure, basis = self._look(a, wave)
        limit = self._limit(b)
        return Truth.of(figure is not None and side_of(printed_value(figure), limit) == sign, basis)

    def _tested(self, a: str, b: str, wave: WaveRef) -> tuple[str, list[Basis]]:
        if b in AGAINST:
            found = {mark: bool(self._marked(a, b, wave, mark)) for mark in ("+", "-")}
            basis = list(basis_of(self._marked(a, b, wave, "+")))
            return next((mark for mark, holds in found.items() if holds), ""), basis
        (one, own), (other, others) = self._look(a, wave), self._look(b, wave)
        if one is None or other is None:
            return "", [*own, *others]
        sides = declared_difference(self.narrator.study, self.narrator.store, one.address, other.address)
        if sides is None:
            raise NarrativeError(
                f"no test compares '{a}' with '{b}'; declare a difference between them in indicators.yaml "
                "(same group), or write by_eye=True to compare them as printed"
            )
        return sides.sign, [*own, *others, self.narrator.note(sides.figure.address)]

    def _side_of_zero(self, address: str, wave: WaveRef, sign: str) -> Truth:
        figure, basis = self._look(address, wave)
        return Truth.of(figure is not None and sign_of(figure) == sign, basis)

    def _look(self, address: str, wave: WaveRef) -> tuple[Figure | None, list[Basis]]:
        figure = self.narrator.look(address, wave)
        basis = [self.narrator.note(figure.address)] if figure else []
        return (figure if figure and figure.is_shown and figure.estimate is not None else None), basis

    def _limit(self, name: str) -> Decimal:
        own = self.narrator
        constants = own.study.settings.constants
        if name not in constants:
            hint = did_you_mean(name, constants)
            raise NarrativeError(f"unknown constant '{name}'{hint}; declare it in study.yaml")
        return number_in(text_in(constants[name], own.language), name)


def _basis(truths: Iterable[object]) -> list[Basis]:
    return [basis for one in truths for basis in basis_of(one)]

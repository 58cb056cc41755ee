"""Figures in words, and the small words around figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wavedeck.figures.records import Figure
from wavedeck.narrative.basis import basis_of
from wavedeck.narrative.fractions import fraction_in_words, half_in_words
from wavedeck.narrative.in_print import number_in, printed_value
from wavedeck.narrative.number_words import count_in_words, counted_things, place_in_words
from wavedeck.narrative.ranking import Ranked
from wavedeck.narrative.truths import Truths
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.narrative.wording import wording
from wavedeck.study.base import text_in
from wavedeck.study.errors import NarrativeError

if TYPE_CHECKING:
    from wavedeck.narrative.narrator import Narrator

# Distance of a printed mark from the pass mark.
CLOSE, WIDE = Decimal("0.3"), Decimal(1)
_VERDICTS = {
    "nl": ("ruime voldoende", "voldoende", "krappe voldoende", "net geen voldoende", "onvoldoende"),
    "en": ("comfortable pass", "pass", "bare pass", "just short of a pass", "fail"),
}
_FIRST = re.compile("^((?:\ue000\\d+\ue001|\\*\\*)*)(.)(.?)", re.DOTALL)
SPANS = ("to", "between")


@dataclass(frozen=True)
class Spoken:
    """Figures of one report in words; each notes its source."""

    narrator: Narrator

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        figures = (self.fraction, self.half, self.verdict, self.in_words, self.const_words, self.span)
        counts = (self.counted, self.plural, self.ordinal, self.wave_ordinal)
        words = (self.listed, self.capital, self.lower)
        return {function.__name__: function for function in (*figures, *counts, *words)}

    def fraction(self, address: str, of: str = "", prefer: str = "", wave: WaveRef = 0) -> str:
        """Print a share as a fraction in words: 'bijna zes op de tien'; `of` is the noun it is a share of."""
        figure = self._share(address, wave)
        words = fraction_in_words(figure.estimate or 0.0, self.narrator.language, of=of, prefer=prefer)
        return self.narrator.printed(words, figure.address, "fraction")

    def half(self, address: str, of: str = "", wave: WaveRef = 0) -> str:
        """Print whether a share is more or less than half."""
        figure = self._share(address, wave)
        words = half_in_words(figure.estimate or 0.0, self.narrator.language, of=of)
        return self.narrator.printed(words, figure.address, "fraction")

    def verdict(self, address: str, mark: str = "pass_mark", wave: WaveRef = 0) -> str:
        """Print how a mark, as printed, stands to the pass mark that study.yaml declares."""
        figure = self.narrator.shown_figure(address, wave)
        limit = Truths(self.narrator)._limit(mark)  # noqa: SLF001 - one reading of constants
        words = _VERDICTS.get(self.narrator.language)
        if words is None:
            raise NarrativeError(f"there are no verdicts for language '{self.narrator.language}' yet")
        away = printed_value(figure) - limit
        steps = (away >= WIDE, away >= CLOSE, away >= 0, away >= -CLOSE, True)
        return self.narrator.printed(words[steps.index(True)], figure.address, "verdict")

    def in_words(self, address: str, wave: WaveRef = 0) -> str:
        """Print a whole number up to twenty in words, any other figure as it is."""
        figure = self.narrator.shown_figure(address, wave)
        value = printed_value(figure)
        if figure.unit == "percent" or figure.decimals or value != int(value) or not 0 <= value <= 20:
            return self.narrator.fig(address, wave)
        words = count_in_words(int(value), self.narrator.language)
        return self.narrator.printed(words, figure.address, "estimate")

    def const_words(self, name: str) -> str:
        """Print a constant that is a whole number in words."""
        constants = self.narrator.study.settings.constants
        if name not in constants:
            return self.narrator.constant(name)
        number = number_in(text_in(constants[name], self.narrator.language), name)
        words = count_in_words(int(number), self.narrator.language)
        return self.narrator.printed(words, f"study/constants.{name}", "constant")

    def counted(self, entries: Sequence[object], one: str, more: str) -> str:
        """Print how many entries a list has, with its noun: 'drie aspecten'."""
        words = counted_things(len(entries), one, more, self.narrator.language)
        basis = basis_of(entries) or tuple(basis_of(list(entries)))
        known = [item.address for item in basis if item.address in self.narrator.store]
        return self.narrator.printed(words, known[0] if known else "", "counted")

    def plural(self, entries: Sequence[object] | int, one: str, more: str) -> str:
        """Return the form for one, or for none and more."""
        count = entries if isinstance(entries, int) else len(entries)
        return one if count == 1 else more

    def ordinal(self, place: int) -> str:
        """Print a place in a row: 'derde'."""
        return self.narrator.printed(place_in_words(place, self.narrator.language), "", "ordinal")

    def wave_ordinal(self, wave: WaveRef = 0) -> str:
        """Print which wave of the study this is: 'derde'."""
        own = self.narrator
        name = resolve_wave(own.study, own.wave, wave)
        return own.printed(place_in_words(len(own.study.waves_until(name)), own.language), name, "wave")

    def span(self, addresses: Iterable[str | Ranked], style: str = "to", wave: WaveRef = 0) -> str:
        """Print the lowest and the highest of several figures: '76% tot 81%'."""
        if style not in SPANS:
            raise NarrativeError(f"style={style!r} is not one of {', '.join(SPANS)}")
        own = self.narrator
        figures = [own.shown_figure(_stem(one), wave) for one in addresses]
        if not figures:
            raise NarrativeError("span() got no addresses; guard it with an if")
        low, high = (end(figures, key=lambda one: one.estimate or 0.0) for end in (min, max))
        if printed_value(low) == printed_value(high):
            return own.printed_figure(low)
        form = wording(own.language)["range" if style == "to" else "between"]
        return form.format(low=own.printed_figure(low), high=own.printed_figure(high))

    def listed(self, entries: Iterable[Ranked | str], *, figures: bool = True) -> str:
        """Return entries of a ranking, or names, joined; names in lower case as within a sentence."""
        return self.narrator.join([self._named(one, figures=figures) for one in entries])

    def capital(self, text: str) -> str:
        """Return a text with a capital first."""
        return _FIRST.sub(lambda found: found[1] + found[2].upper() + found[3], text, count=1)

    def lower(self, text: str) -> str:
        """Return a text with a small letter first, unless it begins with an abbreviation."""
        return _FIRST.sub(_small, text, count=1)

    def _named(self, entry: Ranked | str, *, figures: bool) -> str:
        if isinstance(entry, str):
            return self.lower(entry)
        return f"{self.lower(entry.label)} ({entry.fig})" if figures else self.lower(entry.label)

    def _share(self, address: str, wave: WaveRef) -> Figure:
        figure = self.narrator.shown_figure(address, wave)
        if figure.unit != "percent":
            raise NarrativeError(f"'{figure.address}' is no share; a fraction in words needs a percentage")
        return figure


def _stem(address: str | Ranked) -> str:
    return address if isinstance(address, str) else address.address.rpartition("/")[0]


def _small(found: re.Match[str]) -> str:
    return found[0] if found[3] != found[3].lower() else found[1] + found[2].lower() + found[3]

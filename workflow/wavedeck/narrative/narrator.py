"""What a template can say: functions that print figures of one report in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from babel.lists import format_list

from wavedeck.figures.formats import format_number, format_p
from wavedeck.figures.records import Figure
from wavedeck.narrative.basis import Basis, Found, Said
from wavedeck.narrative.methods import Methods
from wavedeck.narrative.quadrants import Quadrants
from wavedeck.narrative.ranking import Ranked, Ranking, name_of, ranked_figures
from wavedeck.narrative.reader import Reader, refuse_other, refuse_unquoted
from wavedeck.narrative.spoken import Spoken
from wavedeck.narrative.truths import AGAINST, Truths
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.narrative.wording import wording
from wavedeck.study.base import language_tag, text_in
from wavedeck.study.errors import NarrativeError, did_you_mean

CHANGES = {"+": "rise", "-": "fall", "none": "same", "": "unknown"}


class Narrator(Reader):
    """What templates may call: figures of one report, printed in one language, each with its source."""

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        said = (self.fig, self.base, self.diff, self.p_value, self.between, self.constant)
        asked = (self.change, self.mark, self.shown, self.highest, self.lowest, self.marked)
        named = (self.label, self.wave_label, self.fieldwork, self.join)
        quadrants = Quadrants(self.store, self.study, self.wave, self.language).functions()
        own = {function.__name__: function for function in (*said, *asked, *named)}
        others = {**Truths(self).functions(), **Spoken(self).functions(), **Methods(self).functions()}
        return {**own, **others, **{name: self._naming(one, name) for name, one in quadrants.items()}}

    def fig(self, address: str, wave: WaveRef = 0, *, signed: bool = False) -> str:
        """Print a figure: ``fig('pax/overall/all')``; `wave` is 0, -1, 'first' or 'stated'."""
        return self.printed_figure(self.shown_figure(address, wave), signed=signed)

    def base(self, address: str, wave: WaveRef = 0) -> str:
        """Print how many answers a figure rests on."""
        figure = self.shown_figure(address, wave)
        if figure.base is None:
            raise NarrativeError(f"'{figure.address}' rests on no answers: it is a {figure.statistic}")
        return self.printed(format_number(figure.base, 0, self.language), figure.address, "base")

    def diff(
        self, address: str, against: str = "previous", wave: WaveRef = 0, *, signed: bool = False
    ) -> str:
        """Print the difference with the previous wave, the stated wave, or the rest.

        Differences of percentages are percentage points: they come without a percent sign.
        """
        figure, item = self.shown_figure(address, wave), self.comparison(address, against, wave)
        if item is None or item.difference is None:
            reason = item.reason if item else f"it has no comparison '{against}'"
            message = f"no difference for '{figure.address}': {reason}; guard it with change() or mark()"
            raise NarrativeError(message)
        value = item.difference if signed else abs(item.difference)
        text = format_number(value, figure.decimals, self.language, signed=signed)
        return self.printed(text, figure.address, f"{against}.difference")

    def p_value(self, address: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Print the p value by which a comparison is marked, corrected as the study declares."""
        item = self.comparison(address, against, wave)
        if item is None or item.p_adjusted is None:
            raise NarrativeError(f"no p value for '{address}' against '{against}': there was no test")
        return self.printed(format_p(item.p_adjusted, self.language), item.address, f"{against}.p_adjusted")

    def between(self, stem: str, group: str = "all", wave: WaveRef = 0) -> str:
        """Print both ends of a range: ``between('pax/overall_range')`` gives '3.9 to 4.4'."""
        ends = [
            self.printed_figure(self.shown_figure(f"{stem}.{end}/{group}", wave)) for end in ("low", "high")
        ]
        return wording(self.language)["range"].format(low=ends[0], high=ends[1])

    def change(self, address: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Tell how a figure moved: 'rise', 'fall', 'same' (not significant) or 'unknown' (no test)."""
        item = self.comparison(address, against, wave)
        return Said.of(CHANGES[item.mark if item is not None else ""], self.trail[-1:])

    def mark(self, address: str, against: str = "rest", wave: WaveRef = 0) -> str:
        """Tell whether a figure differs significantly: '+', '-' or ''."""
        item = self.comparison(address, against, wave)
        return Said.of(item.mark if item is not None and item.mark in ("+", "-") else "", self.trail[-1:])

    def shown(self, address: str, wave: WaveRef = 0) -> bool:
        """Tell whether a figure may be printed; not so when the report has no such earlier wave."""
        figure = self.look(address, wave)
        return figure is not None and figure.is_shown

    def label(self, name: str) -> str:
        """Return the label of a group, an indicator, an item (``'service@art'``) or a category."""
        found = self._label(name)
        self.names.add(found)
        return found

    def _label(self, name: str) -> str:
        stem, _, category = name.partition(".")
        indicator, _, item = stem.partition("@")
        if category:
            return self.labels.category(indicator, category)
        if item or indicator in self.study.every_indicator:
            return self.labels.item(indicator, item)
        return self.labels.group(name)

    def wave_label(self, wave: WaveRef = 0) -> str:
        """Return the name of a wave."""
        name = resolve_wave(self.study, self.wave, wave)
        return self.printed(self.labels.wave(name), name, "wave")

    def fieldwork(self, part: str, wave: WaveRef = 0) -> str:
        """Return the fieldwork period of a part in words."""
        if part not in self.study.settings.parts:
            raise NarrativeError(f"unknown part '{part}'{did_you_mean(part, self.study.settings.parts)}")
        name = resolve_wave(self.study, self.wave, wave)
        period = self.study.settings.fieldwork(name, part)
        if period is None:
            raise NarrativeError(f"wave '{name}' has no fieldwork period in study.yaml")
        return self.printed(text_in(period, self.language), name, "fieldwork")

    def highest(
        self, stem: str, n: int = 1, over: str = "items", group: str = "all", wave: WaveRef = 0
    ) -> list[Ranked]:
        """Return the n highest figures of an indicator over its items, categories, or a breakdown."""
        return self._entries(self.ranking(stem, over, group, wave)[:n], stem, over)

    def lowest(
        self, stem: str, n: int = 1, over: str = "items", group: str = "all", wave: WaveRef = 0
    ) -> list[Ranked]:
        """Return the n lowest figures of an indicator, the lowest first."""
        return self._entries(self.ranking(stem, over, group, wave)[::-1][:n], stem, over)

    def marked(
        self,
        stem: str,
        sign: str,
        over: str = "items",
        *,
        against: str = "rest",
        group: str = "all",
        wave: WaveRef = 0,
    ) -> list[Ranked]:
        """Return the figures of an indicator that are significantly higher ('+') or lower ('-')."""
        refuse_other("sign", sign, ("+", "-"))
        refuse_other("against", against, AGAINST)
        ranked = self.ranking(stem, over, group, wave)
        signed = [figure for figure in ranked if self._sign(figure, against) == sign]
        return self._entries(signed, stem, over, against)

    def constant(self, name: str) -> str:
        """Print a constant that study.yaml declares."""
        constants = self.study.settings.constants
        if name not in constants:
            hint = did_you_mean(name, constants)
            raise NarrativeError(f"unknown constant '{name}'{hint}; declare it in study.yaml")
        return self.printed(text_in(constants[name], self.language), f"study/constants.{name}", "constant")

    def join(self, words: Iterable[str], style: str = "standard") -> str:
        """Join words as the language does: 'a, b and c'."""
        locale = language_tag(self.language).replace("-", "_")
        return str(format_list([str(word) for word in words], style=style, locale=locale))  # type: ignore[arg-type]

    def ranking(self, stem: str, over: str, group: str, wave: WaveRef) -> list[Figure]:
        """Return the figures of a ranking that may be shown, the highest first."""
        refuse_unquoted(stem)
        name = resolve_wave(self.study, self.wave, wave)
        return ranked_figures(self.store, self.labels, Ranking(stem, over, group, name))

    def _entries(self, figures: list[Figure], stem: str, over: str, kind: str = "") -> list[Ranked]:
        basis = [Basis(figure.address, kind) for figure in figures] or [Basis(stem, over)]
        self.trail += basis
        return Found.of([self._entry(figure, over) for figure in figures], basis)

    def _entry(self, figure: Figure, over: str) -> Ranked:
        label = name_of(figure, over, self.labels)
        self.names.add(label)
        return Ranked(label, self.printed_figure(figure), figure.address)

    def _naming(self, function: Any, name: str) -> Callable[..., str | list[str]]:
        """Return a function of the quadrants that notes the labels it gives."""

        @wraps(function)
        def noting(stem: str, *args: Any, **named: Any) -> str | list[str]:
            given = function(stem, *args, **named)
            labels = [given] if isinstance(given, str) else given
            self.names.update(getattr(one, "label", one) for one in labels)
            return given if isinstance(given, str) else Found.of(given, [self.note(stem, name)])

        return noting

    def _sign(self, figure: Figure, against: str) -> str:
        item = self.store.comparison(figure.address, against)
        return item.mark if item is not None else ""

"""What a template can say: functions that print figures of one report in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from babel.lists import format_list

from wavedeck.figures.formats import format_figure, format_number, format_p
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.narrative.passage import Source, mark_up
from wavedeck.study.address import Address
from wavedeck.study.base import text_in
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.load import Study

WaveRef = int | str
CHANGES = {"+": "rise", "-": "fall", "none": "same", "": "unknown"}


@dataclass(frozen=True)
class Ranked:
    """One entry of a ranking: its label and its printed figure."""

    label: str
    fig: str
    address: str


@dataclass
class Narrator:
    """The figures of one report, printed in one language; it notes the source of each number.

    Attributes
    ----------
    store
        The publishable store.
    study, wave, language
        The report.
    sources
        Filled while a template is rendered.
    """

    store: FigureStore
    study: Study
    wave: str
    language: str
    sources: list[Source] = field(default_factory=list)

    @property
    def labels(self) -> Labels:
        """Return what the report calls things."""
        return Labels(self.study, self.language)

    def functions(self) -> dict[str, object]:
        """Return the functions that templates may call, by name."""
        names = (
            "fig",
            "base",
            "diff",
            "p_value",
            "change",
            "mark",
            "shown",
            "label",
            "wave_label",
            "has_wave",
            "fieldwork",
            "highest",
            "lowest",
            "marked",
            "constant",
            "join",
        )
        return {name: getattr(self, name) for name in names}

    def fig(self, address: str, wave: WaveRef = 0, *, signed: bool = False) -> str:
        """Print a figure: ``fig('pax/overall/all')``; `wave` is 0, -1, 'first' or 'stated'."""
        figure = self._shown(address, wave)
        text = format_figure(
            _known(figure.estimate), figure.unit, figure.decimals, self.language, signed=signed
        )
        return self._printed(text, figure.address, "estimate")

    def base(self, address: str, wave: WaveRef = 0) -> str:
        """Print how many answers a figure rests on."""
        figure = self._shown(address, wave)
        return self._printed(format_number(_known(figure.base), 0, self.language), figure.address, "base")

    def diff(
        self, address: str, against: str = "previous", wave: WaveRef = 0, *, signed: bool = False
    ) -> str:
        """Print the difference with the previous wave, the stated wave, or the rest."""
        figure, item = self._shown(address, wave), self._comparison(address, against, wave)
        if item is None or item.difference is None:
            reason = item.reason if item else f"it has no comparison '{against}'"
            raise NarrativeError(
                f"no difference for '{figure.address}': {reason}; guard it with change() or mark()"
            )
        value = item.difference if signed else abs(item.difference)
        text = format_figure(value, figure.unit, figure.decimals, self.language, signed=signed)
        return self._printed(text, figure.address, f"{against}.difference")

    def p_value(self, address: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Print the p value of a comparison."""
        item = self._comparison(address, against, wave)
        if item is None or item.p is None:
            raise NarrativeError(f"no p value for '{address}' against '{against}': there was no test")
        return self._printed(format_p(item.p, self.language), item.address, f"{against}.p")

    def change(self, address: str, against: str = "previous", wave: WaveRef = 0) -> str:
        """Tell how a figure moved: 'rise', 'fall', 'same' (not significant) or 'unknown' (no test)."""
        return CHANGES[self.mark(address, against, wave) or self._untested(address, against, wave)]

    def mark(self, address: str, against: str = "rest", wave: WaveRef = 0) -> str:
        """Tell whether a figure differs significantly: '+', '-' or ''."""
        item = self._comparison(address, against, wave)
        return item.mark if item is not None and item.mark in ("+", "-") else ""

    def shown(self, address: str, wave: WaveRef = 0) -> bool:
        """Tell whether a figure may be printed."""
        return self._find(address, wave).is_shown

    def label(self, name: str) -> str:
        """Return the label of a group, an indicator or an item (``'service@art'``)."""
        stem, _, item = name.partition("@")
        if item or stem in self.study.indicators.indicators:
            return self.labels.item(stem, item)
        return self.labels.group(name)

    def wave_label(self, wave: WaveRef = 0) -> str:
        """Return the name of a wave."""
        name = self._wave(wave)
        return self._printed(self.labels.wave(name), name, "wave")

    def has_wave(self, wave: WaveRef) -> bool:
        """Tell whether there is such a wave, e.g. one before the first."""
        waves = self.study.waves_until(self.wave)
        return -wave < len(waves) if isinstance(wave, int) else wave == "first" or wave in waves

    def fieldwork(self, part: str, wave: WaveRef = 0) -> str:
        """Return the fieldwork period of a part in words."""
        name = self._wave(wave)
        period = self.study.settings.fieldwork(name, part)
        if period is None:
            raise NarrativeError(f"wave '{name}' has no fieldwork period in study.yaml")
        return self._printed(text_in(period, self.language), name, "fieldwork")

    def highest(
        self, stem: str, n: int = 1, over: str = "items", group: str = "all", wave: WaveRef = 0
    ) -> list[Ranked]:
        """Return the n highest figures of an indicator over its items, categories, or a breakdown."""
        return self._ranked(stem, over, group, wave)[:n]

    def lowest(
        self, stem: str, n: int = 1, over: str = "items", group: str = "all", wave: WaveRef = 0
    ) -> list[Ranked]:
        """Return the n lowest figures of an indicator, the lowest first."""
        return self._ranked(stem, over, group, wave)[::-1][:n]

    def marked(
        self,
        stem: str,
        sign: str,
        over: str = "items",
        against: str = "rest",
        group: str = "all",
        wave: WaveRef = 0,
    ) -> list[Ranked]:
        """Return the figures of an indicator that are significantly higher ('+') or lower ('-')."""
        return [one for one in self._ranked(stem, over, group, wave) if self._has_mark(one, sign, against)]

    def constant(self, name: str) -> str:
        """Print a constant that study.yaml declares."""
        constants = self.study.settings.constants
        if name not in constants:
            raise NarrativeError(
                f"unknown constant '{name}'{did_you_mean(name, constants)}; declare it in study.yaml"
            )
        return self._printed(text_in(constants[name], self.language), name, "constant")

    def join(self, words: Iterable[str], style: str = "standard") -> str:
        """Join words as the language does: 'a, b and c'."""
        return str(format_list([str(word) for word in words], style=style, locale=self.language))  # type: ignore[arg-type]

    def _ranked(self, stem: str, over: str, group: str, wave: WaveRef) -> list[Ranked]:
        part, _, indicator = stem.partition("/")
        name, wanted = self._wave(wave), self._groups(over, part, group)
        chosen = [
            figure
            for figure in self.store
            if (figure.part, figure.indicator, figure.wave) == (part, indicator, name)
            and figure.group in wanted
        ]
        if not chosen:
            raise NarrativeError(f"no figures of '{stem}' for {', '.join(wanted)} in wave {name}")
        shown = [figure for figure in chosen if figure.is_shown]
        ordered = sorted(shown, key=lambda figure: -_known(figure.estimate))
        return [self._entry(figure, over) for figure in ordered]

    def _groups(self, over: str, part: str, group: str) -> Sequence[str]:
        return (group,) if over in ("items", "categories") else self.study.group_book.expand([over], part)

    def _entry(self, figure: Figure, over: str) -> Ranked:
        text = format_figure(_known(figure.estimate), figure.unit, figure.decimals, self.language)
        return Ranked(
            self._name_of(figure, over), self._printed(text, figure.address, "estimate"), figure.address
        )

    def _name_of(self, figure: Figure, over: str) -> str:
        if over == "items":
            return self.labels.item(figure.indicator, figure.item)
        if over == "categories":
            return self.labels.category(figure.indicator, figure.category)
        return self.labels.group(figure.group)

    def _has_mark(self, entry: Ranked, sign: str, against: str) -> bool:
        item = self.store.comparison(entry.address, against)
        return item is not None and item.mark == sign

    def _untested(self, address: str, against: str, wave: WaveRef) -> str:
        item = self._comparison(address, against, wave)
        return item.mark if item is not None else ""

    def _comparison(self, address: str, against: str, wave: WaveRef) -> Comparison | None:
        if against not in ("previous", "stated", "rest"):
            raise NarrativeError(f"against='{against}' is not one of previous, stated, rest")
        return self.store.comparison(self._find(address, wave).address, against)

    def _find(self, address: str, wave: WaveRef) -> Figure:
        if address.count("/") == 3:
            raise NarrativeError(f"'{address}' names a wave; leave it out, or write wave=-1 or wave='first'")
        full = f"{address}/{self._wave(wave)}"
        Address.parse(full)
        return self.store[full]

    def _shown(self, address: str, wave: WaveRef) -> Figure:
        figure = self._find(address, wave)
        if not figure.is_shown:
            state = figure.state.replace("_", " ")
            raise NarrativeError(
                f"'{figure.address}' is {state} and cannot be printed; guard it with shown()"
            )
        return figure

    def _wave(self, wave: WaveRef) -> str:
        return resolve_wave(self.study, self.wave, wave)

    def _printed(self, text: str, address: str, name: str) -> str:
        self.sources.append(Source(address, name))
        return mark_up(text, len(self.sources) - 1)


def resolve_wave(study: Study, current: str, wave: WaveRef) -> str:
    """Return the wave meant by 0, -1, 'first' or 'stated', counted from the one being built.

    Raises
    ------
    NarrativeError
        When there is no such wave.
    """
    waves = study.waves_until(current)
    stated = study.settings.tests.stated_wave
    if wave == "first":
        return waves[0]
    if wave == "stated" and stated:
        return stated
    if isinstance(wave, int) and 0 <= -wave < len(waves):
        return waves[len(waves) - 1 + wave]
    raise NarrativeError(
        f"wave={wave!r} does not exist; from {current} back there are 0 to {1 - len(waves)}, and 'first'"
    )


def _known(value: float | None) -> float:
    return 0.0 if value is None else value

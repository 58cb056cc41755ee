"""Looking figures of one report up and printing them, with a note of each that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from wavedeck.figures.formats import format_figure
from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.basis import Basis
from wavedeck.narrative.claims import Claim
from wavedeck.narrative.labels import Labels
from wavedeck.narrative.passage import Source, mark_up
from wavedeck.narrative.truths import AGAINST
from wavedeck.narrative.waves import WaveRef, resolve_wave
from wavedeck.study.address import Address
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.load import Study


@dataclass
class Reader:
    """Looks figures of one report up and prints them in one language; it notes the source of each number.

    Attributes
    ----------
    store
        The publishable store.
    study, wave, language
        The report.
    sources, claims, names
        Filled while a template is rendered: where printed numbers come from, what became of claims, and
        labels that were named.
    trail
        The figures asked for since it was last cleared.
    """

    store: FigureStore
    study: Study
    wave: str
    language: str
    sources: list[Source] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    trail: list[Basis] = field(default_factory=list)

    def begin(self) -> None:
        """Forget what the template before this one printed."""
        for noted in (self.sources, self.claims, self.trail):
            noted.clear()
        self.names.clear()

    @cached_property
    def labels(self) -> Labels:
        """Return what the report calls things."""
        return Labels(self.study, self.language)

    def note(self, address: str, kind: str = "") -> Basis:
        """Note a figure that was asked for."""
        self.trail.append(Basis(address, kind))
        return self.trail[-1]

    def look(self, address: str, wave: WaveRef = 0) -> Figure | None:
        """Return a figure, shown or not; None when the report has no such earlier wave."""
        waves = self.study.waves_until(self.wave)
        if isinstance(wave, int) and len(waves) <= -wave < len(self.study.wave_names):
            self.find(address, 0)
            return None
        return self.find(address, wave)

    def comparison(self, address: str, against: str, wave: WaveRef) -> Comparison | None:
        """Return what a figure was compared with; None when there was no comparison."""
        refuse_other("against", against, AGAINST)
        found = self.store.comparison(self.find(address, wave).address, against)
        self.trail[-1] = Basis(self.trail[-1].address, against)
        return found

    def find(self, address: str, wave: WaveRef) -> Figure:
        """Return a figure of the report, shown or not, and note that it was asked for."""
        refuse_unquoted(address)
        if address.count("/") == 3:
            raise NarrativeError(f"'{address}' names a wave; leave it out, or write wave=-1 or wave='first'")
        name = resolve_wave(self.study, self.wave, wave)
        full = str(Address.parse(f"{address}/{name}"))
        if full not in self.store:
            known = [figure.address.rpartition("/")[0] for figure in self.store if figure.wave == name]
            raise NarrativeError(f"no figure '{address}' in wave {name}{did_you_mean(address, known)}")
        self.note(full)
        return self.store[full]

    def shown_figure(self, address: str, wave: WaveRef = 0) -> Figure:
        """Return a figure that may be printed."""
        figure = self.find(address, wave)
        if not figure.is_shown or figure.estimate is None:
            state = figure.state.replace("_", " ")
            message = f"'{figure.address}' is {state} and cannot be printed; guard it with shown()"
            raise NarrativeError(message)
        return figure

    def printed_figure(self, figure: Figure, *, signed: bool = False) -> str:
        """Print a figure."""
        value = figure.estimate or 0.0
        text = format_figure(value, figure.unit, figure.decimals, self.language, signed=signed)
        return self.printed(text, figure.address, "estimate")

    def printed(self, text: str, address: str, name: str) -> str:
        """Print a text that comes from a figure, and note its source."""
        self.sources.append(Source(address, name))
        return mark_up(text, len(self.sources) - 1)


def refuse_unquoted(address: object) -> None:
    """Refuse what is no address: a name without quotes in a template."""
    if not isinstance(address, str):
        raise NarrativeError(f"{address!r} is not an address; write 'part/indicator/group', in quotes")


def refuse_other(what: str, value: str, valid: tuple[str, ...]) -> None:
    """Refuse a choice that does not exist."""
    if value not in valid:
        raise NarrativeError(f"{what}={value!r} is not one of {', '.join(valid)}")

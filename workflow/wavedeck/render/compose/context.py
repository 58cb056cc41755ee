"""Everything that composing a report needs, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from wavedeck.figures.formats import format_figure, format_number
from wavedeck.figures.quote_book import QuoteBook
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.claims import Claim
from wavedeck.narrative.labels import Labels
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.waves import resolve_wave
from wavedeck.narrative.wording import wording
from wavedeck.render.style import HouseStyle
from wavedeck.study.errors import RenderError
from wavedeck.study.load import Study

MARKS = {"+": "▲", "-": "▼"}


@dataclass(frozen=True)
class Context:
    """One report in one language.

    Attributes
    ----------
    study, wave, language
        What is reported.
    store
        The publishable store.
    style
        The house style.
    templates
        Folder with the study's text templates.
    quotes
        The quotes that selections of verbatims.yaml chose.
    """

    study: Study
    wave: str
    language: str
    store: FigureStore
    style: HouseStyle
    templates: Path
    quotes: QuoteBook = field(default_factory=QuoteBook)

    @cached_property
    def labels(self) -> Labels:
        """Return what the report calls things."""
        return Labels(self.study, self.language)

    @cached_property
    def narrator(self) -> Narrator:
        """Return the functions that texts may call."""
        return Narrator(self.store, self.study, self.wave, self.language)

    @cached_property
    def claims(self) -> dict[str, tuple[Claim, ...]]:
        """Return the claims of the texts that were read so far, by slide."""
        return {}

    @cached_property
    def words(self) -> dict[str, str]:
        """Return the fixed words of the language."""
        return wording(self.language)

    def part(self, *declared: str | None) -> str:
        """Return the first part declared, or the study's only one."""
        parts = list(self.study.settings.parts)
        chosen = next((name for name in declared if name), None)
        if chosen is None and len(parts) > 1:
            raise RenderError(f"name the part; the study has {', '.join(parts)}")
        return chosen or parts[0]

    def wave_of(self, reference: int | str) -> str:
        """Return the wave meant by 0, -1 or 'first'."""
        return resolve_wave(self.study, self.wave, reference)

    def printed(self, figure: Figure) -> str:
        """Return a figure as printed, empty when it is not shown."""
        if not figure.is_shown or figure.estimate is None:
            return ""
        return format_figure(figure.estimate, figure.unit, figure.decimals, self.language)

    def number(self, value: float) -> str:
        """Return a count as printed."""
        return format_number(value, 0, self.language)

    def mark(self, figure: Figure, against: str) -> str:
        """Return ▲ or ▼ where a figure differs significantly, else nothing."""
        item = self.store.comparison(figure.address, against) if against != "none" else None
        return MARKS.get(item.mark, "") if item is not None else ""

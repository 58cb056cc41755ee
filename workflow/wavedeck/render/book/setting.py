"""What writing a table book needs: the report in one language, with the words for a book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wavedeck.figures.store import FigureStore
from wavedeck.narrative.book_words import book_words
from wavedeck.narrative.labels import Labels
from wavedeck.render.compose.context import Context
from wavedeck.study.base import text_in
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Setting:
    """One table book.

    Attributes
    ----------
    context
        The report: study, wave, language, publishable store, house style.
    """

    context: Context

    @property
    def study(self) -> Study:
        """Return the study."""
        return self.context.study

    @property
    def store(self) -> FigureStore:
        """Return the publishable store."""
        return self.context.store

    @property
    def wave(self) -> str:
        """Return the newest wave."""
        return self.context.wave

    @property
    def labels(self) -> Labels:
        """Return what the report calls things."""
        return self.context.labels

    @cached_property
    def words(self) -> dict[str, str]:
        """Return the fixed words of a table book."""
        return book_words(self.context.language)

    def text(self, text: dict[str, str]) -> str:
        """Return a text of the study in this language."""
        return text_in(text, self.context.language)

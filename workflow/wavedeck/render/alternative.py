"""Alternative text that knows which figures it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wavedeck.render.text import Run


class AltText(str):
    """A text for readers who cannot see a chart or table, with the runs it is made of.

    >>> text = AltText.of([Run("Highest: "), Run("8.3", address="a/b/c/2024", field="estimate")])
    >>> text, [run.text for run in text.figures()]
    ('Highest: 8.3', ['8.3'])
    """

    __slots__ = ("runs",)
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> AltText:
        """Make a text of runs."""
        kept = tuple(runs)
        made = cls("".join(run.text for run in kept))
        made.runs = kept
        return made

    def figures(self) -> Iterator[Run]:
        """Give the runs that have a source."""
        return (run for run in self.runs if run.address)


def figures_of(text: str) -> Iterator[Run]:
    """Give the runs with a source of an alternative text; a plain string has none."""
    return text.figures() if isinstance(text, AltText) else iter(())

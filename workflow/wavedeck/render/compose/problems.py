"""Collect what is wrong with a report, so that one build tells all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wavedeck.study.errors import RenderError, WavedeckError


@dataclass
class Problems:
    """What is wrong with a report so far.

    Attributes
    ----------
    at_once
        Raise each problem where it is met, instead of collecting it.
    found
        Problems in the order of the slides.
    """

    at_once: bool = False
    found: list[WavedeckError] = field(default_factory=list)

    @contextmanager
    def noted(self, source: str = "") -> Iterator[None]:
        """Note what goes wrong within, and the file that it comes from."""
        try:
            yield
        except WavedeckError as error:
            self.note(error, source)

    def note(self, error: WavedeckError, source: str = "") -> None:
        """Note a problem, and the file that it comes from."""
        told = type(error)(f"{error} (the text is in {source})") if source else error
        if self.at_once:
            raise told from error
        self.found.append(told)

    def raise_all(self) -> None:
        """Raise what was found, as one error with a line for each problem.

        Raises
        ------
        WavedeckError
            When there is any problem.
        """
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            lines = dict.fromkeys(str(error) for error in self.found)
            told = "\n".join(f"- {line}" for line in lines)
            raise RenderError(f"the report has {len(lines)} problems:\n{told}") from self.found[0]

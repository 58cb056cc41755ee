"""Text as slides carry it: runs within paragraphs, each number with the figure it prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ParagraphStyle = Literal["body", "heading", "lead", "quote", "source", "small", "asked"]


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look.

    Parameters
    ----------
    text
        What is printed; no line breaks.
    bold
        Whether the run is bold.
    role
        Colour role of the house style, or None for the placeholder's own colour.
    address
        Address of the figure this run prints, if it prints one.
    field
        Field of that figure (``estimate``, ``base``, ``difference``, ...).
    link
        Key of the slide that a click leads to.
    """

    text: str
    bold: bool = False
    role: str | None = None
    address: str | None = None
    field: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Runs on one or more lines, with one level and one style.

    Parameters
    ----------
    runs
        The text in reading order.
    level
        Depth of indentation, 0 to 2.
    bullet
        Whether a bullet stands before the text.
    style
        ``body``; ``heading`` (bold, brand colour, space above); ``lead`` (larger first sentence);
        ``quote`` (in quotation marks of the caller's language); ``source`` (who said it, grey);
        ``small`` (two points under the body); ``asked`` (a question line under text, 10 points, grey).
    number
        Number before the text, 0 for none.
    tight
        Whether the next paragraph follows without space between.
    """

    runs: tuple[Run, ...]
    level: int = 0
    bullet: bool = False
    style: ParagraphStyle = "body"
    number: int = 0
    tight: bool = False

    @property
    def text(self) -> str:
        """Return the text of all runs together."""
        return "".join(run.text for run in self.runs)


TextLike = str | Paragraph | Iterable["Paragraph | str"]


def paragraphs(content: TextLike) -> tuple[Paragraph, ...]:
    """Make paragraphs of a string, a paragraph or a mixture of both.

    >>> [p.text for p in paragraphs(["One", Paragraph((Run("Two"),))])]
    ['One', 'Two']
    """
    if isinstance(content, str):
        return tuple(Paragraph((Run(line),)) for line in content.split("\n"))
    if isinstance(content, Paragraph):
        return (content,)
    return tuple(one for part in content for one in paragraphs(part))


def bullets(texts: Iterable[str], *, level: int = 0) -> tuple[Paragraph, ...]:
    """Make one bulleted paragraph of each text.

    >>> bullets(["Higher than in 2016"])[0].bullet
    True
    """
    return tuple(Paragraph((Run(text),), level=level, bullet=True) for text in texts)

"""Measure text with the widths that PowerPoint will use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from matplotlib import font_manager
from PIL import ImageFont

from wavedeck.study.errors import RenderError

LINE_HEIGHT = 1.2207
_MEASURED_AT = 200
_POINTS_PER_INCH = 72


@lru_cache(maxsize=8)
def _font(family: str, bold: bool) -> ImageFont.FreeTypeFont:
    wanted = font_manager.FontProperties(family=[family], weight="bold" if bold else "normal")
    try:
        path = font_manager.findfont(wanted, fallback_to_default=False)
    except ValueError as error:
        raise RenderError(
            f"font {family} is not installed, so text cannot be measured; "
            "on Debian or Ubuntu: sudo apt-get install fonts-crosextra-carlito"
        ) from error
    return ImageFont.truetype(path, _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20000)
def text_width(text: str, size: float, *, family: str = "Carlito", bold: bool = False) -> float:
    """Return the width of a text on one line, in inches.

    Parameters
    ----------
    text
        The text, without line breaks.
    size
        Type size in points.
    family
        Typeface to measure with.
    bold
        Whether the bold face is meant.
    """
    return _font(family, bold).getlength(text) / _MEASURED_AT * size / _POINTS_PER_INCH


def line_height(size: float, spacing: float = 1.0) -> float:
    """Return the height of one line in inches.

    >>> round(line_height(12), 2)
    0.2
    """
    return size * LINE_HEIGHT * spacing / _POINTS_PER_INCH


def wrap(words: Sequence[tuple[float, float]], width: float) -> int:
    """Return how many lines words take, each given as its width and that of the space after it.

    >>> wrap([(1.0, 0.1), (1.0, 0.1), (1.0, 0.0)], 2.2)
    2
    """
    count, used = 1, 0.0
    for word, space in words:
        if used and used + word > width:
            count, used = count + 1, 0.0
        used += word + space
    return count


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a width given in inches."""
    space = text_width(" ", size, bold=bold)
    return wrap([(text_width(word, size, bold=bold), space) for word in text.split()], width)


def break_lines(text: str, width: float, size: float) -> str:
    """Return a text with line breaks where it has to wrap."""
    broken: list[str] = []
    for word in text.split():
        if broken and text_width(f"{broken[-1]} {word}", size) <= width:
            broken[-1] = f"{broken[-1]} {word}"
        else:
            broken.append(word)
    return "\n".join(broken)

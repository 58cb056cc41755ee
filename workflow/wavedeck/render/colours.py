"""Lightness of colours given as six hexadecimal digits."""

from __future__ import annotations


def shade(colour: str, share: float) -> str:
    """Mix a share of black into a colour.

    >>> shade("FFFFFF", 0.5)
    '808080'
    """
    mixed = (round(int(colour[at : at + 2], 16) * (1 - share)) for at in (0, 2, 4))
    return "".join(f"{value:02X}" for value in mixed)


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white).

    References
    ----------
    WCAG 2.2, definition of relative luminance.
    """
    red, green, blue = (_channel(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    >>> round(contrast("000000", "FFFFFF"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tint(colour: str, share: float) -> str:
    """Mix a share of white into a colour.

    >>> tint("000000", 0.5)
    '808080'
    """
    mixed = (round(int(colour[at : at + 2], 16) * (1 - share) + 255 * share) for at in (0, 2, 4))
    return "".join(f"{value:02X}" for value in mixed)

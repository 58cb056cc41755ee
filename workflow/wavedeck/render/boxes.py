"""Rectangles on a slide, in inches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EMU = 914400


def emu(inches: float) -> int:
    """Return a length in English metric units."""
    return round(inches * EMU)


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width and height in inches."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, shape: Any) -> Box:
        """Return the rectangle of a shape."""
        return cls(*(one / EMU for one in (shape.left, shape.top, shape.width, shape.height)))

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height in English metric units."""
        return emu(self.left), emu(self.top), emu(self.width), emu(self.height)

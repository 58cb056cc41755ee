"""A sheet in inches to draw charts on with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from wavedeck.render.boxes import Box
from wavedeck.render.chart import layout
from wavedeck.render.chart.description import Point, Series
from wavedeck.render.chart.pen import MARK_ROLES
from wavedeck.render.colours import tint
from wavedeck.render.measure import text_width
from wavedeck.render.style import HouseStyle

#: Space around a chart, in inches.
MARGIN = 0.12
SWATCH = 0.11


@dataclass(frozen=True)
class Canvas:
    """Axes in inches from the upper left corner, and the colours to draw with."""

    axes: Any
    style: HouseStyle

    @classmethod
    def on(cls, figure: Figure, style: HouseStyle, size: tuple[float, float]) -> Canvas:
        """Lay a sheet on a figure."""
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(-MARGIN, size[0] - MARGIN)
        axes.set_ylim(size[1] - MARGIN, -MARGIN)
        return cls(axes, style)

    def colour(self, role: str, *, pale: bool = False) -> str:
        """Return the colour of a role, pale for a low base."""
        found = self.style.hex(role)
        return f"#{tint(found, self.style.chart.low_base_tint) if pale else found}"

    def box(self, box: Box, role: str, *, pale: bool = False, edge: bool = False) -> None:
        """Fill a rectangle."""
        look = {"edgecolor": self.colour("paper"), "linewidth": 0.75} if edge else {"linewidth": 0}
        self.axes.add_patch(
            Rectangle(
                (box.left, box.top), box.width, box.height, facecolor=self.colour(role, pale=pale), **look
            )
        )

    def rule(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Draw a hairline between two points."""
        self.axes.plot(x, y, color=self.colour("hairline"), linewidth=0.75, solid_capstyle="butt")

    def text(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        """Print a text."""
        role = look.pop("role", "ink")
        colour = f"#{self.style.legible(role)}" if look.pop("legible", False) else self.colour(role)
        weight = "bold" if look.pop("bold", False) else "normal"
        look = {
            "va": "center" if "\n" in text or "rotation" in look else "center_baseline",
            "ha": "left",
            **look,
        }
        self.axes.text(x, y, text, fontsize=size, color=colour, fontweight=weight, **look)

    def label(
        self,
        x: float,
        y: float,
        point: Point,
        size: float,
        *,
        role: str = "ink",
        bold: bool = False,
        ha: str = "left",
        legible: bool = False,
        ground: bool = False,
    ) -> None:
        """Print a value with its mark, the mark in its own colour unless it stands on a fill."""
        width = text_width(point.printed, size, bold=bold)
        total = width + (text_width(" ▲", size) if point.mark else 0.0)
        start = x - (total / 2 if ha == "center" else 0.0)
        behind = {"bbox": {"facecolor": self.colour("paper"), "edgecolor": "none", "pad": 0.8}, "zorder": 4}
        look = behind if ground else {}
        self.text(start, y, point.printed, size, role=role, bold=bold, legible=legible, **look)
        if point.mark:
            colour = role if role == "paper" else MARK_ROLES[point.mark]
            self.text(start + width + text_width(" ", size), y, point.mark, size * 0.8, role=colour)

    def legend(self, series: Sequence[Series], width: float, *, top: float = 0.0) -> None:
        """Print a legend, on further rows where one is full."""
        size = self.style.chart.legend
        x, y = 0.0, top + layout.HEAD / 2
        for one in series:
            needed = text_width(one.name, size) + 0.34
            if x and x + needed > width:
                x, y = 0.0, y + layout.HEAD
            self.box(Box(x, y - SWATCH / 2, SWATCH, SWATCH), one.role)
            self.text(x + SWATCH + 0.05, y, one.name, size)
            x += needed

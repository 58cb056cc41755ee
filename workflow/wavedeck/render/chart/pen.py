"""Colours of the house style as the XML of charts."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.render.colours import tint
from wavedeck.render.style import HouseStyle

_ALIASES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
#: Colour role of each significance mark.
MARK_ROLES = {"▲": "positive_strong", "▼": "negative_strong"}


@dataclass(frozen=True)
class Pen:
    """Colours of the house style as chart XML."""

    style: HouseStyle

    def colour(self, role: str, *, pale: bool = False) -> str:
        """Return the colour of a role, pale for a low base."""
        found = self.style.role(role)
        if pale:
            return f'<a:srgbClr val="{tint(found.hex, self.style.chart.low_base_tint)}"/>'
        if found.theme:
            return f'<a:schemeClr val="{_ALIASES.get(found.theme, found.theme)}"/>'
        return f'<a:srgbClr val="{found.hex}"/>'

    def text_colour(self, role: str) -> str:
        """Return the colour of a role, dark enough for text."""
        return f'<a:srgbClr val="{self.style.legible(role)}"/>'

    def fill(self, role: str, *, pale: bool = False) -> str:
        """Return a solid fill in the colour of a role."""
        return f"<a:solidFill>{self.colour(role, pale=pale)}</a:solidFill>"

    @property
    def marks(self) -> dict[str, str]:
        """Return the colour of each significance mark."""
        return {mark: self.colour(role) for mark, role in MARK_ROLES.items()}

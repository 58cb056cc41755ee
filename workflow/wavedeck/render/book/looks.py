"""The formats of cells, from the house style."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from wavedeck.render.book.describe import Look
from wavedeck.render.style import HouseStyle

_SIZE, _TITLE_SIZE, _SMALL = 10, 14, 9
_THIN = 1


class Looks:
    """Makes each format once.

    Parameters
    ----------
    book
        The workbook that holds the formats.
    style
        The house style.
    """

    def __init__(self, book: Workbook, style: HouseStyle) -> None:
        self._book, self._style = book, style
        self._made: dict[tuple[Look, bool], Format] = {}

    def of(self, look: Look, *, wrap: bool = False) -> Format:
        """Return the format of a look."""
        if (look, wrap) not in self._made:
            self._made[look, wrap] = self._book.add_format(self._properties(look, wrap))
        return self._made[look, wrap]

    def _properties(self, look: Look, wrap: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"font_name": self._style.fonts.theme, "font_size": _SIZE, "valign": "top"}
        found |= {"font_color": self._colour(look.role or "ink"), "bold": look.bold, "text_wrap": wrap}
        found |= _OF_KIND.get(look.kind, {})
        for name in ("font_color", "bg_color", "bottom_color"):
            role = found.get(name, "")
            found |= {name: self._colour(role)} if role in self._style.roles else {}
        if look.kind in ("figure", "base") or look.code == "right":
            found["align"] = "right"
        elif look.code:
            found["align"] = "left"
        if look.code and look.code != "right":
            found["num_format"] = look.code
        if look.quiet:
            found |= {"font_color": self._colour("grey"), "italic": True}
        if look.rule:
            found |= {"top": _THIN, "top_color": self._colour("hairline")}
        if look.opens:
            found |= {"left": _THIN, "left_color": self._colour("hairline")}
        return found

    def _colour(self, role: str) -> str:
        return f"#{self._style.hex(role)}" if role in self._style.roles else role


_HEADS = {"bg_color": "ground", "bold": True, "font_color": "brand"}
_OF_KIND: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": _TITLE_SIZE, "font_color": "brand"},
    "line": {"font_color": "grey"},
    "link": {"font_color": "link", "underline": 1, "align": "left"},
    "set": {"bg_color": "ground", "font_color": "grey", "italic": True},
    "group": {"bg_color": "ground", "font_color": "brand", "bold": True},
    "wave": {
        "bg_color": "ground",
        "align": "right",
        "text_wrap": True,
        "bottom": _THIN,
        "bottom_color": "brand",
    },
    "stub_head": {**_HEADS, "bottom": _THIN, "bottom_color": "brand"},
    "column_head": {**_HEADS, "bottom": _THIN, "bottom_color": "brand", "text_wrap": True},
    "stub": {"text_wrap": True},
    "mark": {"align": "center"},
    "heading": {"bold": True, "font_color": "brand", "font_size": 11},
    "note": {"font_size": _SMALL, "font_color": "grey"},
}

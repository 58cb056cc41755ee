"""Areas and boxes of a text: lines of three colons that open and close them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wavedeck.study.errors import NarrativeError

BODY = "body"
_AREA = re.compile(r"^area ([a-z0-9][a-z0-9_]*)$")
_BOX = re.compile(r"^box\b ?(.*)$", re.DOTALL)
_FORMS = "write '::: area left', '::: box Title' or ':::'"


@dataclass
class Fences:
    """Which area and box the lines of a text stand in.

    Attributes
    ----------
    area, box
        Where the next line stands; box 0 is outside boxes.
    """

    area: str = BODY
    box: int = 0
    _boxes: int = 0
    _open: list[str] = field(default_factory=list)

    def read(self, text: str) -> str:
        """Open or close as the text behind three colons says; return the title of a box.

        Raises
        ------
        NarrativeError
            When nothing is open to close, a form is unknown, or boxes or areas stand in one another.
        """
        area, box = _AREA.match(text), _BOX.match(text)
        if not text:
            self._close()
        elif area and not self._open:
            self.area = area[1]
            self._open.append("area")
        elif box and not self.box:
            self._boxes += 1
            self.box = self._boxes
            self._open.append("box")
            return box[1].strip()
        else:
            mistake = f"stands in a {self._open[-1]}" if area or box else "is unknown"
            raise NarrativeError(f"'::: {text}' {mistake}; {_FORMS}")
        return ""

    def _close(self) -> None:
        if not self._open:
            raise NarrativeError("':::' closes nothing: no area or box is open")
        if self._open.pop() == "box":
            self.box = 0
        else:
            self.area = BODY

    def refuse_open(self) -> None:
        """Refuse a text that ends within an area or a box."""
        if self._open:
            raise NarrativeError(f"a {self._open[-1]} is not closed; end it with a line ':::'")

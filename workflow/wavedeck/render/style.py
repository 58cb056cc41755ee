"""The house style: colour roles, type sizes and the places where they apply."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from wavedeck.render.colours import contrast, shade
from wavedeck.study.errors import RenderError, did_you_mean

Hex = Annotated[str, Field(pattern=r"^[0-9A-F]{6}$")]
ThemeSlot = Literal[
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
]
MOST_STEPS = 8
#: Least contrast of text, WCAG 2.2 success criterion 1.4.3.
TEXT_CONTRAST = 4.5
_SCALE_POSITIVE = {1: ("positive_strong",), 2: ("positive", "positive_strong")}
_SCALE_NEGATIVE = {1: ("negative_strong",), 2: ("negative_strong", "negative")}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColourRole(_Strict):
    """A colour by what it is for."""

    hex: Hex = Field(description="Colour as six capital hexadecimal digits.")
    theme: ThemeSlot | None = Field(None, description="Theme colour that holds it; custom colour when empty.")
    use: str = Field(description="What the colour is for.")


class TextSizes(_Strict):
    """Sizes a placeholder's text may have, in points, the wanted one first."""

    sizes: tuple[float, ...] = Field(min_length=1, description="Sizes in points, from wanted to smallest.")
    max_lines: int | None = Field(None, description="Most lines allowed, beside what the box can hold.")
    line_spacing: float = Field(1.0, description="Line spacing as a multiple of single.")
    space_after: float = Field(0.0, description="Space after a paragraph, as a share of its size.")


class Fonts(_Strict):
    """Typefaces."""

    theme: str = Field(description="Typeface named in the file.")
    measure: str = Field(description="Free typeface with the same widths, to measure and draw with.")


class ChartStyle(_Strict):
    """Sizes inside charts, in points unless told otherwise."""

    label: float = Field(ge=10, description="Value labels.")
    category: float = Field(ge=10, description="Category labels.")
    legend: float = Field(ge=10, description="Legend entries and panel headings.")
    minimum: float = Field(ge=10, description="Smallest size any chart text may get.")
    gap_width: int = Field(description="Gap between bars as a percentage of the bar.")
    hide_label_under: float = Field(description="Segments of stacked bars under this value get no label.")
    low_base_tint: float = Field(gt=0, lt=1, description="Share of white mixed into figures on a low base.")


class TableStyle(_Strict):
    """Sizes inside tables."""

    sizes: tuple[float, ...] = Field(description="Text sizes in points, from wanted to smallest.")
    unit_width: float = Field(
        gt=0, description="Most inches for a column of relative width 1, as most columns of numbers are."
    )
    zebra_from: int = Field(description="Number of body rows from which every second row is shaded.")
    padding: float = Field(description="Space left and right in a cell, in inches.")
    row_height: tuple[float, float] = Field(description="Smallest and largest row height, in inches.")


class HouseStyle(_Strict):
    """Everything that makes decks look alike."""

    name: str = Field(description="Name of the house style.")
    fonts: Fonts = Field(description="Typefaces.")
    roles: dict[str, ColourRole] = Field(description="Colours by role.")
    text: dict[str, TextSizes] = Field(description="Type sizes by placeholder name; `default` for the rest.")
    chart: ChartStyle = Field(description="Type sizes and proportions inside charts.")
    table: TableStyle = Field(description="Type sizes and proportions inside tables.")

    _folder: Path = PrivateAttr(default=Path())

    @property
    def matplotlib_style(self) -> Path:
        """Return the matplotlib style file beside the house style."""
        return self._folder / "wavedeck.mplstyle"

    @cached_property
    def _known(self) -> str:
        return ", ".join(sorted(self.roles))

    def role(self, name: str) -> ColourRole:
        """Return a colour role, or say which roles exist."""
        if name not in self.roles:
            hint = did_you_mean(name, self.roles)
            raise RenderError(
                f"house style '{self.name}': unknown colour role '{name}'{hint}; known are {self._known}"
            )
        return self.roles[name]

    def hex(self, role: str) -> str:
        """Return the colour of a role as six hexadecimal digits."""
        return self.role(role).hex

    def sizes(self, placeholder: str) -> TextSizes:
        """Return the type sizes for a placeholder, or the default ones."""
        return self.text.get(placeholder, self.text["default"])

    def wave_roles(self, count: int) -> tuple[str, ...]:
        """Return colour roles for waves, oldest first, the newest in the brand colour.

        Parameters
        ----------
        count
            Number of waves drawn.
        """
        if count > 4:
            raise RenderError(f"{count} waves in one chart cannot be told apart; draw at most 4 or use lines")
        if count == 4:
            return ("wave_oldest", "wave_older", "wave_recent", "wave_new")
        return ("wave_oldest", "wave_older", "wave_new")[3 - count :]

    def scale_roles(
        self, *, positive: int, neutral: int = 0, negative: int, dont_know: bool = False
    ) -> tuple[str, ...]:
        """Return the roles of an answer scale, from its negative end, "don't know" last.

        Parameters
        ----------
        positive, negative
            Number of answers on each side, 1 or 2.
        neutral
            Number of middle answers, 0 or 1.
        dont_know
            Whether a "don't know" segment follows.
        """
        if positive not in _SCALE_POSITIVE or negative not in _SCALE_NEGATIVE or neutral not in (0, 1):
            raise RenderError(
                f"no colours for a scale of {negative} negative, {neutral} neutral and {positive} positive "
                "answers; a side has 1 or 2 answers and the middle at most 1"
            )
        middle = ("neutral",) * neutral
        apart = ("dont_know",) if dont_know else ()
        return _SCALE_NEGATIVE[negative] + middle + _SCALE_POSITIVE[positive] + apart

    def sequential_roles(self, count: int) -> tuple[str, ...]:
        """Return the roles of an ordered scale without a middle, such as age groups, light to dark.

        Parameters
        ----------
        count
            Number of steps, 1 to 8.
        """
        if not 1 <= count <= MOST_STEPS:
            raise RenderError(f"{count} steps of one colour cannot be told apart; draw at most {MOST_STEPS}")
        last = MOST_STEPS - 1
        places = [round(step * last / (count - 1)) for step in range(count)] if count > 1 else [last]
        return tuple(f"sequence_{place + 1}" for place in places)

    def category_role(self, position: int) -> str:
        """Return the colour role of the category at a position counted from 0."""
        if not 0 <= position < 8:
            raise RenderError(f"category {position + 1} has no colour: the house style tells 8 apart")
        return f"category_{position + 1}"

    def legible(self, role: str) -> str:
        """Return the colour of a role, darkened until text in it can be read on the ground."""
        paper, colour = self.hex("paper"), self.hex(role)
        shades = (shade(colour, share / 20) for share in range(20))
        return next(one for one in shades if contrast(one, paper) >= TEXT_CONTRAST)

    def label_role(self, ground: str) -> str:
        """Return ``paper`` or ``ink``, whichever reads better on a role's colour."""
        colour = self.hex(ground)
        light = contrast(self.hex("paper"), colour)
        return "paper" if light >= TEXT_CONTRAST or light > contrast(self.hex("ink"), colour) else "ink"


def load_style(path: Path) -> HouseStyle:
    """Read and check a house style.

    Parameters
    ----------
    path
        The ``style.yaml`` of a house template.

    Raises
    ------
    RenderError
        When the file is missing, is not YAML or holds unknown or wrong keys.
    """
    if not path.is_file():
        raise RenderError(f"house style {path} does not exist")
    try:
        style = HouseStyle.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise RenderError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        raise RenderError(f"{path}: {problems}") from error
    style._folder = path.parent
    return style

"""Which sheets and columns the spreadsheet of a codebook has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wavedeck.study.base import ANY_LANGUAGE

Kind = Literal["text", "number", "flag", "list", "condition", "local"]


@dataclass(frozen=True)
class Column:
    """One column of a sheet; one of kind `local` stands for a column per language.

    Attributes
    ----------
    name
        Heading.
    note
        What belongs in it, shown when the mouse rests on the heading.
    kind
        How its cells are read.
    width
        Width in characters.
    """

    name: str
    note: str
    kind: Kind = "text"
    width: int = 14

    def headings(self, languages: Iterable[str]) -> list[str]:
        """Return the headings that the column has in a file with texts in some languages."""
        if self.kind != "local":
            return [self.name]
        return [self.name if code == ANY_LANGUAGE else f"{self.name} {code}" for code in languages]


_LABEL = Column("label", "Short name for tables and charts; one column per language.", "local", 32)
_WAVES = Column("waves", "Waves in which it was asked, e.g. 2015, 2017; empty: all.", "list")
_ASKED_IF = Column(
    "asked_if", "Who was asked, as a condition, e.g. {transport: [car, bus]}.", "condition", 30
)
_COLUMN = Column(
    "column", "Raw column; {loop} and {item} are filled in. Several: see sheet columns.", width=20
)
_CLEARED = Column("cleared", "codes, missing: in this wave there are none.", "list")
_VARIABLE = Column("variable", "Variable concerned.", width=22)
_ITEM = Column("item", "Item of a battery; empty: the variable itself.", width=18)
_WAVE = Column("wave", "Wave in which it differs; empty: every wave.", width=10)
_SCALE = Column("scale", "Scale concerned; then leave variable empty.", width=18)

SHEETS: dict[str, tuple[Column, ...]] = {
    "variables": (
        Column("variable", "Name of the question, the same in every wave.", width=22),
        _LABEL,
        Column("type", "single, multi, rating, nps, numeric, text, open, id, date or time."),
        Column("scale", "Scale whose answers it shares.", width=18),
        Column("minimum", "Lowest valid number of a rating or numeric.", "number", 10),
        Column("maximum", "Highest valid number of a rating or numeric.", "number", 10),
        _COLUMN,
        Column("question", "The question as asked, printed under results.", "local", 48),
        Column("asked_of", "Who was asked, in words, for the base line.", "local", 30),
        Column("parts", "Parts that ask it; empty: all.", "list"),
        _WAVES,
        _ASKED_IF,
        Column("loop", "Loop it is asked in."),
        Column("coded_from", "multi: the open question whose coded answers these are.", width=18),
        Column("checked", "Values that mean ticked; empty: 1.", "list"),
        Column("unchecked", 'Values that mean not ticked; empty: ["0", ""].', "list"),
        Column("personal", "TRUE for personal data: never leaves the full store.", "flag", 10),
    ),
    "items": (
        _VARIABLE,
        Column("item", "Name of the item.", width=18),
        _LABEL,
        _COLUMN,
        _WAVES,
        _ASKED_IF,
        Column("kind", "Kind of aspect, for colours and captions."),
        Column("parts", "Parts that ask it; empty: all.", "list"),
    ),
    "categories": (_SCALE, _VARIABLE, Column("category", "Category id, in scale order.", width=22), _LABEL),
    "codes": (
        _SCALE,
        _VARIABLE,
        _ITEM,
        _WAVE,
        Column("code", "Code in the raw file."),
        Column("category", "Category id, or number, that it stands for.", width=22),
    ),
    "missing": (
        _SCALE,
        _VARIABLE,
        _ITEM,
        _WAVE,
        Column("code", 'Code in the raw file; "" is the empty cell.'),
        Column("why", "Why there is no answer.", width=18),
    ),
    "waves": (
        _VARIABLE,
        _ITEM,
        Column("wave", "Wave in which something differs.", width=10),
        Column("column", "Raw column in this wave.", width=20),
        Column("checked", "Values that mean ticked in this wave.", "list"),
        _CLEARED,
    ),
    "columns": (
        _VARIABLE,
        _ITEM,
        _WAVE,
        Column("category", "Category ticked in this column; empty: one mention a column.", width=22),
        Column("column", "Raw column.", width=20),
    ),
    "loops": (
        Column("loop", "Name of the loop."),
        Column("entry", "Name of the entry, e.g. an organisation.", width=18),
        _LABEL,
        _WAVES,
        _ASKED_IF,
    ),
    "scales": (
        Column("scale", "Name of the scale.", width=18),
        Column("type", "single, multi, rating, nps, numeric, text, open, id, date or time."),
        Column("minimum", "Lowest valid number.", "number", 10),
        Column("maximum", "Highest valid number.", "number", 10),
    ),
}
ABOUT = "about"
REMARK = "#"
ABOUT_TEXT = (
    ("sheet", "what stands there"),
    ("variables", "every question, in the order of the questionnaire"),
    ("items", "the items of batteries"),
    ("categories", "categories of variables and of scales, in scale order"),
    ("codes", "which category a code in the raw file stands for; without any, a code is its own category"),
    ("missing", "codes that are no answer, and why"),
    ("waves", "what differs in one wave"),
    ("columns", "raw columns of questions that have several: one a category, or one a mention"),
    ("loops", "lists that questions are repeated for"),
    ("scales", "ways of answering that several variables share"),
    ("", ""),
    ("remarks", "a sheet or a column whose name starts with # is yours: it is not read, and not kept"),
)

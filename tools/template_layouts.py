"""The layouts of the house template: which placeholder stands where and how its text looks.

Lengths are inches on a grid of twelve columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wavedeck.render.colours import tint
from wavedeck.render.style import HouseStyle

WIDTH, HEIGHT, MARGIN, GUTTER = 13.333, 7.5, 0.5, 0.2
COLUMN = (WIDTH - 2 * MARGIN - 11 * GUTTER) / 12

Box = tuple[float, float, float, float]


def left(column: int) -> float:
    """Return the left edge of a grid column counted from 0, in inches."""
    return MARGIN + column * (COLUMN + GUTTER)


def span(columns: int) -> float:
    """Return the width of a number of grid columns, in inches."""
    return columns * COLUMN + (columns - 1) * GUTTER


TITLE = (left(0), 0.45, span(12), 0.9)
TOP, BOTTOM = 1.55, 6.12
BODY_HEIGHT = BOTTOM - TOP
LINES = {"question": (6.24, 0.34), "base": (6.58, 0.18), "footnote": (6.78, 0.31)}
FOOT, FOOT_HEIGHT = 7.14, 0.2


@dataclass(frozen=True)
class Look:
    """How text in a placeholder looks: points, colour role, weight, place in its box."""

    size: float
    role: str = "ink"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"
    spacing: float = 1.0
    after: float = 0.0
    bullets: bool = False


@dataclass(frozen=True)
class Holder:
    """A placeholder of a layout: name, kind and box in inches."""

    name: str
    kind: str
    box: Box
    look: Look
    prompt: str


@dataclass(frozen=True)
class Block:
    """A filled rectangle of a layout, in inches."""

    box: Box
    fill: str


@dataclass(frozen=True)
class Layout:
    """A layout with its placeholders and blocks."""

    name: str
    holders: tuple[Holder, ...]
    blocks: tuple[Block, ...] = ()


def look_of(style: HouseStyle, layout: str, name: str, **changes: object) -> Look:
    """Return the look of a placeholder with the first of its sizes in the house style."""
    sizes = style.text.get(f"{layout}.{name}") or style.sizes(name)
    return Look(
        **{  # type: ignore[arg-type]
            "size": sizes.sizes[0],
            "spacing": sizes.line_spacing,
            "after": sizes.space_after,
            **changes,
        }
    )


def title(style: HouseStyle, layout: str, box: Box = TITLE) -> Holder:
    """Return the title placeholder of a content slide."""
    look = look_of(style, layout, "title", role="brand", bold=True)
    return Holder("title", "title", box, look, "The finding in one sentence")


def body(style: HouseStyle, layout: str, name: str, box: Box, **changes: object) -> Holder:
    """Return a placeholder for running text."""
    look = look_of(style, layout, name, **{"bullets": True, **changes})
    return Holder(name, "body", box, look, "Text")


def visual(name: str, kind: str, box: Box) -> Holder:
    """Return a placeholder for a chart or a table."""
    return Holder(name, kind, box, Look(14, role="grey"), name.capitalize())


def small_lines(style: HouseStyle, layout: str, names: Sequence[str]) -> tuple[Holder, ...]:
    """Return question, base and footnote lines, as far as asked for."""
    holders = []
    for name in names:
        y, height = LINES[name]
        anchor = "b" if name == "question" else "t"
        look = look_of(style, layout, name, role="grey", anchor=anchor)
        holders.append(Holder(name, "body", (left(0), y, span(12), height), look, name.capitalize()))
    return tuple(holders)


def foot(style: HouseStyle, layout: str, *, x: float = left(0), numbered: bool = True) -> tuple[Holder, ...]:
    """Return the dummy mark and, where wanted, the slide number."""
    mark = look_of(style, layout, "dummy_mark", role="accent", bold=True, anchor="ctr")
    holders = [Holder("dummy_mark", "body", (x, FOOT, span(6), FOOT_HEIGHT), mark, "Dummy data")]
    if numbered:
        number = Look(10, role="grey", align="r", anchor="ctr")
        holders.append(Holder("slide_number", "sldNum", (left(11), FOOT, span(1), FOOT_HEIGHT), number, ""))
    return tuple(holders)


def cover(style: HouseStyle) -> Layout:
    """Return the cover: a brand field with bars of three waves, agency and note under it."""
    field_height = 5.3
    brand = style.hex("brand")
    blocks = [Block((0, 0, WIDTH, field_height), "brand")]
    heights = (0.75, 1.0, 1.3, 1.2, 1.6, 2.0, 1.9, 2.5, 3.2)
    width, gap, group_gap = 0.3, 0.06, 0.26
    x = WIDTH - MARGIN - (9 * width + 6 * gap + 2 * group_gap)
    for position, height in enumerate(heights):
        fill = (tint(brand, 0.14), tint(brand, 0.3), tint(brand, 0.62))[position % 3]
        blocks.append(Block((x, field_height - height, width, height), fill))
        x += width + (group_gap if position % 3 == 2 else gap)
    title_look = look_of(style, "cover", "title", role="paper", bold=True, anchor="b")
    subtitle = look_of(style, "cover", "subtitle", role="ground")
    agency = look_of(style, "cover", "agency", role="brand", bold=True)
    note = look_of(style, "cover", "note", role="grey")
    holders = (
        Holder("title", "title", (left(0), 1.0, span(8), 2.75), title_look, "Title of the study"),
        Holder("subtitle", "body", (left(0), 3.92, span(8), 0.9), subtitle, "Part and wave"),
        Holder("agency", "body", (left(0), 5.68, span(6), 0.52), agency, "Agency"),
        Holder("note", "body", (left(0), 6.24, span(8), 0.66), note, "Date and client"),
    )
    return Layout("cover", holders + foot(style, "cover", numbered=False), tuple(blocks))


def divider(style: HouseStyle) -> Layout:
    """Return the divider: number on a brand panel, chapter title beside it."""
    panel = left(4) - GUTTER / 2
    beside = left(4) + 0.45
    number = look_of(style, "divider", "number", role="paper", bold=True, anchor="b")
    chapter = look_of(style, "divider", "title", role="brand", bold=True, anchor="b")
    holders = (
        Holder("number", "body", (left(0), 2.2, span(4) - 0.3, 2.6), number, "1"),
        Holder("title", "title", (beside, 2.2, span(8) - 0.45, 2.41), chapter, "Chapter title"),
    )
    mark = foot(style, "divider", x=beside, numbered=False)
    return Layout("divider", holders + mark, (Block((0, 0, panel, HEIGHT), "brand"),))


def text_layouts(style: HouseStyle) -> tuple[Layout, ...]:
    """Return the layouts that hold only text."""
    tall = 6.6 - TOP
    half = span(6) - 0.15
    contents = (
        title(style, "contents"),
        body(style, "contents", "body", (left(0), TOP, span(9), 5.2), bullets=False),
        *foot(style, "contents"),
    )
    text = (
        title(style, "text"),
        body(style, "text", "body", (left(0), TOP, span(10), tall)),
        *small_lines(style, "text", ["footnote"]),
        *foot(style, "text"),
    )
    columns = (
        title(style, "two_columns"),
        body(style, "two_columns", "left", (left(0), TOP, half, tall)),
        body(style, "two_columns", "right", (left(6) + 0.15, TOP, half, tall)),
        *small_lines(style, "two_columns", ["footnote"]),
        *foot(style, "two_columns"),
    )
    quotes = (
        title(style, "quotes"),
        body(style, "quotes", "body", (left(0), TOP, half, BODY_HEIGHT), bullets=False),
        body(style, "quotes", "body_2", (left(6) + 0.15, TOP, half, BODY_HEIGHT), bullets=False),
        *small_lines(style, "quotes", list(LINES)),
        *foot(style, "quotes"),
    )
    return (
        Layout("contents", contents),
        Layout("text", text),
        Layout("two_columns", columns),
        Layout("quotes", quotes),
    )


def visual_layout(style: HouseStyle, name: str, kind: str, columns: int) -> Layout:
    """Return a layout with a chart or table over a number of columns and text in the rest."""
    holder = "table" if kind == "tbl" else "chart"
    holders = [title(style, name), visual(holder, kind, (left(0), TOP, span(columns), BODY_HEIGHT))]
    if columns < 12:
        gap = 0.2
        box = (left(columns) + gap, TOP, span(12 - columns) - gap, BODY_HEIGHT)
        holders.append(body(style, name, "body", box))
    return Layout(name, (*holders, *small_lines(style, name, list(LINES)), *foot(style, name)))


def free(style: HouseStyle) -> Layout:
    """Return the layout of slides that divide their room themselves: blocks, or several charts."""
    holders = (
        title(style, "free"),
        body(style, "free", "body", (left(0), TOP, span(12), BODY_HEIGHT)),
        *small_lines(style, "free", list(LINES)),
        *foot(style, "free"),
    )
    return Layout("free", holders)


def layouts(style: HouseStyle) -> tuple[Layout, ...]:
    """Return all layouts in the order in which PowerPoint shows them."""
    contents, text, two_columns, quotes = text_layouts(style)
    return (
        cover(style),
        contents,
        divider(style),
        text,
        two_columns,
        visual_layout(style, "chart_text", "chart", 8),
        visual_layout(style, "chart_full", "chart", 12),
        visual_layout(style, "table", "tbl", 12),
        visual_layout(style, "table_text", "tbl", 8),
        visual_layout(style, "matrix", "chart", 9),
        quotes,
        free(style),
    )

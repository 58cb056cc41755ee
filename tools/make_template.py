
"""Make the house template ``templates/house/deck.pptx`` from ``style.yaml``.

Run it after a change of colours, sizes or places:

    python tools/make_template.py

Layouts are written as XML onto python-pptx's default file, whose eleven layouts are reused.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as PresentationPart

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

from wavedeck.render.pptx.package import save_normalised  # noqa: E402  (after the path is set)
from wavedeck.render.style import HouseStyle, load_style, tint  # noqa: E402

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
EMU = 914400
WIDTH, HEIGHT, MARGIN, GUTTER = 13.333, 7.5, 0.5, 0.2
COLUMN = (WIDTH - 2 * MARGIN - 11 * GUTTER) / 12
MADE = dt.datetime.combine(dt.date(2026, 1, 1), dt.time())

NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"

Box = tuple[float, float, float, float]


def left(column: int) -> float:
    """Return the left edge of a grid column counted from 0, in inches."""
    return MARGIN + column * (COLUMN + GUTTER)


def span(columns: int) -> float:
    """Return the width of a number of grid columns, in inches."""
    return columns * COLUMN + (columns - 1) * GUTTER


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


TITLE = (left(0), 0.45, span(12), 0.9)
TOP, BOTTOM = 1.55, 6.12
BODY_HEIGHT = BOTTOM - TOP
LINES = {"question": (6.24, 0.34), "base": (6.58, 0.18), "footnote": (6.78, 0.31)}
FOOT, FOOT_HEIGHT = 7.14, 0.2


def emu(inches: float) -> int:
    """Return a length in English metric units."""
    return round(inches * EMU)


def colour(style: HouseStyle, role: str) -> str:
    """Return the XML of a colour role: a theme colour where it has one."""
    found = style.role(role)
    aliases = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
    if found.theme:
        return f'<a:schemeClr val="{aliases.get(found.theme, found.theme)}"/>'
    return f'<a:srgbClr val="{found.hex}"/>'


def transform(box: Box) -> str:
    """Return the XML of a box."""
    x, y, width, height = (emu(one) for one in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def level(style: HouseStyle, look: Look, depth: int) -> str:
    """Return the list style of one level."""
    indent = 0.2 if look.bullets else 0.0
    margin, hanging = emu(indent * (depth + 1)), -emu(indent)
    mark = "•" if depth == 0 else "–"
    bullet = (
        f'<a:buClr>{colour(style, "brand")}</a:buClr><a:buFont typeface="Arial"/><a:buChar char="{mark}"/>'
        if look.bullets
        else "<a:buNone/>"
    )
    size = round((look.size - (0 if depth == 0 else 1)) * 100)
    return (
        f'<a:lvl{depth + 1}pPr marL="{margin}" indent="{hanging}" algn="{look.align}" defTabSz="914400">'
        f'<a:lnSpc><a:spcPct val="{round(look.spacing * 100000)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(look.after * look.size * 100)}"/></a:spcAft>{bullet}'
        f'<a:defRPr sz="{size}" b="{int(look.bold)}" kern="1200">'
        f"<a:solidFill>{colour(style, look.role)}</a:solidFill>"
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{depth + 1}pPr>"
    )


def levels(style: HouseStyle, look: Look) -> str:
    """Return the list style of all levels in use."""
    return "".join(level(style, look, depth) for depth in range(3))


def body_properties(look: Look) -> str:
    """Return text box settings: no insets, so that text stands on the grid."""
    return (
        f'<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{look.anchor}">'
        "<a:noAutofit/></a:bodyPr>"
    )


def text_of(holder: Holder) -> str:
    """Return the prompt, or the slide number field."""
    if holder.kind == "sldNum":
        return f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
    return f'<a:r><a:rPr lang="en-GB"/><a:t>{holder.prompt}</a:t></a:r>'


def holder_xml(style: HouseStyle, holder: Holder, number: int) -> str:
    """Return a placeholder shape."""
    index = "" if holder.kind == "title" else f' idx="{number + 8}"'
    kind = f' type="{holder.kind}"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(holder.name)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{kind}{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{transform(holder.box)}</p:spPr>"
        f"<p:txBody>{body_properties(holder.look)}<a:lstStyle>{levels(style, holder.look)}</a:lstStyle>"
        f"<a:p>{text_of(holder)}</a:p></p:txBody></p:sp>"
    )


def block_xml(block: Block, number: int, fill: str) -> str:
    """Return a filled rectangle without outline."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="block {number}"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{transform(block.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:solidFill>{fill}</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>"
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def tree(style: HouseStyle, layout: Layout) -> str:
    """Return the shape tree of a layout, blocks first."""
    shapes = []
    for number, block in enumerate(layout.blocks, start=40):
        named = block.fill in style.roles
        fill = colour(style, block.fill) if named else f'<a:srgbClr val="{block.fill}"/>'
        shapes.append(block_xml(block, number, fill))
    shapes += [holder_xml(style, holder, number) for number, holder in enumerate(layout.holders, start=2)]
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
        f"</p:grpSpPr>{''.join(shapes)}</p:spTree>"
    )


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
    subtitle = look_of(style, "cover", "subtitle", role="wave_first")
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
    )


def write_layout(target: object, style: HouseStyle, layout: Layout) -> None:
    """Replace a layout's shapes and name."""
    element = target.element  # type: ignore[attr-defined]
    for name in ("type", "preserve"):
        element.attrib.pop(name, None)
    element.set("preserve", "1")
    element.set("userDrawn", "1")
    common = f"<p:cSld {NAMESPACES} name={quoteattr(layout.name)}>{tree(style, layout)}</p:cSld>"
    element.replace(element.cSld, parse_xml(common))


def write_master(deck: PresentationPart, style: HouseStyle) -> None:
    """Replace the master's shapes and text styles."""
    master = deck.slide_master.element
    plain = Look(18, after=0.45, bullets=True)
    heading = look_of(style, "master", "title", role="brand", bold=True)
    holders = (
        title(style, "master"),
        Holder("body", "body", (left(0), TOP, span(12), BODY_HEIGHT), plain, "Text"),
        foot(style, "master")[1],
    )
    common = f"<p:cSld {NAMESPACES}>{tree(style, Layout('master', holders))}</p:cSld>"
    master.replace(master.cSld, parse_xml(common))
    styles = (
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{level(style, heading, 0)}</p:titleStyle>"
        f"<p:bodyStyle>{levels(style, plain)}</p:bodyStyle>"
        f"<p:otherStyle>{levels(style, Look(14))}</p:otherStyle></p:txStyles>"
    )
    old = master.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    master.replace(old, parse_xml(styles))


def write_theme(deck: PresentationPart, style: HouseStyle) -> None:
    """Put the house's colours and typeface into the theme."""
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    spaces = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    theme.set("name", style.name)
    scheme = theme.find(".//a:clrScheme", spaces)
    scheme.set("name", style.name)
    slots = {role.theme: role.hex for role in style.roles.values() if role.theme}
    for slot in scheme:
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{{{spaces['a']}}}srgbClr", val=slots[etree.QName(slot).localname])
    for kind in ("majorFont", "minorFont"):
        fonts = theme.find(f".//a:{kind}", spaces)
        fonts.find("a:latin", spaces).set("typeface", style.fonts.theme)
        for other in fonts.findall("a:font", spaces):
            fonts.remove(other)
    add_custom_colours(theme, style, spaces["a"])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_custom_colours(theme: etree._Element, style: HouseStyle, space: str) -> None:
    """Offer roles without a theme slot in PowerPoint's colour picker, by name."""
    listed = etree.Element(f"{{{space}}}custClrLst")
    for name, role in style.roles.items():
        if role.theme is None:
            entry = etree.SubElement(listed, f"{{{space}}}custClr", name=name.replace("_", " "))
            etree.SubElement(entry, f"{{{space}}}srgbClr", val=role.hex)
    theme.append(listed)


def drop_extras(deck: PresentationPart) -> None:
    """Remove printer settings and thumbnail of the file we start from."""
    for owner in (deck.part, deck.part.package):
        for key, relation in list(owner._rels.items()):
            if relation.reltype.endswith(("/printerSettings", "/thumbnail")):
                owner._rels.pop(key)


def plain_app_properties(deck: PresentationPart) -> None:
    """Replace application properties that describe the file we start from."""
    part = deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)
    part._blob = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Application>Microsoft Office PowerPoint</Application></Properties>"
    )


def make_template(style: HouseStyle) -> PresentationPart:
    """Return the template as a presentation without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    write_theme(deck, style)
    write_master(deck, style)
    for target, layout in zip(deck.slide_layouts, layouts(style), strict=True):
        write_layout(target, style, layout)
    drop_extras(deck)
    plain_app_properties(deck)
    core = deck.core_properties
    core.title, core.author, core.last_modified_by = f"{style.name} template", "", ""
    core.created = core.modified = MADE
    core.revision = 1
    return deck


def main() -> None:
    """Write the template beside its style file, or where asked."""
    house = ROOT / "templates" / "house"
    parser = argparse.ArgumentParser(description="Make the house template from its style file.")
    parser.add_argument("--to", type=Path, default=house / "deck.pptx", help="where the template goes")
    save_normalised(make_template(load_style(house / "style.yaml")), parser.parse_args().to, stamp=MADE)


if __name__ == "__main__":
    main()

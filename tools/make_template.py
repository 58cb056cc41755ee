"""Make the house template ``templates/house/deck.pptx`` from ``style.yaml``.

Run it after a change of colours, sizes or places:

    python tools/make_template.py

Layouts are written as XML onto python-pptx's default file, whose eleven layouts are reused; further ones
are added.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.slide import SlideLayoutPart
from pptx.presentation import Presentation as PresentationPart

from template_layouts import (
    BODY_HEIGHT,
    HEIGHT,
    TOP,
    WIDTH,
    Block,
    Box,
    Holder,
    Layout,
    Look,
    foot,
    layouts,
    left,
    look_of,
    span,
    title,
)
from wavedeck.render.pptx.package import save_normalised
from wavedeck.render.style import HouseStyle, load_style

ROOT = Path(__file__).resolve().parents[1]
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
EMU = 914400
MADE = dt.datetime.combine(dt.date(2026, 1, 1), dt.time())

NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


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


def write_layout(target: object, style: HouseStyle, layout: Layout) -> None:
    """Replace a layout's shapes and name."""
    element = target.element  # type: ignore[attr-defined]
    for name in ("type", "preserve"):
        element.attrib.pop(name, None)
    element.set("preserve", "1")
    element.set("userDrawn", "1")
    common = f"<p:cSld {NAMESPACES} name={quoteattr(layout.name)}>{tree(style, layout)}</p:cSld>"
    element.replace(element.cSld, parse_xml(common))


def add_layout(deck: PresentationPart) -> None:
    """Append a layout to the master, for `write_layout` to fill."""
    master, number = deck.slide_master, len(deck.slide_layouts) + 1
    element = copy.deepcopy(deck.slide_layouts[-1].element)
    name = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")
    part = SlideLayoutPart(name, CT.PML_SLIDE_LAYOUT, deck.part.package, element)
    part.relate_to(master.part, RT.SLIDE_MASTER)
    ids = master.element.get_or_add_sldLayoutIdLst()
    entry = copy.deepcopy(ids[-1])
    entry.set("id", str(max(int(one.get("id")) for one in ids) + 1))
    entry.set(qn("r:id"), master.part.relate_to(part, RT.SLIDE_LAYOUT))
    ids.append(entry)


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
    wanted = layouts(style)
    for _ in range(len(wanted) - len(deck.slide_layouts)):
        add_layout(deck)
    for target, layout in zip(deck.slide_layouts, wanted, strict=True):
        write_layout(target, style, layout)
    drop_extras(deck)
    plain_app_properties(deck)
    core = deck.core_properties
    core.title, core.author, core.last_modified_by = f"{style.name} template", "", ""
    core.created = core.modified = MADE
    core.comments, core.revision = "", 1
    return deck


def main() -> None:
    """Write the template beside its style file, or where asked."""
    house = ROOT / "templates" / "house"
    parser = argparse.ArgumentParser(description="Make the house template from its style file.")
    parser.add_argument("--to", type=Path, default=house / "deck.pptx", help="where the template goes")
    save_normalised(make_template(load_style(house / "style.yaml")), parser.parse_args().to, stamp=MADE)


if __name__ == "__main__":
    main()

"""Faults in the file around the slides."""

from __future__ import annotations

from lxml import etree

from audit.verify.plant import (
    A,
    P,
    Parts,
    R,
    Where,
    fault,
    shapes,
)
from audit.verify.plant_tables import tables


@fault
def slide_hidden(parts: Parts) -> Where | None:
    part = parts.slides()[2]
    root = parts.xml(part)
    root.set("show", "0")
    parts.put(part, root)
    return 3, "slide"


@fault
def slide_hidden_with_a_number(parts: Parts) -> Where | None:
    source = parts.slides()[-1]
    root = parts.xml(source)
    root.set("show", "0")
    next(run for run in root.iter(f"{A}t")).text = "East: 5.6 (n = 4)"
    parts.put("ppt/slides/slide99.xml", root)
    parts["ppt/slides/_rels/slide99.xml.rels"] = parts[f"ppt/slides/_rels/{source.rpartition('/')[2]}.rels"]
    own = parts.relate("ppt/presentation.xml", "ppt/slides/slide99.xml", "slide")
    deck = parts.xml("ppt/presentation.xml")
    listed = deck.find(f"{P}sldIdLst")
    etree.SubElement(listed, f"{P}sldId", id="999").set(f"{R}id", own)
    parts.put("ppt/presentation.xml", deck)
    return len(parts.slides()), "slide"


@fault
def slide_removed(parts: Parts) -> Where | None:
    deck = parts.xml("ppt/presentation.xml")
    listed = deck.find(f"{P}sldIdLst")
    listed.remove(listed[7])
    parts.put("ppt/presentation.xml", deck)
    return 8, "slide"


@fault
def slides_swapped(parts: Parts) -> Where | None:
    deck = parts.xml("ppt/presentation.xml")
    listed = deck.find(f"{P}sldIdLst")
    listed[8].addnext(listed[7])
    parts.put("ppt/presentation.xml", deck)
    return 8, "slide"


@fault
def shape_removed(parts: Parts) -> Where | None:
    for shape in tables(parts):
        shape.node.getparent().remove(shape.node)
        parts.put(shape.part, shape.root)
        return shape.slide, shape.name
    return None


@fault
def shape_named_with_a_number(parts: Parts) -> Where | None:
    for shape in shapes(parts, "body"):
        next(shape.node.iter(f"{P}cNvPr")).set("name", "East 5.6")
        parts.put(shape.part, shape.root)
        return shape.slide, "East 5.6"
    return None


@fault
def comment_added(parts: Parts) -> Where | None:
    said = '<p:cm authorId="0" idx="1"><p:text>East was 5.6</p:text></p:cm>'
    text = f'<p:cmLst xmlns:p="{P[1:-1]}">{said}</p:cmLst>'
    parts["ppt/comments/comment1.xml"] = text.encode()
    parts.relate(parts.slides()[2], "ppt/comments/comment1.xml", "comments")
    return 3, "comment"


@fault
def property_digit(parts: Parts) -> Where | None:
    root = parts.xml("docProps/core.xml")
    etree.SubElement(root, "{http://purl.org/dc/elements/1.1/}description").text = "East has 5.6, n = 4"
    parts.put("docProps/core.xml", root)
    return 0, "docProps/core.xml"


@fault
def property_title(parts: Parts) -> Where | None:
    root = parts.xml("docProps/core.xml")
    title = root.find("{http://purl.org/dc/elements/1.1/}title")
    title.text = f"{title.text} 7,1"
    parts.put("docProps/core.xml", root)
    return 0, "docProps/core.xml"


@fault
def property_custom(parts: Parts) -> Where | None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    text = f'<Properties xmlns="{name}"><property name="east"><lpwstr>5.6</lpwstr></property></Properties>'
    parts["docProps/custom.xml"] = text.encode()
    parts.relate("", "docProps/custom.xml", "custom-properties")
    return 0, "docProps/custom.xml"


@fault
def custom_xml_added(parts: Parts) -> Where | None:
    parts["customXml/item7.xml"] = b"<rows><row group='east' mark='5.6'>5.6</row></rows>"
    parts.relate("ppt/presentation.xml", "customXml/item7.xml", "customXml")
    return 0, "customXml/item7.xml"


@fault
def loose_part(parts: Parts) -> Where | None:
    parts["ppt/media/rows.xml"] = b"<rows>5.6</rows>"
    return 0, "ppt/media/rows.xml"


@fault
def picture_added(parts: Parts) -> Where | None:
    parts["ppt/media/image9.png"] = b"\x89PNG"
    parts.relate(parts.slides()[2], "ppt/media/image9.png", "image")
    return 0, "image9.png"


@fault
def tag_added(parts: Parts) -> Where | None:
    text = f'<p:tagLst xmlns:p="{P[1:-1]}"><p:tag name="EAST" val="5.6"/></p:tagLst>'
    parts["ppt/tags/tag1.xml"] = text.encode()
    parts.relate(parts.slides()[2], "ppt/tags/tag1.xml", "tags")
    return 0, "tag1.xml"


@fault
def layout_number(parts: Parts) -> Where | None:
    part = next(one for one in parts.targets(parts.slides()[2]).values() if "slideLayout" in one)
    root = parts.xml(part)
    text = (
        f'<p:sp xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}"><p:nvSpPr><p:cNvPr id="90" name="stamp"/>'
        "<p:cNvSpPr/><p:nvPr/>"
        "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>n = 612</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    root.find(f"{P}cSld/{P}spTree").append(etree.fromstring(text))
    parts.put(part, root)
    return 0, "stamp"


@fault
def section_named_with_a_number(parts: Parts) -> Where | None:
    root = parts.xml("ppt/presentation.xml")
    for one in root.iter("{*}section"):
        one.set("name", "East 5.6")
        parts.put("ppt/presentation.xml", root)
        return 0, "section"
    return None

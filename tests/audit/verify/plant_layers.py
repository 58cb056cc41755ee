"""Faults in layers of a deck that nobody looks at: groups, tips, formulas, comments in XML, other parts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from lxml import etree

from audit.verify.plant import A, P, Parts, R, Shape, Where, fault, shapes

SAID = "East 5.6"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
WORDS = (
    f'<p:sp xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}"><p:nvSpPr><p:cNvPr id="93" name="note"/>'
    "<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:rPr/>"
    "<a:t>East 5.6</a:t></a:r></a:p></p:txBody></p:sp>"
)


def words() -> Any:
    return etree.fromstring(WORDS)


def edit_slide(parts: Parts, number: int, edit: Callable[[Any], object]) -> int:
    part = parts.slides()[number - 1]
    root = parts.xml(part)
    edit(root)
    parts.put(part, root)
    return number


def edit_part(parts: Parts, part: str, edit: Callable[[Any], object]) -> Where:
    root = parts.xml(part)
    edit(root)
    parts.put(part, root)
    return 0, part


def edit_shape(parts: Parts, name: str, edit: Callable[[Shape], object]) -> Where | None:
    for shape in shapes(parts, name):
        edit(shape)
        parts.put(shape.part, shape.root)
        return shape.slide, name.removeprefix("text:")
    return None


def tree(root: Any) -> Any:
    return root.find(f"{P}cSld/{P}spTree")


def grouped(root: Any, shape: Any, **named: str) -> None:
    """Put a shape into a group of its own."""
    text = f'<p:grpSp xmlns:p="{P[1:-1]}"><p:nvGrpSpPr><p:cNvPr id="91"/><p:cNvGrpSpPr/><p:nvPr/>'
    group = etree.fromstring(f"{text}</p:nvGrpSpPr><p:grpSpPr/></p:grpSp>")
    for key, value in {"name": "group", **named}.items():
        group[0][0].set(key, value)
    group.append(shape)
    tree(root).append(group)


@fault
def group_with_words(parts: Parts) -> Where | None:
    return edit_slide(parts, 3, lambda root: grouped(root, words())), "note"


@fault
def group_alt(parts: Parts) -> Where | None:
    edit_slide(parts, 3, lambda root: grouped(root, words(), descr=SAID))
    return 3, "alt:group"


@fault
def group_name(parts: Parts) -> Where | None:
    return edit_slide(parts, 3, lambda root: grouped(root, words(), name=SAID)), f"name:{SAID}"


@fault
def slide_tree_alt(parts: Parts) -> Where | None:
    def describe(root: Any) -> None:
        next(tree(root).iter(f"{P}cNvPr")).set("descr", SAID)

    return edit_slide(parts, 3, describe), "slide"


@fault
def slide_name(parts: Parts) -> Where | None:
    return edit_slide(parts, 3, lambda root: root.find(f"{P}cSld").set("name", SAID)), "slide"


@fault
def layout_name(parts: Parts) -> Where | None:
    return edit_part(
        parts, "ppt/slideLayouts/slideLayout1.xml", lambda root: root.find(f"{P}cSld").set("name", SAID)
    )


@fault
def master_placeholder(parts: Parts) -> Where | None:
    def say(root: Any) -> None:
        next(root.iter(f"{A}t")).text = SAID

    return edit_part(parts, "ppt/slideMasters/slideMaster1.xml", say)


@fault
def unused_layout(parts: Parts) -> Where | None:
    used = {target for one in parts.slides() for target in parts.targets(one).values()}
    for part in sorted(parts):
        if part.startswith("ppt/slideLayouts/slideLayout") and part not in used:
            return edit_part(parts, part, lambda root: tree(root).append(words()))
    return None


@fault
def notes_master(parts: Parts) -> Where | None:
    return edit_part(parts, "ppt/notesMasters/notesMaster1.xml", lambda root: tree(root).append(words()))


@fault
def theme_name(parts: Parts) -> Where | None:
    return edit_part(parts, "ppt/theme/theme1.xml", lambda root: root.set("name", SAID))


@fault
def slide_comment_in_xml(parts: Parts) -> Where | None:
    return edit_slide(parts, 3, lambda root: tree(root).append(etree.Comment(SAID))), "slide"


@fault
def presentation_instruction_in_xml(parts: Parts) -> Where | None:
    return edit_part(
        parts, "ppt/presentation.xml", lambda root: root.append(etree.ProcessingInstruction("east", "5.6"))
    )


@fault
def custom_show_named_with_a_number(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        shows = etree.SubElement(root, f"{P}custShowLst")
        etree.SubElement(shows, f"{P}custShow", name=SAID, id="0")

    return edit_part(parts, "ppt/presentation.xml", add)


@fault
def slide_extension(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        entry = etree.SubElement(etree.SubElement(root, f"{P}extLst"), f"{P}ext", uri="{1}")
        etree.SubElement(entry, "{urn:east}mark").text = "5.6"

    return edit_slide(parts, 3, add), "slide"


@fault
def screen_tip(parts: Parts) -> Where | None:
    def point(shape: Shape) -> None:
        link = etree.SubElement(next(shape.node.iter(f"{P}cNvPr")), f"{A}hlinkClick", tooltip=SAID)
        link.set(f"{R}id", "")

    return edit_shape(parts, "body", point)


@fault
def external_link(parts: Parts) -> Where | None:
    part = parts.slides()[2]
    own = parts.relate(part, "x", "hyperlink")
    path = f"ppt/slides/_rels/{part.rpartition('/')[2]}.rels"
    root = parts.xml(path)
    link = next(one for one in root if one.get("Id") == own)
    link.set("Target", "https://example.org/east?mark=5.6"), link.set("TargetMode", "External")
    parts.put(path, root)
    return 3, "slide"


@fault
def formula_in_a_text(parts: Parts) -> Where | None:
    def add(shape: Shape) -> None:
        paragraph = next(shape.node.iter(f"{A}p"))
        holder = etree.SubElement(paragraph, f"{{{A14}}}m")
        run = etree.SubElement(etree.SubElement(holder, f"{{{MATH}}}oMath"), f"{{{MATH}}}r")
        etree.SubElement(run, f"{{{MATH}}}t").text = "5.6"

    return edit_shape(parts, "body", add)


@fault
def words_behind_the_slide_number(parts: Parts) -> Where | None:
    def add(shape: Shape) -> None:
        run = etree.SubElement(next(shape.node.iter(f"{A}p")), f"{A}r")
        etree.SubElement(run, f"{A}t").text = f" {SAID}"

    return edit_shape(parts, "slide_number", add)


@fault
def slide_number_field_says_otherwise(parts: Parts) -> Where | None:
    def say(shape: Shape) -> None:
        next(shape.node.iter(f"{A}fld")).find(f"{A}t").text = "56"

    return edit_shape(parts, "slide_number", say)


@fault
def note_behind_the_slide_number(parts: Parts) -> Where | None:
    for number, slide in enumerate(parts.slides(), start=1):
        for part in parts.targets(slide).values():
            root = parts.xml(part) if "notesSlide" in part else None
            field = None if root is None else next(root.iter(f"{A}fld"), None)
            if root is None:
                continue
            holder = tree(root)
            made = words()
            paragraph = next(made.iter(f"{A}p"))
            own = copy.deepcopy(field) if field is not None else etree.Element(f"{A}fld", type="slidenum")
            if field is None:
                etree.SubElement(own, f"{A}t").text = "‹#›"
            paragraph.insert(0, own)
            holder.append(made)
            parts.put(part, root)
            return number, "notes"
    return None


@fault
def note_alt(parts: Parts) -> Where | None:
    for number, slide in enumerate(parts.slides(), start=1):
        for part in parts.targets(slide).values():
            if "notesSlide" in part:
                root = parts.xml(part)
                list(root.iter(f"{P}cNvPr"))[-1].set("descr", SAID)
                parts.put(part, root)
                return number, "notes"
    return None


@fault
def shape_hidden(parts: Parts) -> Where | None:
    return edit_shape(parts, "body", lambda shape: next(shape.node.iter(f"{P}cNvPr")).set("hidden", "1"))


def _placed(shape: Shape, x: int, width: int) -> None:
    properties = shape.node.find(f"{P}spPr")
    for old in properties.findall(f"{A}xfrm"):
        properties.remove(old)
    frame = etree.Element(f"{A}xfrm")
    etree.SubElement(frame, f"{A}off", x=str(x), y="0")
    etree.SubElement(frame, f"{A}ext", cx=str(width), cy=str(width))
    properties.insert(0, frame)


@fault
def shape_beside_the_slide(parts: Parts) -> Where | None:
    return edit_shape(parts, "body", lambda shape: _placed(shape, 90_000_000, 900_000))


@fault
def shape_of_no_size(parts: Parts) -> Where | None:
    return edit_shape(parts, "body", lambda shape: _placed(shape, 900_000, 0))


def _format(shape: Shape, edit: Callable[[Any], object]) -> None:
    for run in shape.node.iter(f"{A}r"):
        own = run.find(f"{A}rPr")
        if own is None:
            own = etree.Element(f"{A}rPr")
            run.insert(0, own)
        edit(own)


@fault
def letters_of_one_point(parts: Parts) -> Where | None:
    return edit_shape(parts, "body", lambda shape: _format(shape, lambda own: own.set("sz", "100")))


@fault
def letters_without_colour(parts: Parts) -> Where | None:
    return edit_shape(
        parts, "body", lambda shape: _format(shape, lambda own: own.append(etree.Element(f"{A}noFill")))
    )


@fault
def letters_seen_through(parts: Parts) -> Where | None:
    def clear(own: Any) -> None:
        for old in own.findall(f"{A}solidFill"):
            own.remove(old)
        colour = etree.Element(f"{A}solidFill")
        etree.SubElement(etree.SubElement(colour, f"{A}srgbClr", val="000000"), f"{A}alpha", val="0")
        own.insert(0, colour)

    return edit_shape(parts, "body", lambda shape: _format(shape, clear))


@fault
def shape_copied(parts: Parts) -> Where | None:
    """Let a second shape pass as the first: same name, same figures, other words."""

    def double(shape: Shape) -> None:
        made = copy.deepcopy(shape.node)
        shape.node.addnext(made)

    return edit_shape(parts, "body", double)


@fault
def white_words(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        made = words()
        fill = etree.SubElement(next(made.iter(f"{A}rPr")), f"{A}solidFill")
        etree.SubElement(fill, f"{A}srgbClr", val="FFFFFF")
        tree(root).append(made)

    return edit_slide(parts, 3, add), "note"


@fault
def alternate_content(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        name = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        choice = etree.SubElement(tree(root), f"{{{name}}}AlternateContent")
        etree.SubElement(choice, f"{{{name}}}Fallback").append(words())

    return edit_slide(parts, 3, add), "note"


@fault
def picture_alt(parts: Parts) -> Where | None:
    def add(root: Any) -> None:
        text = (
            f'<p:pic xmlns:p="{P[1:-1]}"><p:nvPicPr><p:cNvPr id="94" name="picture" descr="{SAID}"/>'
            "<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill/><p:spPr/></p:pic>"
        )
        tree(root).append(etree.fromstring(text))

    return edit_slide(parts, 3, add), "alt:picture"

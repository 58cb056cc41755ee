"""Write paragraphs into a text body, as PowerPoint itself would."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from wavedeck.render.pptx.fit import STEPS, hanging_of, indent_of, paragraph_size, spaces
from wavedeck.render.style import HouseStyle
from wavedeck.render.text import Paragraph, Run
from wavedeck.render.xmltypes import XmlElement

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ALIASES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_EMU = 914400
#: Typeface for signs that the theme font lacks.
SIGN_FONT = "Arial"
SIGNS_BEYOND_FONT = frozenset("▲▼■")
#: Size of a triangle beside text: small enough not to push its line apart.
_TRIANGLE = 0.85

OnRun = Callable[[XmlElement, Run], None]


def element(tag: str, parent: XmlElement | None = None, **attributes: str) -> XmlElement:
    """Make an element such as ``a:pPr``, under a parent when given."""
    made = parse_xml(f'<{tag} xmlns:a="{A}"/>') if parent is None else etree.SubElement(parent, qn(tag))
    for name, value in attributes.items():
        made.set(name, value)
    return made


def colour_element(style: HouseStyle, role: str) -> XmlElement:
    """Return the colour of a role: the theme's where it has one, else its own."""
    found = style.role(role)
    if found.theme:
        return element("a:schemeClr", val=_ALIASES.get(found.theme, found.theme))
    return element("a:srgbClr", val=found.hex)


def solid_fill(style: HouseStyle, role: str) -> XmlElement:
    """Return a solid fill in the colour of a role."""
    fill = element("a:solidFill")
    fill.append(colour_element(style, role))
    return fill


def clear(body: XmlElement) -> None:
    """Remove all paragraphs of a text body."""
    for old in body.findall(qn("a:p")):
        body.remove(old)


def write_paragraphs(
    body: XmlElement,
    content: Sequence[Paragraph],
    *,
    style: HouseStyle,
    size: float,
    share: float,
    language: str,
    on_run: OnRun,
) -> None:
    """Replace the paragraphs of a text body.

    Parameters
    ----------
    body
        The ``p:txBody`` or ``a:txBody``.
    content
        Paragraphs from top to bottom.
    style
        House style, for the colours.
    size
        Size of body text in points.
    share
        Space after a paragraph as a share of its size.
    language
        Language tag such as ``nl-NL``.
    on_run
        Called with the properties element and the run, for links.
    """
    clear(body)
    for position, paragraph in enumerate(content):
        written = element("a:p", body)
        _properties(written, paragraph, size=size, share=share, first=position == 0, style=style)
        for run in paragraph.runs:
            _write_run(written, run, paragraph, size=size, style=style, language=language, on_run=on_run)


def _properties(
    written: XmlElement,
    paragraph: Paragraph,
    *,
    size: float,
    share: float,
    first: bool,
    style: HouseStyle,
) -> None:
    properties = element(
        "a:pPr",
        written,
        marL=str(round(indent_of(paragraph) * _EMU)),
        indent=str(-round(hanging_of(paragraph) * _EMU)),
    )
    if paragraph.level:
        properties.set("lvl", str(paragraph.level))
    before, after = spaces(paragraph, size, share)
    for tag, points in (("a:spcBef", 0.0 if first else before), ("a:spcAft", after)):
        element("a:spcPts", element(tag, properties), val=str(round(points * 100)))
    if paragraph.number:
        element("a:buClr", properties).append(colour_element(style, "brand"))
        element("a:buFont", properties, typeface="+mj-lt")
        element("a:buAutoNum", properties, type="arabicPeriod", startAt=str(paragraph.number))
    elif paragraph.bullet:
        element("a:buClr", properties).append(colour_element(style, "brand"))
        element("a:buFont", properties, typeface=SIGN_FONT)
        element("a:buChar", properties, char="–" if paragraph.level else "•")
    else:
        element("a:buNone", properties)


def _write_run(
    written: XmlElement,
    run: Run,
    paragraph: Paragraph,
    *,
    size: float,
    style: HouseStyle,
    language: str,
    on_run: OnRun,
) -> None:
    step = STEPS[paragraph.style]
    for text in _split_signs(run.text):
        made = element("a:r", written)
        points = paragraph_size(paragraph, size) * (_TRIANGLE if text[0] in "▲▼" else 1)
        properties = element("a:rPr", made, lang=language, sz=str(round(points * 100)), dirty="0")
        if run.bold or step.bold:
            properties.set("b", "1")
        if step.italic:
            properties.set("i", "1")
        role = run.role or step.role
        if role:
            properties.append(solid_fill(style, role))
        if text[0] in SIGNS_BEYOND_FONT:
            sign_font(properties)
        on_run(properties, run)
        element("a:t", made).text = text


def sign_font(properties: XmlElement) -> None:
    """Set a typeface that has triangles."""
    for tag in ("a:latin", "a:ea", "a:cs", "a:sym"):
        element(tag, properties, typeface=SIGN_FONT)


def _split_signs(text: str) -> list[str]:
    parts: list[str] = []
    for character in text:
        if parts and (parts[-1][-1] in SIGNS_BEYOND_FONT) == (character in SIGNS_BEYOND_FONT):
            parts[-1] += character
        else:
            parts.append(character)
    return parts

"""Value labels of native charts: live where a number format can print them, written out where not."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from wavedeck.render.chart.description import Point
from wavedeck.render.xmltypes import XmlElement

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_FIELDS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_VALUE = "{7C6A9D52-0B1B-4A39-8E0E-5B7A3D1C0F01}"
_BODY = '<a:bodyPr wrap="none" lIns="18288" tIns="0" rIns="18288" bIns="0"/>'
_PLAIN_FORMAT = re.compile(r'^(?P<plus>\+?)0(?P<decimals>\.0+)?(?P<unit>"[^"]*"|%)?(?:;.*)?$')
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f"), " ")

#: Colours as XML, by role, given by the drawer.
Colours = dict[str, str]


def formatted(value: float, code: str) -> str | None:
    """Print a value as a number format does, with a decimal point, or give None for formats unknown here.

    >>> formatted(7.7, "0.0"), formatted(35.0, '0"%"')
    ('7.7', '35%')
    """
    found = _PLAIN_FORMAT.match(code)
    if found is None:
        return None
    decimals = len(found["decimals"] or ".") - 1
    unit = (found["unit"] or "").strip('"')
    number = value * 100 if found["unit"] == "%" else value
    sign = "+" if found["plus"] and number > 0 else ""
    return f"{sign}{number:.{decimals}f}{unit}"


def is_live(point: Point, code: str) -> bool:
    """Tell whether a number format prints the point's label, whatever the decimal sign."""
    if point.value is None:
        return False
    printed = formatted(point.value, code)
    plain = point.label.translate(_SPACES).replace("\u2212", "-").replace(",", ".")
    return printed is not None and printed == plain


def needs_own_label(point: Point, code: str) -> bool:
    """Tell whether a point's label has more, or other, than its formatted value.

    LibreOffice formats numbers below zero in labels of bars without their sign.
    """
    below = point.value is not None and point.value < 0
    own = not point.visible or point.printed != point.label or bool(point.mark)
    return own or below or not is_live(point, code)


def text_properties(tag: str, *, size: float, colour: str, bold: bool = False, font: str = "") -> str:
    """Return run properties of chart text."""
    faces = "".join(f'<a:{face} typeface="{font}"/>' for face in ("latin", "ea", "cs", "sym")) if font else ""
    look = f"<a:solidFill>{colour}</a:solidFill>{faces}"
    return f'<a:{tag} sz="{round(size * 100)}" b="{int(bold)}">{look}</a:{tag}>'


def text_style(*, size: float, colour: str, bold: bool = False) -> str:
    """Return a ``c:txPr``."""
    return (
        f'<c:txPr xmlns:c="{C}" xmlns:a="{A}">{_BODY}'
        f"<a:lstStyle/><a:p><a:pPr>{text_properties('defRPr', size=size, colour=colour, bold=bold)}</a:pPr>"
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _runs(point: Point, code: str, *, name: str, size: float, colour: str, bold: bool, marks: Colours) -> str:
    plain = text_properties("rPr", size=size, colour=colour, bold=bold)
    parts = [f"<a:r>{plain}<a:t>{escape(name)}  </a:t></a:r>"] if name else []
    if not point.visible:
        return "".join(parts) + f"<a:r>{plain}<a:t>{escape(point.sign)}</a:t></a:r>"
    text = escape(point.label)
    if is_live(point, code):
        parts.append(f'<a:fld id="{_VALUE}" type="VALUE">{plain}<a:pPr/><a:t>{text}</a:t></a:fld>')
    else:
        parts.append(f"<a:r>{plain}<a:t>{text}</a:t></a:r>")
    if point.sign:
        parts.append(f"<a:r>{plain}<a:t>{escape(point.sign)}</a:t></a:r>")
    if point.mark:
        look = text_properties("rPr", size=max(size - 1, 10), colour=marks[point.mark], font="Arial")
        parts.append(f"<a:r>{plain}<a:t> </a:t></a:r><a:r>{look}<a:t>{point.mark}</a:t></a:r>")
    return "".join(parts)


def own_label(
    index: int,
    point: Point,
    code: str,
    *,
    position: str,
    size: float,
    colour: str,
    marks: Colours,
    bold: bool = False,
    name: str = "",
    fill: str = "",
) -> XmlElement:
    """Return the label of one point, its value as a field that follows the workbook.

    Parameters
    ----------
    index
        Place of the point in its series, from 0.
    point
        The point.
    code
        Number format of the series.
    position
        Place beside the bar (``outEnd``, ``ctr``, ``inBase``, ``t``, ``r``, ...).
    size, colour, bold
        Look of the text; colour as XML.
    marks
        Colour of each significance mark, as XML.
    name
        Series name to print before the value, for lines.
    fill
        Fill behind the label, as XML.
    """
    ground = f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>" if fill else ""
    runs = _runs(point, code, name=name, size=size, colour=colour, bold=bold, marks=marks)
    code = _with_minus(code) if (point.value or 0) < 0 else code
    return parse_xml(
        f'<c:dLbl xmlns:c="{C}" xmlns:a="{A}"><c:idx val="{index}"/>'
        f"<c:tx><c:rich>{_BODY}<a:lstStyle/>"
        f"<a:p>{runs}</a:p></c:rich></c:tx>"
        f'<c:numFmt formatCode="{escape(code, {chr(34): "&quot;"})}" sourceLinked="0"/>{ground}'
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        f'<c:extLst><c:ext xmlns:c15="{_C15}" uri="{_FIELDS}"><c15:dlblFieldTable/></c:ext></c:extLst>'
        "</c:dLbl>"
    )


def _with_minus(code: str) -> str:
    """Return a number format that writes a true minus; programs write a hyphen by themselves.

    >>> _with_minus("0.0")
    '0.0;"−"0.0'
    """
    return code if ";" in code else f'{code};"\u2212"{code}'


def no_label(index: int) -> XmlElement:
    """Return the declaration that a point has no label."""
    return parse_xml(f'<c:dLbl xmlns:c="{C}"><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>')


def series_labels(
    own: list[XmlElement], code: str, *, position: str, size: float, colour: str, bold: bool = False
) -> XmlElement:
    """Return the labels of a series: the points' own first, then what holds for the rest."""
    labels = parse_xml(
        f'<c:dLbls xmlns:c="{C}" xmlns:a="{A}">'
        f'<c:numFmt formatCode="{escape(code, {chr(34): "&quot;"})}" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    labels.insert(2, parse_xml(text_style(size=size, colour=colour, bold=bold)))
    for place, label in enumerate(own):
        labels.insert(place, label)
    return labels


def put_labels(series: XmlElement, labels: XmlElement) -> None:
    """Put labels into a series where the schema wants them."""
    for old in series.findall(qn("c:dLbls")):
        series.remove(old)
    for tag in ("c:trendline", "c:errBars", "c:cat"):
        found = series.find(qn(tag))
        if found is not None:
            found.addprevious(labels)
            return
    series.append(labels)

"""Small corrections and settings in the XML of native charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from wavedeck.render.boxes import Box
from wavedeck.render.chart.labels import A, C, text_style
from wavedeck.render.xmltypes import XmlElement

_FIRST_AXIS = 1001


def parse(inner: str) -> XmlElement:
    """Parse chart XML with its namespaces."""
    head, _, rest = inner.partition(">")
    closing = "/" if head.endswith("/") else ""
    head = head.removesuffix("/")
    return parse_xml(f'{head} xmlns:c="{C}" xmlns:a="{A}"{closing}>{rest}')


def manual_layout(box: Box, within: Box, *, inner: bool) -> XmlElement:
    """Return a fixed place within a chart, as shares of its frame."""
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    places = {
        "x": box.left / within.width,
        "y": box.top / within.height,
        "w": box.width / within.width,
        "h": box.height / within.height,
    }
    values = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in places.items())
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    return parse(f"<c:layout><c:manualLayout>{target}{modes}{values}</c:manualLayout></c:layout>")


def place_plot(chart: Any, plot: Box, frame: Box) -> None:
    """Fix the plot's place, so that charts of one kind match to the pixel."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, manual_layout(plot, frame, inner=True))


def renumber_axes(chart: Any) -> None:
    """Give axes small positive ids; python-pptx's own are negative and not valid."""
    ids: dict[str, str] = {}
    for tag in ("c:axId", "c:crossAx"):
        for found in chart._chartSpace.iter(qn(tag)):
            ids.setdefault(found.get("val"), str(_FIRST_AXIS + len(ids)))
            found.set("val", ids[found.get("val")])


def fill_series(series: XmlElement, fill: str, *, outline: str = "") -> None:
    """Give a series a fill and an outline, both as XML."""
    line = outline or "<a:ln><a:noFill/></a:ln>"
    _replace(
        series, parse(f"<c:spPr>{fill}{line}</c:spPr>"), before=("c:invertIfNegative", "c:marker", "c:dPt")
    )
    invert = series.find(qn("c:invertIfNegative"))
    if invert is not None:
        invert.set("val", "0")


def fill_points(series: XmlElement, fills: dict[int, str], *, outline: str = "") -> None:
    """Give single points of a bar series a fill of their own."""
    line = outline or "<a:ln><a:noFill/></a:ln>"
    for index, fill in sorted(fills.items()):
        point = parse(
            f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{fill}{line}</c:spPr></c:dPt>"
        )
        _before(series, point, ("c:dLbls", "c:trendline", "c:errBars", "c:cat"))


def _replace(series: XmlElement, made: XmlElement, *, before: Sequence[str]) -> None:
    for old in series.findall(made.tag):
        series.remove(old)
    _before(series, made, (*before, "c:dLbls", "c:cat"))


def _before(series: XmlElement, made: XmlElement, tags: Sequence[str]) -> None:
    for tag in tags:
        found = series.find(qn(tag))
        if found is not None:
            found.addprevious(made)
            return
    series.append(made)


def zero_points(series: XmlElement, missing: Sequence[int]) -> None:
    """Cache 0 for points whose cell holds a sign, as PowerPoint does for text, so that their labels show."""
    cache = series.find(f"{qn('c:val')}/{qn('c:numRef')}/{qn('c:numCache')}")
    for index in missing:
        point = parse(f'<c:pt idx="{index}"><c:v>0</c:v></c:pt>')
        later = [one for one in cache.findall(qn("c:pt")) if int(one.get("idx")) > index]
        if later:
            later[0].addprevious(point)
        else:
            cache.append(point)


def place_legend(chart: Any, box: Box, frame: Box, *, size: float, colour: str) -> None:
    """Put the legend at the top left, its entries in the order of the series."""
    chart.has_legend = True
    legend = chart.legend._element
    for child in list(legend):
        legend.remove(child)
    legend.append(parse('<c:legendPos val="t"/>'))
    legend.append(manual_layout(box, frame, inner=False))
    legend.append(parse('<c:overlay val="0"/>'))
    legend.append(parse_xml(text_style(size=size, colour=colour)))


def plain_chart(chart: Any) -> None:
    """Take away rounded corners, titles and backgrounds."""
    space = chart._chartSpace
    chart.has_title = False
    chart.has_legend = False
    for tag in ("c:roundedCorners",):
        for old in space.findall(qn(tag)):
            space.remove(old)
    date = space.find(qn("c:date1904"))
    rounded = parse('<c:roundedCorners val="0"/>')
    if date is not None:
        date.addnext(rounded)
    else:
        space.insert(0, rounded)
    space.chart.addnext(parse("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"))

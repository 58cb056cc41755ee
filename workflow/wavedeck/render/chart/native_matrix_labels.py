"""Labels of a native matrix, each bound to a point: of drivers, quadrants and the ends of axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from wavedeck.render.boxes import Box
from wavedeck.render.chart import labels as label_xml
from wavedeck.render.chart.pen import Pen

NO_LINE = "<a:ln><a:noFill/></a:ln>"
NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'
_C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_UPWARDS = -5400000
_NO_LEADERS = (
    f'<c:extLst><c:ext xmlns:c15="{_C15}" uri="{_LABELS}"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


@dataclass(frozen=True)
class Written:
    """A text beside a point.

    Parameters
    ----------
    lines
        What it says.
    shift
        From the point to the middle of the text, in inches to the right and downwards.
    size
        In points.
    turned
        Whether it reads upwards.
    """

    lines: tuple[str, ...]
    shift: tuple[float, float]
    size: float
    role: str = "ink"
    bold: bool = False
    ground: bool = True
    turned: bool = False


def bound_labels(texts: Sequence[Written], frame: Box, pen: Pen) -> tuple[str, ...]:
    """Return the look of a series that only writes: no line, no marker, a text for each point.

    Parameters
    ----------
    texts
        One for each point, in order.
    frame
        The chart's frame, whose size shifts are shares of.
    """
    own = "".join(_label(place, text, frame, pen) for place, text in enumerate(texts))
    shown = "".join(f'<c:{name} val="0"/>' for name in _SHOWN)
    return f"<c:spPr>{NO_LINE}</c:spPr>", NO_MARKER, f"<c:dLbls>{own}{shown}{_NO_LEADERS}</c:dLbls>"


def _label(place: int, text: Written, frame: Box, pen: Pen) -> str:
    look = label_xml.text_properties("rPr", size=text.size, colour=pen.colour(text.role), bold=text.bold)
    paragraphs = "".join(f"<a:p><a:r>{look}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.lines)
    turn = f' rot="{_UPWARDS}" vert="horz"' if text.turned else ""
    body = f'<a:bodyPr{turn} wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
    fill = pen.fill("paper") if text.ground else "<a:noFill/>"
    x, y = text.shift[0] / frame.width, text.shift[1] / frame.height
    moved = f'<c:layout><c:manualLayout><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/></c:manualLayout></c:layout>'
    shown = "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in _SHOWN)
    return (
        f'<c:dLbl><c:idx val="{place}"/>{moved if any(text.shift) else ""}'
        f"<c:tx><c:rich>{body}<a:lstStyle/>{paragraphs}</c:rich></c:tx>"
        f'<c:spPr>{fill}{NO_LINE}</c:spPr><c:dLblPos val="ctr"/>{shown}</c:dLbl>'
    )

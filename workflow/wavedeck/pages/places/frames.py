"""Where the shapes of a deck stand: their own frames, or those that they inherit from layout and master."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wavedeck.audit.verify.ooxml import A, C, Element, P, Package, R
from wavedeck.audit.verify.slides import Deck, Shape, Slide, shape_nodes
from wavedeck.pages.places.boxes import Area

WHOLE = Area(0.0, 0.0, 1.0, 1.0)
_ALIKE = {"ctrTitle": "title", "subTitle": "body", "": "body", "obj": "body", "chart": "body", "tbl": "body"}
Size = tuple[int, int]


@dataclass(frozen=True)
class Placed:
    """A shape and its place.

    Attributes
    ----------
    shape
        As read.
    frame
        Where it stands; the whole slide where the deck does not say.
    columns
        Left edges of the columns of a table, and the right edge of the last.
    chart
        The part that holds a chart, '' for none.
    """

    shape: Shape
    frame: Area
    columns: tuple[float, ...] = ()
    chart: str = ""


def place_shapes(deck: Deck, slide: Slide) -> tuple[Placed, ...]:
    """Return the shapes of a slide in the order in which they are drawn, each with its place."""
    package = deck.package
    size = _slide_size(package)
    above = [package.xml(part) for part in _parents(package, slide.part)]
    drawn = shape_nodes(package.xml(slide.part))
    return tuple(
        _placed(package, slide.part, one, shape, above=above, size=size)
        for one, shape in zip(drawn, slide.shapes, strict=True)
    )


def _slide_size(package: Package) -> Size:
    size = package.xml(package.targets("", "officeDocument")[0]).find(f"{P}sldSz")
    return int(size.get("cx")), int(size.get("cy"))


def _parents(package: Package, part: str) -> Iterator[str]:
    for layout in package.targets(part, "slideLayout"):
        yield layout
        yield from package.targets(layout, "slideMaster")


def _placed(
    package: Package, part: str, one: Element, shape: Shape, *, above: list[Element], size: Size
) -> Placed:
    frame = _frame(one, above, size)
    if shape.rows is not None:
        return Placed(shape, frame, columns=tuple(_columns(one, frame, size)))
    chart = next(one.iter(f"{C}chart"), None) if shape.chart is not None else None
    if chart is None:
        return Placed(shape, frame)
    wanted = chart.get(f"{R}id")
    return Placed(
        shape, frame, chart=next(link.target for link in package.relations(part) if link.id == wanted)
    )


def _frame(one: Element, above: list[Element], size: Size) -> Area:
    """Return a shape's own frame, or that of the placeholder it fills."""
    own = _own_frame(one, size)
    holder = one.find(f"*/{P}nvPr/{P}ph")
    if own is not None or holder is None:
        return own or WHOLE
    for parent in above:
        for other in shape_nodes(parent):
            given = other.find(f"*/{P}nvPr/{P}ph")
            if given is not None and _same_holder(holder, given):
                found = _own_frame(other, size)
                if found is not None:
                    return found
    return WHOLE


def _same_holder(one: Element, other: Element) -> bool:
    if one.get("idx") and other.get("idx"):
        return bool(one.get("idx") == other.get("idx"))
    kinds = [_ALIKE.get(each.get("type", ""), each.get("type")) for each in (one, other)]
    return kinds[0] == kinds[1]


def _own_frame(one: Element, size: Size) -> Area | None:
    names = (f"{P}xfrm", f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm")
    place = next((found for name in names if (found := one.find(name)) is not None), None)
    if place is None:
        return None
    frame = _rectangle(place, "off", "ext")
    for group in one.iterancestors(f"{P}grpSp"):
        frame = _in_group(frame, group.find(f"{P}grpSpPr/{A}xfrm"))
    return Area(frame.left / size[0], frame.top / size[1], frame.right / size[0], frame.bottom / size[1])


def _rectangle(place: Element, start: str, reach: str) -> Area:
    x, y = (int(place.find(f"{A}{start}").get(name)) for name in ("x", "y"))
    width, height = (int(place.find(f"{A}{reach}").get(name)) for name in ("cx", "cy"))
    return Area(x, y, x + width, y + height)


def _in_group(frame: Area, place: Element) -> Area:
    """Return where a group draws a frame that is given in the group's own measures."""
    if place is None or place.find(f"{A}chExt") is None:
        return frame
    outside, inside = _rectangle(place, "off", "ext"), _rectangle(place, "chOff", "chExt")
    across = (outside.right - outside.left) / max(inside.right - inside.left, 1)
    down = outside.height / max(inside.height, 1)
    return Area(
        outside.left + (frame.left - inside.left) * across,
        outside.top + (frame.top - inside.top) * down,
        outside.left + (frame.right - inside.left) * across,
        outside.top + (frame.bottom - inside.top) * down,
    )


def _columns(one: Element, frame: Area, size: Size) -> Iterator[float]:
    edge = frame.left
    yield edge
    for column in one.iter(f"{A}gridCol"):
        edge += int(column.get("w")) / size[0]
        yield edge

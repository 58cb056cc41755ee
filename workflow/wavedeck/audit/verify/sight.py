"""Whether what is on a slide can be seen: not switched off, beside it, of no size or without colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.ooxml import DECK, A, Element, P, Package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Slide, element_of

#: Letters below five points, in hundredths of a point, and colours that cover less than a tenth.
_SMALLEST, _FAINTEST = 500, 10_000


def check_sight(
    result: Verification, package: Package, slide: Slide, claims: Mapping[str, Sequence[Binding]]
) -> None:
    """Report shapes with figures or words that nobody sees, and shapes that pass as another.

    Parameters
    ----------
    result
        Takes what is found.
    package
        The file.
    slide, claims
        The slide, and what the file claims of each of its shapes.
    """
    size = _size(package)
    for one in package.xml(slide.part).iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame"):
        element = element_of(next(one.iter(f"{P}cNvPr")).get("name", ""))
        if element in claims or "".join(text.text or "" for text in one.iter(f"{A}t")).strip():
            for message in _unseen(one, size):
                result.fault(slide.number, element, "edited", message)
    names = [shape.element for shape in slide.shapes]
    for element in sorted({name for name in names if names.count(name) > 1 and name in claims}):
        result.fault(slide.number, element, "edited", f"{names.count(element)} shapes have this name")


def _size(package: Package) -> tuple[int, int]:
    root = package.xml(package.main(DECK))
    size = root.find(f"{P}sldSz")
    return int(size.get("cx")), int(size.get("cy"))


def _unseen(one: Element, size: tuple[int, int]) -> Iterator[str]:
    if next(one.iter(f"{P}cNvPr")).get("hidden") in ("1", "true"):
        yield "the shape is hidden"
    frame = _frame(one)
    if frame is not None:
        x, y, width, height = frame
        if width <= 0 or height <= 0:
            yield "the shape has no size"
        elif x >= size[0] or y >= size[1] or x + width <= 0 or y + height <= 0:
            yield "the shape stands beside the slide"
    for run in one.iter(f"{A}r", f"{A}fld"):
        own = run.find(f"{A}rPr")
        if own is not None and (run.findtext(f"{A}t") or "").strip():
            yield from _faint(own)


def _frame(one: Element) -> tuple[int, int, int, int] | None:
    """Return where a shape stands, where it says so itself and is in no group."""
    if one.getparent().tag != f"{P}spTree":
        return None
    frame = one.find(f"{P}xfrm") if one.tag == f"{P}graphicFrame" else one.find(f"{P}spPr/{A}xfrm")
    start, reach = (None, None) if frame is None else (frame.find(f"{A}off"), frame.find(f"{A}ext"))
    if start is None or reach is None:
        return None
    return int(start.get("x")), int(start.get("y")), int(reach.get("cx")), int(reach.get("cy"))


def _faint(own: Element) -> Iterator[str]:
    if int(own.get("sz", _SMALLEST)) < _SMALLEST:
        yield "its letters are too small to read"
    clear = any(int(one.get("val", 100_000)) < _FAINTEST for one in own.findall(f"{A}solidFill//{A}alpha"))
    if clear or own.find(f"{A}noFill") is not None:
        yield "its letters have no colour"

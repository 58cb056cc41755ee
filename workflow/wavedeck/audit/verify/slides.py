"""Read a deck: what stands on each slide, in its notes, and outside slides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wavedeck.audit.verify.charts import ChartRead, read_chart
from wavedeck.audit.verify.ooxml import DECK, A, Element, P, Package, R

SLIDE_NUMBER = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}#\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


def element_of(name: str) -> str:
    """Return the name of a shape as the ledger writes it."""
    for before in ("box:", "text:"):
        if name.startswith(before):
            return name.removeprefix(before)
    return name


@dataclass(frozen=True)
class Shape:
    """One shape.

    Attributes
    ----------
    name, alt
        Machine name and alternative text; a title behind it.
    paragraphs
        Its text.
    numbers
        Number that a viewer draws before each paragraph, 0 for none.
    rows
        Cells of a table, by grid column; None where there is no table.
    merged
        Places (row, column, from 0) of cells that the one before them covers.
    chart
        The chart, where it is one.
    target
        Part of the slide that a click leads to.
    hidden
        Whether it is switched off.
    is_picture
        Whether it shows a picture.
    """

    name: str
    alt: str
    paragraphs: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] | None = None
    merged: frozenset[tuple[int, int]] = frozenset()
    chart: ChartRead | None = None
    target: str = ""
    hidden: bool = False
    is_picture: bool = False

    @property
    def element(self) -> str:
        """Return its name as the ledger writes it."""
        return element_of(self.name)

    @property
    def text(self) -> str:
        """Return its whole text."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Slide:
    """One slide as read."""

    number: int
    id: str
    part: str
    shapes: tuple[Shape, ...]
    hidden: bool = False
    notes: tuple[Shape, ...] = ()
    layout: str = ""


@dataclass(frozen=True)
class Deck:
    """A deck as read."""

    package: Package
    slides: tuple[Slide, ...]
    layouts: dict[str, tuple[Shape, ...]] = field(default_factory=dict)

    def number_of(self, part: str) -> int:
        """Return the number of the slide in a part; 0 where it is none."""
        return next((one.number for one in self.slides if one.part == part), 0)


def read_slides(package: Package) -> Deck:
    """Read all slides of a deck, hidden ones too."""
    root = package.main(DECK)
    targets = {one.id: one.target for one in package.relations(root)}
    listed = list(package.xml(root).iter(f"{P}sldId"))
    slides = tuple(
        _slide(package, number, one.get("id"), targets[one.get(f"{R}id")])
        for number, one in enumerate(listed, start=1)
    )
    used = {slide.layout for slide in slides}
    used |= {master for layout in used for master in package.targets(layout, "slideMaster")}
    layouts = {part: _fixed(package, part) for part in sorted(used) if part}
    return Deck(package, slides, layouts)


def _slide(package: Package, number: int, own_id: str, part: str) -> Slide:
    content = package.xml(part)
    notes = [
        shape
        for one in package.targets(part, "notesSlide")
        for shape in _shapes(package, one, package.xml(one))
    ]
    return Slide(
        number=number,
        id=own_id,
        part=part,
        shapes=tuple(_shapes(package, part, content)),
        hidden=content.get("show") in ("0", "false"),
        notes=tuple(notes),
        layout=next(iter(package.targets(part, "slideLayout")), ""),
    )


def _fixed(package: Package, part: str) -> tuple[Shape, ...]:
    """Return the shapes of a layout that stand on its slides: those that are no placeholders."""
    tree = package.xml(part)
    kept = [one for one in tree.iter(f"{P}sp") if one.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None]
    return tuple(_text_shape(package, part, one) for one in kept)


def shape_nodes(content: Element) -> Iterator[Element]:
    """Yield the shapes of a slide, layout or notes page in the order in which they are drawn."""
    tree = content.find(f"{P}cSld/{P}spTree")
    yield from tree.iter(f"{P}sp", f"{P}cxnSp", f"{P}pic", f"{P}graphicFrame", f"{P}grpSp")


def _shapes(package: Package, part: str, content: Element) -> Iterator[Shape]:
    for one in shape_nodes(content):
        if one.tag == f"{P}graphicFrame":
            yield _frame(package, part, one)
        else:
            yield _text_shape(package, part, one)


def _properties(one: Element) -> Element:
    return next(one.iter(f"{P}cNvPr"))


def _alt(properties: Element) -> str:
    return " ".join(filter(None, (properties.get("descr", ""), properties.get("title", ""))))


def _text_shape(package: Package, part: str, one: Element) -> Shape:
    properties, body = _properties(one), one.find(f"{P}txBody")
    content = [] if body is None else body.findall(f"{A}p")
    link = properties.find(f"{A}hlinkClick")
    return Shape(
        name=properties.get("name", ""),
        alt=_alt(properties),
        paragraphs=tuple(paragraph_text(each) for each in content),
        numbers=tuple(_numbering(content)),
        target=_target(package, part, link),
        hidden=properties.get("hidden") in ("1", "true"),
        is_picture=next(one.iter(f"{A}blip"), None) is not None,
    )


def _numbering(content: list[Element]) -> Iterator[int]:
    """Yield the number that a viewer draws before each paragraph."""
    last: dict[str, int] = {}
    for each in content:
        automatic = each.find(f"{A}pPr/{A}buAutoNum")
        level = each.find(f"{A}pPr").get("lvl", "0") if each.find(f"{A}pPr") is not None else "0"
        if automatic is None:
            last.pop(level, None)
            yield 0
            continue
        start = automatic.get("startAt")
        last[level] = int(start) if start else last.get(level, 0) + 1
        yield last[level]


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph; the field of the slide's number as a sign."""
    words = []
    for one in paragraph.iter(f"{A}r", f"{A}fld", f"{A}br"):
        if one.tag == f"{A}br":
            words.append("\n")
        elif one.tag == f"{A}fld" and one.get("type", "").startswith("slidenum"):
            words.append(SLIDE_NUMBER)
        else:
            words.append(one.findtext(f"{A}t") or "")
    return "".join(words)


def _target(package: Package, part: str, link: Element) -> str:
    if link is None:
        return ""
    wanted = link.get(f"{R}id")
    return next((one.target for one in package.relations(part) if one.id == wanted), "")


def _frame(package: Package, part: str, one: Element) -> Shape:
    properties = _properties(one)
    table, chart = next(one.iter(f"{A}tbl"), None), next(one.iter("{*}chart"), None)
    rows, read, merged = None, None, frozenset[tuple[int, int]]()
    if table is not None:
        drawn = [row.findall(f"{A}tc") for row in table.findall(f"{A}tr")]
        rows = tuple(tuple(_cell_text(cell) for cell in row) for row in drawn)
        covered = [
            (r, c)
            for r, row in enumerate(drawn)
            for c, cell in enumerate(row)
            if cell.get("hMerge") in ("1", "true")
        ]
        merged = frozenset(covered)
    if chart is not None:
        wanted = chart.get(f"{R}id")
        target = next(rel.target for rel in package.relations(part) if rel.id == wanted)
        read = read_chart(package, target)
    return Shape(
        name=properties.get("name", ""),
        alt=_alt(properties),
        rows=rows,
        merged=merged,
        chart=read,
        hidden=properties.get("hidden") in ("1", "true"),
    )


def _cell_text(cell: Element) -> str:
    return "\n".join(paragraph_text(one) for one in cell.iter(f"{A}p"))

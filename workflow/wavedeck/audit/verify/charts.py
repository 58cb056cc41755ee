"""Read a chart of a deck: what it shows, what it has stored, and the workbook behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from wavedeck.audit.verify.extras import extras_of
from wavedeck.audit.verify.ooxml import A, C, Element, Package, read_package
from wavedeck.audit.verify.workbook import Workbook, read_workbook


@dataclass(frozen=True)
class Stored:
    """What a chart has stored of some cells: where they stand, and their texts by place."""

    reference: str = ""
    points: dict[int, str] = field(default_factory=dict)

    def number(self, place: int) -> Decimal | None:
        """Return a number; None where there is none."""
        try:
            return Decimal(self.points[place])
        except (KeyError, InvalidOperation):
            return None


@dataclass(frozen=True)
class SeriesRead:
    """One series as stored.

    Attributes
    ----------
    name, categories, values, across
        What is stored; `across` are the x values of a scatter chart.
    more
        Error bars.
    labels
        Place -> text of a label of its own.
    deleted
        Places whose label is taken away.
    code
        Format of the other labels.
    codes
        Place -> format of a label of its own.
    shows
        Whether its other labels show values.
    """

    name: Stored
    categories: Stored
    values: Stored
    across: Stored | None = None
    more: tuple[Stored, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    deleted: frozenset[int] = frozenset()
    code: str = ""
    codes: dict[int, str] = field(default_factory=dict)
    shows: bool = False

    @property
    def title(self) -> str:
        """Return its name."""
        return self.name.points.get(0, "")


@dataclass(frozen=True)
class AxisRead:
    """One value axis: its ends, the distance of its ticks, and whether they are drawn."""

    minimum: Decimal | None
    maximum: Decimal | None
    step: Decimal | None
    drawn: bool
    code: str = ""


@dataclass(frozen=True)
class ChartRead:
    """A chart as read."""

    series: tuple[SeriesRead, ...]
    axes: tuple[AxisRead, ...]
    texts: tuple[str, ...]
    legend: bool
    workbook: Workbook | None
    part: str = ""
    extras: tuple[str, ...] = ()

    def stored(self) -> Iterator[Stored]:
        """Yield everything that refers to cells."""
        for one in self.series:
            yield from (one.name, one.categories, one.values, *one.more)
            if one.across is not None:
                yield one.across


def read_chart(package: Package, part: str) -> ChartRead:
    """Read a chart and its workbook."""
    content = package.xml(part)
    books = [one for one in package.targets(part, "package") if one in package.parts]
    plain = list(content.iter(f"{C}title"))
    return ChartRead(
        series=tuple(_series(one) for one in content.iter(f"{C}ser")),
        axes=tuple(_axis(one) for one in content.iter(f"{C}valAx")),
        texts=tuple("".join(text.text or "" for text in one.iter(f"{A}t")) for one in plain),
        legend=content.find(f"{C}chart/{C}legend") is not None,
        workbook=read_workbook(read_package(package.parts[books[0]], books[0])) if books else None,
        part=part,
        extras=tuple(extras_of(content)),
    )


def _stored(one: Element) -> Stored:
    if one is None:
        return Stored()
    points = {int(point.get("idx")): point.findtext(f"{C}v") or "" for point in one.iter(f"{C}pt")}
    plain = one.findtext(f"{C}v")
    if not points and plain:
        points = {0: plain}
    return Stored(next((each.text or "" for each in one.iter(f"{C}f")), ""), points)


def _series(one: Element) -> SeriesRead:
    scatter = one.find(f"{C}xVal")
    labels = one.find(f"{C}dLbls")
    labels = one.getparent().find(f"{C}dLbls") if labels is None else labels
    own = [] if labels is None else labels.findall(f"{C}dLbl")
    places = {int(each.find(f"{C}idx").get("val")): each for each in own}
    bars = [_stored(end) for bar in one.findall(f"{C}errBars") for end in bar.iter(f"{C}plus", f"{C}minus")]
    return SeriesRead(
        name=_stored(one.find(f"{C}tx")),
        categories=_stored(one.find(f"{C}cat")),
        values=_stored(one.find(f"{C}val" if scatter is None else f"{C}yVal")),
        across=None if scatter is None else _stored(scatter),
        more=tuple(bars),
        labels={place: text for place, each in places.items() if (text := _label(each)) is not None},
        deleted=frozenset(place for place, each in places.items() if _is_on(each.find(f"{C}delete"))),
        code=_code(labels),
        codes={place: code for place, each in places.items() if (code := _code(each))},
        shows=labels is not None and _is_on(labels.find(f"{C}showVal")),
    )


def _label(label: Element) -> str | None:
    """Return the text that a label has of its own; None where it shows the value."""
    if label.find(f"{C}tx") is None:
        return None
    return "".join(text.text or "" for text in label.iter(f"{A}t"))


def _is_on(flag: Element) -> bool:
    return flag is not None and flag.get("val", "1") in ("1", "true")


def _code(labels: Element) -> str:
    code = None if labels is None else labels.find(f"{C}numFmt")
    return "" if code is None else str(code.get("formatCode", ""))


def _axis(one: Element) -> AxisRead:
    scaling, position = one.find(f"{C}scaling"), one.find(f"{C}tickLblPos")
    code = one.find(f"{C}numFmt")
    return AxisRead(
        _decimal(scaling.find(f"{C}min")),
        _decimal(scaling.find(f"{C}max")),
        _decimal(one.find(f"{C}majorUnit")),
        drawn=not _is_on(one.find(f"{C}delete")) and (position is None or position.get("val") != "none"),
        code="" if code is None else code.get("formatCode", ""),
    )


def _decimal(one: Element) -> Decimal | None:
    return None if one is None else Decimal(one.get("val"))


__all__ = ["AxisRead", "ChartRead", "SeriesRead", "Stored", "read_chart"]

"""Find the texts of a chart on a page: labels of points, names, numbers along axes, titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wavedeck.audit.verify.axes import ticks
from wavedeck.audit.verify.charts import AxisRead, ChartRead, SeriesRead
from wavedeck.audit.verify.labels import code_prints
from wavedeck.audit.verify.tokens import DECIMAL_MARKS
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.locate import MARGIN, Spot, locate
from wavedeck.pages.places.plots import Plot, points_of
from wavedeck.pages.places.words import Stream, Word, squash

Place = tuple[int, int]
_WIDE = 16 / 9
_NEAR = 0.03


@dataclass(frozen=True)
class ChartSpots:
    """Where the texts of a chart stand.

    Attributes
    ----------
    labels
        Series and place from 0 -> label.
    lost
        Series and place of labels that the deck has and that were not found.
    categories, series
        Place from 0 -> name.
    ticks
        Number along an axis as the ledger writes it -> text, in the order of the ledger.
    titles
        Titles of the chart and its axes.
    """

    labels: Mapping[Place, Spot] = field(default_factory=dict)
    lost: frozenset[Place] = frozenset()
    categories: Mapping[int, Spot] = field(default_factory=dict)
    series: Mapping[int, Spot] = field(default_factory=dict)
    ticks: Sequence[tuple[str, Spot]] = ()
    titles: Sequence[Spot] = ()

    def words(self) -> Iterator[Word]:
        """Yield all words of it."""
        for group in (self.labels, self.categories, self.series):
            for one in group.values():
                yield from one.words
        for _, spot in self.ticks:
            yield from spot.words
        for spot in self.titles:
            yield from spot.words


def find_chart(page: Stream, chart: ChartRead, plot: Plot | None, frame: Area, language: str) -> ChartSpots:
    """Find the texts of a chart.

    Parameters
    ----------
    page
        Words that no other shape has taken, in the order in which they were drawn.
    chart, plot
        The chart, and where it draws its points.
    frame
        Where the chart stands.
    language
        Of the deck, for decimal marks.
    """
    own = page.within(frame, MARGIN)
    texts = _label_texts(chart, language)
    labels = _labels(own, texts, plot, frame)
    own = own.without(word for one in labels.values() for word in one.words)
    marks = list(_ticks(own, chart, frame, language))
    own = own.without(word for _, one in marks for word in one.words)
    titles = [one for text in chart.texts for one in locate(own, [text], frame) if one is not None]
    own = own.without(word for one in titles for word in one.words)
    names = [one.title for one in chart.series] if chart.legend else []
    series = _named(locate(own, names, frame)) if names else {}
    own = own.without(word for one in series.values() for word in one.words)
    categories = _categories(own, chart, frame)
    lost = frozenset(texts) - frozenset(labels)
    return ChartSpots(labels, lost, categories, series, marks, titles)


def _named(spots: Sequence[Spot | None]) -> dict[int, Spot]:
    return {place: one for place, one in enumerate(spots) if one is not None}


def _categories(page: Stream, chart: ChartRead, frame: Area) -> dict[int, Spot]:
    names = chart.series[0].categories.points if chart.series else {}
    if not names:
        return {}
    texts = [names.get(place, "") for place in range(max(names) + 1)]
    return _named(locate(page, texts, frame))


def label_text(series: SeriesRead, place: int, language: str) -> str:
    """Return what stands at a point; '' for nothing."""
    if place in series.deleted:
        return ""
    if place in series.labels:
        return series.labels[place]
    value = series.values.number(place)
    printed = code_prints(series.code, value) if value is not None and series.shows else None
    return "" if printed is None or value is None else _written(value, printed, language)


def _written(value: Decimal, printed: tuple[int, bool], language: str) -> str:
    mark = DECIMAL_MARKS.get(language, ".")
    return f"{value:.{printed[0]}f}".replace(".", mark) + "%" * printed[1]


def _label_texts(chart: ChartRead, language: str) -> dict[Place, str]:
    """Return series and place -> label, in the order in which labels are drawn: series by series."""
    texts = {
        (number, place): label_text(one, place, language)
        for number, one in enumerate(chart.series)
        for place in range(max([*one.values.points, -1]) + 1)
    }
    return {key: text for key, text in texts.items() if squash(text)}


@dataclass(frozen=True)
class Target:
    """Where the label of a point is expected: beside a bar or on it, on one side of a point of a line."""

    plot: Plot
    point: Area
    side: str = ""

    def off(self, spot: Spot) -> float:
        """Return how far a text stands from there, in heights of the slide."""
        around = _around(spot.words)
        x, y = around.middle
        left, top = self.point.middle
        beside = max(around.left - self.point.right, self.point.left - around.right, 0.0) * _WIDE
        over = max(around.top - self.point.bottom, self.point.top - around.bottom, 0.0)
        if self.plot.form == "bar":
            return _length(beside, y - top)
        if self.plot.form == "col":
            return _length((x - left) * _WIDE, over)
        shift = {"t": -1.0, "b": 1.0}.get(self.side, 0.0) * around.height
        return _length((x - left) * _WIDE if shift else beside, y - top - shift)


def _length(across: float, down: float) -> float:
    return float((across**2 + down**2) ** 0.5)


def _around(words: Sequence[Word]) -> Area:
    around = words[0].area
    for one in words[1:]:
        around = around.joined(one.area)
    return around


def _labels(page: Stream, texts: Mapping[Place, str], plot: Plot | None, frame: Area) -> dict[Place, Spot]:
    """Find labels in the order in which they are drawn, and hold them against the geometry of the chart."""
    spots = locate(page, list(texts.values()), frame) if texts else ()
    found = {key: spot for key, spot in zip(texts, spots, strict=True) if spot is not None}
    if plot is None or plot.form == "scatter":
        return found
    targets = {
        (number, place): Target(plot, area, plot.side(number, place))
        for number, place, area in points_of(plot)
    }
    return _once({key: _proven(page, spot, targets.get(key)) for key, spot in found.items()}, targets)


def _proven(page: Stream, spot: Spot, target: Target | None) -> Spot:
    """Hold a label against its point: of all places of this text its own must be the nearest, and near."""
    if target is None:
        return spot
    others = (Spot(spot.text, page, start) for start in page.find(squash(spot.text)))
    nearest = min((spot, *others), key=target.off)
    if nearest.words[0] is spot.words[0] or not spot.sure:
        return replace(nearest, sure=target.off(nearest) <= _NEAR)
    return replace(spot, sure=False)


def _once(found: Mapping[Place, Spot], targets: Mapping[Place, Target]) -> dict[Place, Spot]:
    """Leave a label that several points chose to the nearest of them."""
    chosen: dict[int, Place] = {}
    for key in sorted(found, key=lambda key: targets[key].off(found[key]) if key in targets else 0.0):
        chosen.setdefault(id(found[key].words[0]), key)
    return {key: spot for key, spot in found.items() if chosen[id(spot.words[0])] == key}


def _ticks(page: Stream, chart: ChartRead, frame: Area, language: str) -> Iterator[tuple[str, Spot]]:
    """Find the numbers along each axis."""
    for axis in chart.axes:
        drawn = ticks(axis)
        texts = [_tick_text(axis, one, language) for one in drawn]
        for tick, spot in zip(drawn, locate(page, texts, frame) if texts else (), strict=True):
            if spot is not None:
                yield str(tick), spot
                page = page.without(spot.words)


def _tick_text(axis: AxisRead, tick: Decimal, language: str) -> str:
    return _written(tick, code_prints(axis.code or "General", tick) or (0, False), language)

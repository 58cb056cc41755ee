"""Labels of a chart go to their points: by order, and held against the geometry of the chart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pages.places.made import HIGH, WIDE, series, word
from wavedeck.audit.verify.charts import AxisRead, ChartRead
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.charts import ChartSpots, find_chart
from wavedeck.pages.places.plots import Axis, Plot
from wavedeck.pages.places.words import Stream, Word

FRAME = Area(0.0, 0.0, 1.0, 1.0)
#: Two groups of bars that lie, all 7.7 but one: the longest text that is the same at four points.
VALUES = ((7.7, 7.7), (7.7, 6.0), (7.7, 7.7))


def _chart() -> ChartRead:
    one, two = (series(name, [pair[place] for pair in VALUES]) for place, name in enumerate(("2023", "2024")))
    return ChartRead((one, two), (), (), legend=False, workbook=None)


def _plot(chart: ChartRead, form: str = "bar", **more: object) -> Plot:
    across = Axis(0.0, 3.0, turned=form == "bar")
    return Plot(form, FRAME, Axis(0.0, 10.0, turned=False), across, chart.series, **more)  # type: ignore[arg-type]


def _labels(chart: ChartRead, plot: Plot) -> dict[tuple[int, int], Word]:
    """Draw a label at the end of each bar."""
    drawn = {}
    for number, one in enumerate(chart.series):
        for place, text in one.values.points.items():
            bar = plot.point(number, place)
            assert bar is not None
            at = (bar.right + 0.005, bar.middle[1] - HIGH / 2)
            if plot.form == "col":
                at = (bar.middle[0] - WIDE * 1.5, bar.top - HIGH)
            drawn[number, place] = word(text, *at)
    return drawn


def _found(words: list[Word], chart: ChartRead, plot: Plot | None) -> ChartSpots:
    return find_chart(Stream(tuple(words)), chart, plot, FRAME, "en")


@pytest.mark.parametrize("form", ["bar", "col"])
@pytest.mark.parametrize("backwards", [False, True])
def test_equal_labels_go_to_their_own_bars(form: str, backwards: bool) -> None:
    chart = _chart()
    plot = _plot(chart, form)
    drawn = _labels(chart, plot)
    words = list(drawn.values())
    found = _found(words[::-1] if backwards else words, chart, plot)
    assert {key: spot.words[0].area for key, spot in found.labels.items()} == {
        key: one.area for key, one in drawn.items()
    }
    assert all(spot.sure for spot in found.labels.values())
    assert not found.lost


def test_label_far_from_its_bar_is_not_sure() -> None:
    chart = _chart()
    plot = _plot(chart)
    drawn = _labels(chart, plot)
    drawn[1, 1] = word("6.0", 0.9, 0.9)
    found = _found(list(drawn.values()), chart, plot)
    assert [key for key, spot in found.labels.items() if not spot.sure] == [(1, 1)]


def test_label_that_is_not_drawn_is_lost_and_takes_no_other() -> None:
    chart = _chart()
    plot = _plot(chart)
    drawn = _labels(chart, plot)
    gone = drawn.pop((0, 0))
    found = _found(list(drawn.values()), chart, plot)
    assert found.lost == {(0, 0)}
    assert {key: spot.words[0].area for key, spot in found.labels.items()} == {
        key: one.area for key, one in drawn.items()
    }
    assert gone.text == "7.7"


def test_equal_labels_without_geometry_follow_the_order_of_series() -> None:
    chart = _chart()
    drawn = _labels(chart, _plot(chart))
    found = _found(list(drawn.values()), chart, None)
    assert {key: spot.words[0] for key, spot in found.labels.items()} == drawn


def test_equal_points_of_two_lines_are_told_apart_by_the_side_of_their_labels() -> None:
    one, two = series("2023", [7.7, 6.0]), series("2024", [7.7, 8.0])
    chart = ChartRead((one, two), (), (), legend=False, workbook=None)
    sides = {(0, None): "b", (1, None): "t"}
    plot = Plot("line", FRAME, Axis(0, 10, False), Axis(0, 2, False), chart.series, sides=sides)
    point = plot.point(0, 0)
    assert point is not None
    x, y = point.middle
    below = word("7.7", x - WIDE * 1.5, y + HIGH / 2)
    above = word("7.7", x - WIDE * 1.5, y - HIGH * 1.5)
    for words in ([below, above], [above, below]):
        found = _found(words, chart, plot)
        assert found.labels[0, 0].words == (below,)
        assert found.labels[1, 0].words == (above,)


def test_numbers_along_an_axis_are_no_labels() -> None:
    chart = _chart()
    axis = AxisRead(Decimal(0), Decimal(10), Decimal(5), drawn=True, code="0.0")
    chart = ChartRead(chart.series, (axis,), ("From 0.0 to 10.0",), legend=False, workbook=None)
    plot = _plot(chart)
    labels = _labels(chart, plot)
    ticks = [word("0.0", 0.0, 0.97), word("5.0", 0.5, 0.97), word("10.0", 0.95, 0.97)]
    title = [word("From", 0.1, 0.93), word("0.0", 0.2, 0.93), word("to", 0.3, 0.93), word("10.0", 0.4, 0.93)]
    found = _found([*ticks, *labels.values(), *title], chart, plot)
    assert [(name, spot.words[0]) for name, spot in found.ticks] == list(
        zip(("0", "5", "10"), ticks, strict=True)
    )
    assert [spot.words for spot in found.titles] == [tuple(title)]


def test_names_of_categories_and_series_are_found() -> None:
    chart = ChartRead(_chart().series, (), (), legend=True, workbook=None)
    plot = _plot(chart)
    names = [word(f"c{place + 1}", 0.0, 0.1 + place / 3) for place in range(3)]
    legend = [word("2023", 0.1, 0.0), word("2024", 0.2, 0.0)]
    found = _found([*names, *_labels(chart, plot).values(), *legend], chart, plot)
    assert [found.categories[place].words[0] for place in range(3)] == names
    assert [found.series[place].words[0] for place in range(2)] == legend

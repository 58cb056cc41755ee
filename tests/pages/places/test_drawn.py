"""Lines of a chart get the box of a label, a name, or of what is drawn instead."""

from __future__ import annotations

from dataclasses import replace

from pages.places.made import line, page, series
from wavedeck.audit.ledger import Print
from wavedeck.audit.verify.charts import ChartRead, SeriesRead, Stored
from wavedeck.audit.verify.slides import Shape
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.charts import ChartSpots
from wavedeck.pages.places.drawn import boxes_of_chart
from wavedeck.pages.places.frames import Placed
from wavedeck.pages.places.locate import Spot
from wavedeck.pages.places.plots import Axis, Plot
from wavedeck.pages.places.slide import ShapeSpots

FRAME = Area(0.0, 0.0, 1.0, 1.0)
BARS = series("2024", [5.0, 0.0, 2.5])


def _spot(text: str) -> Spot:
    return Spot(text, page(text), 0)


def _shape(name: str, own: tuple[SeriesRead, ...], chart: ChartSpots, plot: Plot | None = None) -> ShapeSpots:
    read = ChartRead(own, (), (), legend=False, workbook=None)
    return ShapeSpots(Placed(Shape(name, "", chart=read), FRAME), chart=chart, plot=plot)


def _bars(chart: ChartSpots, *, name: str = "chart:marks") -> ShapeSpots:
    plot = Plot("bar", FRAME, Axis(0, 10, False), Axis(0, 3, True), (BARS,), gap=1.0)
    return _shape(name, (BARS,), chart, plot)


def _point(place: int) -> Print:
    return line("5.0", element=f"chart:marks/s1p{place}")


def test_label_is_the_box_of_a_point() -> None:
    shape = _bars(ChartSpots({(0, 0): _spot("5.0 ▲")}))
    lines = {3: _point(1), 4: line("▲", element="chart:marks/s1p1", field="rest.mark")}
    found = boxes_of_chart(shape, [shape], lines)
    assert found[3][0].x + found[3][0].width < found[4][0].x
    assert all(one.sure for own in found.values() for one in own)


def test_bar_without_a_label_is_its_own_box() -> None:
    shape = _bars(ChartSpots())
    (box,) = boxes_of_chart(shape, [shape], {3: _point(3)})[3]
    assert (box.x, round(box.y, 3), box.width, box.sure) == (0.0, 0.75, 0.25, True)


def test_bar_of_nothing_has_no_box() -> None:
    shape = _bars(ChartSpots())
    assert boxes_of_chart(shape, [shape], {3: _point(2)}) == {}


def test_bar_whose_label_was_not_found_has_no_box() -> None:
    shape = _bars(ChartSpots(lost=frozenset({(0, 2)})))
    assert boxes_of_chart(shape, [shape], {3: _point(3)}) == {}


def test_lines_of_another_chart_are_left_alone() -> None:
    shape = _bars(ChartSpots({(0, 0): _spot("5.0")}))
    other = {3: line("5.0", element="chart:marks:2/s1p1"), 4: line("5.0", element="alt:chart:marks")}
    assert boxes_of_chart(shape, [shape], other) == {}


def test_series_is_named_by_the_legend_of_a_chart_beside_it() -> None:
    own = _bars(ChartSpots())
    other = _bars(ChartSpots(series={0: _spot("2024")}), name="chart:other")
    lines = {3: line("2024", element="chart:marks/s1", field="wave")}
    (box,) = boxes_of_chart(own, [own, other], lines)[3]
    assert box.sure
    strange = replace(other, placed=_shape("chart:other", (series("2023", [1]),), ChartSpots()).placed)
    assert boxes_of_chart(own, [own, strange], lines) == {}


def test_first_panel_answers_for_the_names_of_all() -> None:
    panels = [_bars(ChartSpots(categories={0: _spot("c1")}), name=f"chart:marks:{n}") for n in (1, 2)]
    lines = {3: line("c1", element="chart:marks/c1", field="label")}
    assert [3 in boxes_of_chart(one, panels, lines) for one in panels] == [True, False]


def _scatter(title: str, x: list[float], y: list[float]) -> SeriesRead:
    points = Stored("", {place: str(one) for place, one in enumerate(x)})
    return replace(series(title, y), across=points)


def test_point_of_a_matrix_has_its_mark_and_its_name() -> None:
    own = (_scatter("…", [0.2, 0.5], [2, 8]), _scatter("| x", [0.3, 0.3], [0, 10]))
    plot = Plot("scatter", FRAME, Axis(0, 10, False), Axis(0, 1, False), own)
    shape = _shape("chart:matrix", own, ChartSpots({(0, 1): _spot("Second name")}), plot)
    address = "p/importance@second/all/2024"
    lines = {
        1: line("0,500", address, element="chart:matrix:Process/p1x"),
        2: line("0.5", address, element="workbook:chart:matrix/A3"),
        3: line("0,300", element="chart:matrix:border/x"),
        4: line("5,0", element="chart:matrix:border/y"),
        5: line("0,1", "p/importance@unknown/all/2024", element="chart:matrix:Process/p2x"),
    }
    found = boxes_of_chart(shape, [shape], lines)
    assert set(found) == {1, 3}
    mark, name = found[1]
    assert (round(mark.x + mark.width / 2, 3), round(mark.y + mark.height / 2, 3)) == (0.5, 0.2)
    assert name.width > 10 * mark.width
    (border,) = found[3]
    assert round(border.x + border.width / 2, 3) == 0.3
    assert border.height > 0.99

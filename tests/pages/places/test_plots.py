"""Points of a chart are drawn where its axes, gaps and order say."""

from __future__ import annotations

import pytest
from lxml import etree

from pages.places.made import series
from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.plots import Plot, read_plot

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
FRAME = Area(0.2, 0.2, 0.7, 0.7)
AXIS = (
    '<c:valAx><c:scaling><c:orientation val="{way}"/>'
    '<c:max val="10"/><c:min val="{low}"/></c:scaling></c:valAx>'
)


def _read(
    group: str, *rows: list[float | None], category: str = "minMax", value: str = "minMax", low: int = 0
) -> Plot | None:
    text = (
        f'<c:chartSpace xmlns:c="{C}"><c:chart><c:plotArea><c:layout><c:manualLayout>'
        '<c:layoutTarget val="inner"/><c:x val="0.2"/><c:y val="0.4"/><c:w val="0.8"/><c:h val="0.6"/>'
        f"</c:manualLayout></c:layout>{group}"
        f'<c:catAx><c:scaling><c:orientation val="{category}"/></c:scaling></c:catAx>'
        f"{AXIS.format(way=value, low=low)}</c:plotArea></c:chart></c:chartSpace>"
    )
    own = tuple(series(f"s{number}", row) for number, row in enumerate(rows))
    return read_plot(etree.fromstring(text), own, FRAME)


def _bars(direction: str, grouping: str, gap: int = 100, overlap: int = 0) -> str:
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/>'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/></c:barChart>'
    )


def _edges(plot: Plot | None, number: int, place: int) -> tuple[float, ...]:
    """Return left, top, right, bottom within the area between the axes, which is 0.3-0.7 by 0.4-0.7."""
    assert plot is not None
    area = plot.point(number, place)
    assert area is not None
    across = [(one - 0.3) / 0.4 for one in (area.left, area.right)]
    down = [(one - 0.4) / 0.3 for one in (area.top, area.bottom)]
    return tuple(round(one, 4) for one in (across[0], down[0], across[1], down[1]))


def test_bars_that_stand_are_drawn_side_by_side() -> None:
    plot = _read(_bars("col", "clustered"), [5, 10], [2, 4])
    assert _edges(plot, 0, 0) == (0.0833, 0.5, 0.25, 1.0)
    assert _edges(plot, 1, 1) == (0.75, 0.6, 0.9167, 1.0)


@pytest.mark.parametrize(("way", "top"), [("maxMin", 0.125), ("minMax", 0.625)])
def test_bars_that_lie_start_at_the_end_that_the_axis_says(way: str, top: float) -> None:
    plot = _read(_bars("bar", "clustered"), [5, 10], category=way)
    assert _edges(plot, 0, 0) == (0.0, top, 0.5, top + 0.25)


def test_stacked_bars_follow_each_other() -> None:
    plot = _read(_bars("bar", "stacked", overlap=100), [5, 1], [3, 0], [None, 2], category="maxMin")
    assert _edges(plot, 1, 0) == (0.5, 0.125, 0.8, 0.375)
    assert _edges(plot, 2, 1) == (0.1, 0.625, 0.3, 0.875)
    assert plot is not None
    assert plot.point(2, 0) is None


def test_bars_below_zero_are_stacked_on_their_own() -> None:
    plot = _read(_bars("col", "stacked", overlap=100), [-2], [5], [-3], low=-10)
    assert _edges(plot, 1, 0) == (0.25, 0.25, 0.75, 0.5)
    assert _edges(plot, 2, 0) == (0.25, 0.6, 0.75, 0.75)


def test_values_run_the_other_way_on_a_turned_axis() -> None:
    plot = _read(_bars("bar", "clustered"), [5], category="maxMin", value="maxMin")
    assert _edges(plot, 0, 0) == (0.5, 0.25, 1.0, 0.75)


def test_points_of_a_line_stand_in_the_middle_of_their_category() -> None:
    own = '<c:dLbl><c:idx val="1"/><c:dLblPos val="r"/></c:dLbl>'
    sides = f'<c:ser><c:dLbls>{own}<c:dLblPos val="b"/></c:dLbls></c:ser>'
    plot = _read(f"<c:lineChart>{sides}</c:lineChart>", [5, 10])
    assert _edges(plot, 0, 1) == (0.75, 0.0, 0.75, 0.0)
    assert plot is not None
    assert (plot.side(0, 0), plot.side(0, 1), plot.side(1, 0)) == ("b", "r", "")


def test_chart_that_leaves_its_area_to_the_viewer_has_no_geometry() -> None:
    inner = f"<c:layout/>{_bars('bar', 'clustered')}{AXIS.format(way='minMax', low=0)}"
    text = f'<c:chartSpace xmlns:c="{C}"><c:chart><c:plotArea>{inner}</c:plotArea></c:chart></c:chartSpace>'
    assert read_plot(etree.fromstring(text), (series("s", [1]),), FRAME) is None

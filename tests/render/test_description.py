import pytest

from render.samples import CHARTS, hidden, point
from wavedeck.render.chart.description import Axis, Chart, Point, Series
from wavedeck.study.errors import RenderError


def chart(*points: Point, kind: str = "bars") -> Chart:
    return Chart("x", kind, "alt", ("One", "Two"), (Series("2017", "brand", points),), Axis(0, 10))


def test_chart_without_a_visible_point_is_refused():
    with pytest.raises(RenderError, match="chart 'x' is empty"):
        chart(hidden("suppressed"), hidden("not_asked"))


def test_chart_with_a_point_too_few_is_refused():
    with pytest.raises(RenderError, match="has 1 points for 2 categories"):
        chart(point(7.1))


def test_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(RenderError, match="unknown kind 'pie'; known are bars, panels"):
        chart(point(7.1), point(7.2), kind="pie")


def test_suppressed_value_is_never_visible():
    assert not Point(7.1, "7,1", state="suppressed").visible
    assert Point(7.1, "7,1", state="suppressed").printed == "*"


def test_not_asked_empty_and_zero_print_differently():
    printed = [hidden("not_asked").printed, hidden("suppressed").printed, point(0).printed]
    assert printed == ["–", "*", "0,0"]


def test_states_and_marks_include_the_means_column():
    assert CHARTS["stacked"].states() == {"shown", "suppressed"}
    assert CHARTS["stacked"].marks() == {"▲", "▼"}

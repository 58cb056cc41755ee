from render.samples import CHARTS, hidden, point
from wavedeck.render.chart.description import Axis, Chart, Series
from wavedeck.render.chart.sides import label_sides, signed_rows


def test_row_without_segments_prints_one_sign_at_its_start():
    chart = CHARTS["stacked"]
    assert [signed_rows(series, chart) for series in chart.series] == [[4], [], [], [], [], []]


def test_single_missing_segment_prints_its_sign_in_place():
    good = Series("good", "positive", (point(60, 0, "%"), point(70, 0, "%")))
    unasked = Series("don't know", "dont_know", (hidden("not_asked"), point(30, 0, "%")))
    chart = Chart("x", "stacked", "alt", ("2011", "2013"), (good, unasked), Axis(0, 100, '0"%"'))
    assert signed_rows(unasked, chart) == [0]


def test_label_of_a_line_just_under_another_stands_below():
    chart = CHARTS["lines"]
    assert label_sides(chart, 3.5, 12)[0][1] == "b"
    assert label_sides(chart, 30.0, 12)[0][1] == "t"

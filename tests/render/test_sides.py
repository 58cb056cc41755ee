import pytest

from render.samples import CHARTS, hidden, point
from wavedeck.render.chart.description import Axis, Chart, Series
from wavedeck.render.chart.sides import label_sides, signed_rows
from wavedeck.study.errors import RenderError


def test_row_without_segments_prints_one_sign_at_its_start():
    chart = CHARTS["stacked"]
    assert [signed_rows(series, chart) for series in chart.series] == [[4], [], [], [], [], []]


def test_single_missing_segment_prints_its_sign_in_place():
    good = Series("good", "positive", (point(60, 0, "%"), point(70, 0, "%")))
    unasked = Series("don't know", "dont_know", (hidden("not_asked"), point(30, 0, "%")))
    chart = Chart("x", "stacked", "alt", ("2011", "2013"), (good, unasked), Axis(0, 100, '0"%"'))
    assert signed_rows(unasked, chart) == [0]


def lines(*values: tuple[float, ...], lowest: float = 5, highest: float = 9) -> Chart:
    series = tuple(
        Series(f"Line {number}", f"category_{number + 1}", tuple(map(point, own)))
        for number, own in enumerate(values)
    )
    waves = tuple(f"w{place}" for place in range(len(values[0])))
    return Chart("x", "lines", "alt", waves, series, Axis(lowest, highest, "0.0"))


def test_labels_of_a_line_stand_on_one_side():
    for chart in (CHARTS["lines"], lines((7.6, 7.8, 7.7), (7.2, 7.1, 7.3))):
        for sides in label_sides(chart, 3.5, 12):
            assert len(set(sides)) == 1


def test_label_is_not_nearer_to_the_point_of_another_line():
    upper, lower = label_sides(lines((7.3, 7.4), (7.0, 7.1)), 3.5, 12)
    assert (upper, lower) == (["t", "t"], ["b", "b"])


def test_single_line_has_its_labels_above():
    assert label_sides(lines((7.3, 7.4)), 3.5, 12) == [["t", "t"]]


def test_line_on_the_axis_has_its_labels_above():
    assert label_sides(lines((5.36, 5.36), (5.0, 5.0)), 3.5, 12)[1] == ["t", "t"]


def test_lines_that_cross_change_sides_where_labels_would_cover_others():
    one, other = label_sides(lines((7.0, 7.2), (7.1, 7.0)), 3.5, 12)
    assert sorted((one[0], other[0])) == sorted((one[1], other[1])) == ["b", "t"]
    assert one[0] != one[1]


def test_middle_one_of_three_close_lines_has_its_label_beside_it():
    sides = label_sides(lines((7.1, 7.1), (7.0, 7.0), (6.9, 6.9)), 3.5, 12)
    assert [own[0] for own in sides] == ["t", "r", "b"]


def test_lines_named_at_their_ends_need_no_room_for_their_last_labels():
    close = lines((8.0, 7.0), (7.5, 7.0), (7.0, 7.0), (6.5, 7.0))
    assert label_sides(close, 3.5, 12, direct=True)
    with pytest.raises(RenderError, match="chart 'x': labels of its lines cover one another at 'w1'"):
        label_sides(close, 3.5, 12)

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation

from render.samples import CHARTS, STYLE, TEMPLATE, hidden, point
from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Axis, Chart, Series
from wavedeck.render.chart.labels import formatted, is_live, own_label
from wavedeck.render.chart.layout import label_limit, rows
from wavedeck.render.chart.native import add_chart
from wavedeck.render.measure import line_height
from wavedeck.study.errors import RenderError

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
INK = '<a:schemeClr val="tx1"/>'
PLACE = Box(0.5, 1.6, 8.16, 4.5)


def draw(chart: Chart, place: Box = PLACE):
    slide = Presentation(TEMPLATE).slides.add_slide(Presentation(TEMPLATE).slide_layouts[0])
    return add_chart(slide, place, chart, STYLE)


def workbook(frame):
    blob = frame.chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob)).active


@pytest.mark.parametrize("kind", CHARTS)
def test_frames_have_stable_names_and_alternative_text(kind):
    chart = CHARTS[kind]
    for frame in draw(chart):
        assert frame.name.startswith(f"chart:{chart.id}")
        assert chart.title_alt in frame._element.nvGraphicFramePr.cNvPr.get("descr")


@pytest.mark.parametrize("kind", CHARTS)
def test_axis_ids_are_small_positive_and_paired(kind):
    for frame in draw(CHARTS[kind]):
        space = frame.chart._chartSpace
        used = {int(one.get("val")) for one in space.iter(f"{C}axId", f"{C}crossAx")}
        assert used == {1001, 1002}


@pytest.mark.parametrize("kind", CHARTS)
def test_charts_have_no_title_gridlines_or_linked_formats(kind):
    for frame in draw(CHARTS[kind]):
        space = frame.chart._chartSpace
        assert not frame.chart.has_title
        assert space.find(f".//{C}majorGridlines") is None
        assert {one.get("sourceLinked") for one in space.iter(f"{C}numFmt")} == {"0"}


@pytest.mark.parametrize("kind", CHARTS)
def test_no_text_is_smaller_than_ten_points(kind):
    for frame in draw(CHARTS[kind]):
        tags = (f"{A}rPr", f"{A}defRPr")
        sizes = [int(one.get("sz")) for one in frame.chart._chartSpace.iter(*tags) if one.get("sz")]
        assert min(sizes) >= 1000


def test_workbook_holds_rounded_values_and_signs():
    sheet = workbook(draw(CHARTS["bars"])[0])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [None, "2015", "2017"]
    assert rows[1] == ["Overall", 3.9, 4.1]
    assert rows[5] == ["Parking", "–", 3.2]
    assert rows[6] == ["Security", "*", 3.9]


def test_workbook_writes_numbers_as_short_as_they_are():
    numbers = (8.2, 4.1, 2.3, 35.0)
    series = Series("2017", "brand", tuple(point(value) for value in numbers))
    frame = draw(Chart("x", "bars", "alt", ("a", "b", "c", "d"), (series,), Axis(0, 40, "0.0")))[0]
    with zipfile.ZipFile(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<c r=.B[2-9].[^>]*><v>(.*?)</v>", sheet) == ["8.2", "4.1", "2.3", "35"]


def test_suppressed_value_is_in_no_part_of_the_chart():
    secret = Series("2017", "brand", (point(7.1), hidden("suppressed")))
    leaky = Series("2016", "wave_older", (point(7.2), point(6.4321, 4, state="suppressed")))
    chart = Chart("x", "bars", "alt", ("One", "Two"), (leaky, secret), Axis(0, 10, "0.0"))
    frame = draw(chart)[0]
    blob = frame.chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        parts = [package.read(name) for name in package.namelist()]
    assert not any(b"6.43" in part for part in [*parts, etree.tostring(frame.chart._chartSpace)])


def test_missing_points_print_their_sign():
    series = draw(CHARTS["bars"])[0].chart._chartSpace.find(f".//{C}ser")
    texts = {
        int(label.find(f"{C}idx").get("val")): "".join(one.text for one in label.iter(f"{A}t"))
        for label in series.iter(f"{C}dLbl")
    }
    assert texts == {4: "–", 5: "*"}


def test_marked_label_keeps_its_value_live():
    series = list(draw(CHARTS["bars"])[0].chart._chartSpace.iter(f"{C}ser"))[1]
    label = series.find(f".//{C}dLbl")
    field = label.find(f".//{A}fld")
    assert field.get("type") == "VALUE"
    assert field.find(f"{A}t").text == "4,1"
    assert "▲" in [one.text for one in label.iter(f"{A}t")]


def test_series_with_own_labels_still_shows_the_other_values():
    for labels in draw(CHARTS["bars"])[0].chart._chartSpace.iter(f"{C}dLbls"):
        assert labels.find(f"{C}showVal").get("val") == "1"


def test_stacked_segments_under_four_percent_have_no_label():
    series = draw(CHARTS["stacked"])[0].chart._chartSpace.find(f".//{C}ser")
    labels = series.find(f"{C}dLbls")
    assert labels.find(f"{C}numFmt").get("formatCode") == '[<4]"";0"%"'
    deleted = [one for one in labels.iter(f"{C}dLbl") if one.find(f"{C}delete") is not None]
    assert [int(one.find(f"{C}idx").get("val")) for one in deleted] == [0, 2, 3]


@pytest.mark.parametrize(
    ("scores", "low", "high", "turned"),
    [((12, 30), 0, 30, False), ((-40, -29), -40, 0, True), ((-10, 25), -25, 25, False)],
)
def test_scores_below_zero_keep_their_sign_in_view(scores, low, high, turned):
    stacked = CHARTS["nps"]
    beside = tuple(point(one, 0) for one in scores)
    rows = tuple(replace(one, points=one.points[:2]) for one in stacked.series)
    chart = replace(stacked, categories=stacked.categories[:2], series=rows, means=beside)
    drawn = draw(chart)[-1].chart
    axis = drawn.value_axis
    assert (axis.minimum_scale, axis.maximum_scale, axis.reverse_order) == (low, high, turned)
    typed = [one.text for one in drawn._chartSpace.iter(f"{A}t")]
    assert {f"{score}" for score in scores if score < 0} <= set(typed)


def test_means_stand_in_a_chart_of_their_own_beside_the_bars():
    main, means = draw(CHARTS["stacked"])
    assert means.name == "chart:satisfaction:means"
    assert means.left == main.left + main.width
    assert workbook(means)["B2"].value == 7.7
    plots = [one.chart._chartSpace.find(f".//{C}plotArea/{C}layout") for one in (main, means)]
    heights = {tuple(one.find(f".//{C}{side}").get("val") for side in "yh") for one in plots}
    assert len(heights) == 1


def test_panels_share_axis_and_width_of_plot():
    frames = draw(CHARTS["panels"], Box(0.5, 1.6, 12.33, 4.5))
    assert len(frames) == 3
    widths = [
        float(frame.chart._chartSpace.find(f".//{C}plotArea/{C}layout//{C}w").get("val")) * frame.width
        for frame in frames
    ]
    assert max(widths) - min(widths) < 100
    assert {frame.chart.value_axis.maximum_scale for frame in frames} == {10}


def test_low_base_is_paler():
    series = list(draw(CHARTS["bars"])[0].chart._chartSpace.iter(f"{C}ser"))[1]
    shade = series.find(f"{C}dPt//{A}srgbClr").get("val")
    assert series.find(f"{C}dPt/{C}idx").get("val") == "4"
    assert shade != STYLE.hex("wave_new")


def test_bars_on_a_cut_axis_are_refused():
    chart = CHARTS["columns"]
    cut = Chart(chart.id, "columns", "alt", chart.categories, chart.series, Axis(5, 9, "0.0"))
    with pytest.raises(RenderError, match="bars start at zero"):
        draw(cut)


def test_too_many_bars_are_refused_with_the_number_that_fits():
    names = tuple(f"Service {number}" for number in range(60))
    series = Series("2017", "brand", tuple(point(4.0) for _ in names))
    with pytest.raises(RenderError, match=r"60 categories .* at most \d+ do"):
        draw(Chart("many", "bars", "alt", names, (series,), Axis(0, 5, "0.0")))


def test_line_starts_where_the_question_was_first_asked():
    series = list(draw(CHARTS["lines"])[0].chart._chartSpace.iter(f"{C}ser"))[2]
    places = [int(one.get("idx")) for one in series.find(f"{C}val").iter(f"{C}pt")]
    assert places == [1, 2, 3]


def test_placeholder_takes_the_chart():
    deck = Presentation(TEMPLATE)
    layout = next(one for one in deck.slide_layouts if one.name == "chart_text")
    slide = deck.slides.add_slide(layout)
    holder = next(
        one
        for one in slide.placeholders
        if one.placeholder_format.type is not None and one.has_chart is False and hasattr(one, "insert_chart")
    )
    frame = add_chart(slide, holder, CHARTS["single"], STYLE)[0]
    assert frame.is_placeholder


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (7.7, "0.0", "7.7"),
        (35, '0"%"', "35%"),
        (3, "+0;-0;0", "+3"),
        (-2, "+0;-0;0", "-2"),
        (0.35, "0%", "35%"),
    ],
)
def test_number_formats_print_as_office_does(value, code, printed):
    assert formatted(value, code) == printed


def test_label_with_other_words_is_not_live():
    assert is_live(point(7.7), "0.0")
    assert not is_live(point(7.7), "0")
    assert not is_live(point(7.7), "[Red]0.0")


def test_label_below_zero_is_drawn_with_a_true_minus():
    label = own_label(0, point(-34.0, 0), "0", position="ctr", size=12, colour=INK, marks={})
    assert label.find(f"{C}numFmt").get("formatCode") == '0;"\u2212"0'


def test_drawing_twice_gives_the_same_xml():
    one, two = (etree.tostring(draw(CHARTS["stacked"])[0].chart._chartSpace) for _ in range(2))
    assert re.sub(rb"rId\d+", b"", one) == re.sub(rb"rId\d+", b"", two)


def waves_of(count: int, kind: str = "bars") -> Chart:
    """Return a chart of four waves over some categories."""
    values = tuple(point(7 + place / 10) for place in range(count))
    series = tuple(Series(f"w{place}", role, values) for place, role in enumerate(STYLE.wave_roles(4)))
    return Chart(
        "waves", kind, "alt", tuple(f"Aspect {place}" for place in range(count)), series, Axis(0, 10, "0.0")
    )


@pytest.mark.parametrize("count", [3, 5, 6])
def test_labels_of_four_waves_do_not_touch(count):
    frame = rows(waves_of(count), STYLE, width=PLACE.width, height=PLACE.height)[0]
    bar = frame.plot.height / count / (4 + frame.gap / 100)
    assert bar >= 0.89 * line_height(frame.sizes.label)


def test_four_waves_of_too_many_categories_are_refused():
    with pytest.raises(RenderError, match=r"8 categories with 4 bars each do not fit .* at most 6 do"):
        draw(waves_of(8))


def test_legend_that_wraps_is_written_as_text_and_narrow_segments_lose_their_label():
    chart = replace(CHARTS["stacked"], means=None)
    slide = draw(chart, Box(0.5, 1.6, 3.4, 4.5))[0].part.slide
    legend = next(one for one in slide.shapes if one.name == "chart:satisfaction:legend")
    assert "zeer\N{NO-BREAK SPACE}tevreden" in legend.text_frame.text
    frame = rows(chart, STYLE, width=3.4, height=4.5)[0]
    limit = STYLE.chart.hide_label_under
    assert label_limit(STYLE, frame.sizes, frame.plot.width) > limit
    assert label_limit(STYLE, frame.sizes, 8.0) == limit

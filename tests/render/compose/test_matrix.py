from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

import impact_study
import tiny_study
from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Axis, Point, Series
from wavedeck.render.chart.label_rules import check_labels
from wavedeck.render.chart.matrix import Ends, Matrix, MatrixPoint
from wavedeck.render.chart.matrix_layout import end_places, lay_out, tick_distance
from wavedeck.render.chart.native import add_chart
from wavedeck.render.chart.picture import save_chart
from wavedeck.render.chart.placement import Box as Area
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.matrix import make_matrix
from wavedeck.render.compose.matrix_axes import make_axis, matrix_axes
from wavedeck.render.compose.matrix_notes import matrix_notes
from wavedeck.render.pptx.printed import of_matrix
from wavedeck.study.deck import MatrixAxis
from wavedeck.study.errors import RenderError

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAMES = {"priority": "Improve", "strength": "Keep", "precondition": "Maintain", "no_priority": "Watch"}


def context() -> Context:
    return tiny_study.context(store=impact_study.stores().publishable)


def hidden(state: str) -> Context:
    """Return the context where one driver's place has a state without values."""
    made, nothing = context(), {"estimate": None, "se": None, "ci_low": None, "ci_high": None}
    figures = {
        address: replace(one, state=state, **nothing)
        if one.item == "staff" and one.indicator.startswith("drivers_") and "applicable" not in address
        else one
        for address, one in made.store.figures.items()
    }
    return replace(made, store=replace(made.store, figures=figures))


def with_look(**look: object) -> Matrix:
    slide = impact_study.SLIDE.model_copy(update=look)
    return make_matrix(context(), slide)[0]


def sample(count: int = 6) -> Matrix:
    """Return a matrix of drivers on a spiral, every third not placed."""
    points = tuple(
        MatrixPoint(
            f"Driver {number}",
            number % 2,
            Point(
                round(0.3 + 0.07 * (number * 7 % 5) + number / 100, 2), "", f"p/a_importance@d{number}/all/1"
            ),
            Point(round(6 + 0.4 * (number * 3 % 7), 1), "", f"p/a_rating@d{number}/all/1"),
            placed=number % 3 > 0,
        )
        for number in range(count)
    )
    borders = Point(0.45, "0.45", "p/a_importance_border/all/1"), Point(7.1, "7.1", "p/a_rating_border/all/1")
    axes = matrix_axes(points, borders, units=("coefficient", "mark"), titles=("Importance", "Rating"))
    kinds = (Series("People", "category_1", ()), Series("Process", "category_2", ()))
    return Matrix("matrix", "A matrix.", points, kinds, *axes, borders, NAMES)


def native(matrix: Matrix):
    deck = Presentation(str(tiny_study.HOUSE / "deck.pptx"))
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    return add_chart(slide, Box(0.5, 1.5, 9.2, 4.57), matrix, tiny_study.style())[0]


def test_matrix_holds_the_drivers_that_may_be_shown() -> None:
    matrix, grid = make_matrix(context(), impact_study.SLIDE)
    assert {point.name for point in matrix.points} == {"Opening hours", "Staff", "Wifi", "Bicycle shed"}
    staff = next(point for point in matrix.points if point.name == "Staff")
    assert staff.rating.address == "visitors/drivers_rating@staff/all/2024"
    assert (staff.rating.value, staff.rating.label) == (4.27, "4.27")
    assert matrix.quadrants["priority"] == "Improve"
    assert grid.values["item"] == tuple(
        figure.item for figure in sorted(grid.figures(), key=lambda one: -(one.estimate or 0))
    )


def test_matrix_tells_in_words_what_stands_where() -> None:
    matrix, _ = make_matrix(context(), impact_study.SLIDE)
    assert matrix.title_alt.startswith("Matrix of importance and rating: What counts for visitors.")
    assert "Watch: Opening hours." in matrix.title_alt


def test_notes_say_how_importance_is_measured_and_who_is_left_out() -> None:
    slide = impact_study.SLIDE.model_copy(update={"group": "sex_female"})
    matrix, grid = make_matrix(context(), slide)
    (note,) = matrix_notes(context(), slide, matrix, grid)
    assert note.text.startswith("Importance: correlation with the overall judgement.")
    assert "Left out, nobody answered: Bicycle shed." in note.text


def test_confidence_in_a_note_is_a_declared_constant() -> None:
    matrix, grid = make_matrix(context(), impact_study.SLIDE)
    assert not all(point.placed for point in matrix.points)
    (note,) = matrix_notes(context(), impact_study.SLIDE, matrix, grid)
    sources = {run.text: run.address for run in note.runs if run.address}
    assert sources["80%"] == "study/impact.analyses.drivers.confidence"


def test_matrix_without_drivers_is_refused() -> None:
    matrix = sample()
    with pytest.raises(RenderError, match="no driver may be shown"):
        Matrix("m", "", (), matrix.kinds, matrix.importance, matrix.rating, matrix.borders, NAMES)


@pytest.mark.parametrize("count", [3, 6, 14, 26])
def test_labels_are_clear_of_one_another_and_of_the_bubbles(count: int) -> None:
    frame = lay_out(sample(count), tiny_study.style(), width=9.2, height=4.57)
    plot = Area(0, 0, frame.plot.width, frame.plot.height)
    labels = [name.label for name in frame.names]
    assert check_labels(frame.bubbles, labels, plot, obstacles=[one.area for one in frame.corners]) == []


def test_native_series_begin_with_the_longest() -> None:
    lengths = [
        len(series.findall(f"{C}xVal/{C}numRef/{C}numCache/{C}pt"))
        for series in native(sample()).chart._chartSpace.iter(f"{C}ser")
    ]
    assert lengths[0] == max(lengths) == 6


def test_native_points_stand_where_the_figures_are() -> None:
    matrix = sample()
    chart = native(matrix).chart
    found = {series.name: list(series.iter_values()) for series in chart.plots[0].series}
    assert found["People"] == [one.rating.value for one in matrix.of_kind(0) if one.placed]
    assert found["People ○"] == [one.rating.value for one in matrix.of_kind(0) if not one.placed]


def test_native_hole_follows_the_cells_of_its_circle() -> None:
    chart = native(sample()).chart
    cells = {
        series.name: series._element.find(f"{C}yVal/{C}numRef/{C}f").text for series in chart.plots[0].series
    }
    assert cells["People ○."] == cells["People ○"]
    assert cells["People ○.."] == cells["People ○"]


def test_native_workbook_names_every_point() -> None:
    blob = native(sample()).chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    named = {row[2]: row[:2] for row in sheet.iter_rows(min_row=2, values_only=True) if row[2]}
    assert named["Driver 4"] == (0.55, 8.0)


def test_native_cells_are_those_of_the_cache() -> None:
    frame = native(sample())
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
    for series in frame.chart._chartSpace.iter(f"{C}ser"):
        for axis in ("xVal", "yVal"):
            numbers = series.find(f"{C}{axis}/{C}numRef")
            cached = [float(one.findtext(f"{C}v")) for one in numbers.iter(f"{C}pt")]
            area = numbers.findtext(f"{C}f").split("!")[1].replace("$", "")
            cells = sheet[area] if ":" in area else ((sheet[area],),)
            assert [row[0].value for row in cells] == cached


def test_ledger_holds_both_numbers_of_every_point() -> None:
    matrix, _ = make_matrix(context(), impact_study.SLIDE)
    lines = list(of_matrix(7, matrix))
    assert len(lines) == 2 + 2 * len(matrix.points)
    assert {line.slide for line in lines} == {7}
    assert ("visitors/drivers_rating@staff/all/2024", "4.27") in {(one.address, one.printed) for one in lines}


def test_picture_is_saved_twice(tmp_path: Path) -> None:
    png, svg = save_chart(sample(), tiny_study.style(), tmp_path / "matrix", size=(9.2, 4.57))
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "<svg" in svg.read_text()


@pytest.mark.parametrize(
    ("low", "high"), [(0.494, 0.579), (5.7, 8.1), (2.7, 6.1), (0.41, 0.63), (-0.2, 0.1), (3.6, 3.61)]
)
def test_axis_starts_at_a_multiple_of_its_ticks(low: float, high: float) -> None:
    axis = make_axis([low, high], 0.06, unit="mark", title="")
    tick = tick_distance(axis)
    assert axis.minimum <= low
    assert axis.maximum >= high
    assert abs(axis.minimum / tick - round(axis.minimum / tick)) < 1e-6
    assert 2 <= (axis.maximum - axis.minimum) / tick <= 12


def test_axis_leaves_room_for_the_names_of_quadrants() -> None:
    borders = Point(0.5, ""), Point(7.0, "")
    corner = MatrixPoint("A", 0, Point(0.9, ""), Point(8.0, ""), placed=True)
    middle = MatrixPoint("B", 0, Point(0.5, ""), Point(6.0, ""), placed=True)
    other = MatrixPoint("C", 0, Point(0.1, ""), Point(7.0, ""), placed=True)
    look = {"units": ("coefficient", "mark"), "titles": ("", "")}
    _, roomy = matrix_axes((corner, middle, other), borders, **look)
    assert (roomy.maximum - 8.0) / (roomy.maximum - roomy.minimum) > 0.08


def test_ticks_are_round() -> None:
    assert tick_distance(Axis(2.0, 6.5)) == 1.0


def crowded() -> Matrix:
    """Return a matrix of long names around one place, which cannot all stand beside their bubbles."""
    base = sample(28)
    points = tuple(
        replace(
            one,
            name=f"Duidelijkheid van de informatie over stap {place}",
            importance=Point(round(0.5 + 0.004 * (place % 6), 3), "", ""),
            rating=Point(round(7 + 0.05 * (place // 6), 2), "", ""),
        )
        for place, one in enumerate(base.points)
    )
    outer = replace(points[0], importance=Point(0.3, "", ""), rating=Point(6.0, "", ""))
    points = (outer, *points[1:])
    axes = matrix_axes(points, base.borders, units=("coefficient", "mark"), titles=("Importance", "Rating"))
    return replace(base, points=points, importance=axes[0], rating=axes[1])


def test_names_without_room_stand_in_a_key() -> None:
    frame = lay_out(crowded(), tiny_study.style(), width=9.2, height=4.57)
    numbered = {str(name.number): name.whole for name in frame.names if name.number}
    assert numbered
    assert dict(line for column in frame.key for line in column.lines) == numbered
    assert sorted(map(int, numbered)) == list(range(1, len(numbered) + 1))
    bottom = max(column.box.top + column.box.height for column in frame.key)
    assert bottom <= 4.57 + 1e-6
    assert frame.plot.top + frame.plot.height < min(column.box.top for column in frame.key)


@pytest.mark.slow
def test_native_key_lists_what_numbers_stand_for() -> None:
    matrix = crowded()
    frame = lay_out(matrix, tiny_study.style(), width=9.2, height=4.57)
    deck = Presentation(str(tiny_study.HOUSE / "deck.pptx"))
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    add_chart(slide, Box(0.5, 1.5, 9.2, 4.57), matrix, tiny_study.style())
    written = "\n".join(
        shape.text_frame.text for shape in slide.shapes if shape.name.startswith("key:matrix:")
    )
    assert all(name.whole in written for name in frame.names if name.number)


def test_native_labels_follow_the_cells_of_their_bubbles() -> None:
    matrix = sample()
    first, *others = native(matrix).chart._chartSpace.iter(f"{C}ser")
    assert first.findtext(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v") == "…"
    rows = {f"Sheet1!${axis}$2:${axis}$7" for axis in "AB"}
    assert {one.text for one in first.iter(f"{C}f")} >= rows
    people = next(one for one in others if one.findtext(f".//{C}v") == "People")
    assert people.findtext(f"{C}xVal/{C}numRef/{C}f") == "Sheet1!$A$2:$A$3"
    shifts = [label.find(f"{C}layout/{C}manualLayout/{C}x") for label in first.iter(f"{C}dLbl")]
    assert len(shifts) == 6


def test_axis_words_and_titles_are_those_declared() -> None:
    axis = MatrixAxis(title="Impact", low="little", high="much", numbers=False)
    matrix = with_look(importance_axis=axis)
    assert matrix.importance.title == "Impact"
    assert matrix.ends == (Ends("little", "much", numbers=False), Ends())
    frame = lay_out(matrix, tiny_study.style(), width=9.2, height=4.57)
    words = {word.text: word for word in end_places(matrix, frame, tiny_study.style())}
    assert words["little"].corner == (0.0, 0.0)
    assert words["much"].corner == (frame.plot.width, 0.0)
    bound = [one.text for one in native(matrix).chart._chartSpace.iter(f"{A}t")]
    assert {"little", "much", "Impact"} <= set(bound)


@pytest.mark.parametrize("wanted", ["none", "ratings", "importance", "both"])
def test_intervals_are_drawn_where_asked(wanted: str) -> None:
    matrix = with_look(uncertainty=wanted)
    has = {
        axis: all(getattr(one, f"{axis}_range") for one in matrix.points) for axis in ("importance", "rating")
    }
    assert has == {"importance": wanted in ("importance", "both"), "rating": wanted in ("ratings", "both")}
    for point in matrix.points:
        for value, ends, axis in (
            (point.importance.value, point.importance_range, matrix.importance),
            (point.rating.value, point.rating_range, matrix.rating),
        ):
            if ends:
                assert axis.minimum <= ends[0] <= value <= ends[1] <= axis.maximum


def test_native_intervals_are_in_the_workbook() -> None:
    matrix = with_look(uncertainty="both")
    frame = native(matrix)
    sheet = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
    point = matrix.points[0]
    row = next(row for row in sheet.iter_rows(min_row=2, values_only=True) if row[2] == point.name)
    assert row[1] - row[4] == pytest.approx(point.rating_range[0])
    assert row[1] + row[5] == pytest.approx(point.rating_range[1])
    names = [one.name for one in frame.chart.plots[0].series]
    assert f"± {point.name}" in names
    assert list(frame.chart._chartSpace.iter(f"{C}errBars"))


def test_notes_say_what_lines_are() -> None:
    slide = impact_study.SLIDE.model_copy(update={"uncertainty": "both"})
    matrix, grid = make_matrix(context(), slide)
    (note,) = matrix_notes(context(), slide, matrix, grid)
    assert "Lines: 95% intervals." in note.text
    assert ("95%", "study/tests.level") in [(run.text, run.address) for run in note.runs]


def test_intervals_drawn_stand_in_the_ledger() -> None:
    point = max(with_look(uncertainty="both").points, key=lambda one: one.rating.value or 0)
    lines = [
        one for one in of_matrix(3, with_look(uncertainty="both")) if one.address == point.rating.address
    ]
    assert [one.field for one in lines] == ["estimate", "ci_low", "ci_high"]
    assert float(lines[1].printed) == point.rating_range[0]
    assert {one.field for one in of_matrix(3, with_look())} == {"estimate"}


def test_notes_name_the_drivers_that_are_not_placed() -> None:
    matrix, grid = make_matrix(context(), impact_study.SLIDE)
    names = [point.name for point in matrix.points if not point.placed]
    (note,) = matrix_notes(context(), impact_study.SLIDE, matrix, grid)
    assert f"Open circles, not placed with 80% confidence: {context().narrator.join(names)}." in note.text
    (short,) = matrix_notes(context(), impact_study.SLIDE, matrix, grid, listed=False)
    assert "Open circles: not placed with 80% confidence." in short.text
    assert all(name in matrix.title_alt for name in names)


def test_notes_give_the_share_to_whom_a_driver_does_not_apply() -> None:
    made = hidden("not_comparable")
    _, grid = make_matrix(made, impact_study.SLIDE)
    matrix, grid = make_matrix(made, impact_study.SLIDE)
    (note,) = matrix_notes(made, impact_study.SLIDE, matrix, grid)
    address = "visitors/drivers_not_applicable@staff/all/2024"
    assert "Left out, does not apply to many: Staff (" in note.text
    share = made.printed(made.store[address])
    assert (share, address) in [(run.text, run.address) for run in note.runs]


def test_notes_give_the_least_number_of_answers() -> None:
    made = hidden("suppressed")
    matrix, grid = make_matrix(made, impact_study.SLIDE)
    (note,) = matrix_notes(made, impact_study.SLIDE, matrix, grid)
    least = [run.address for run in note.runs if run.field == "constant"]
    assert "study/impact.analyses.drivers.minimum_base" in least
    assert "Staff" in note.text
    assert not [one for one in of_matrix(1, matrix) if "@staff" in one.address]


def test_notes_name_drivers_that_nearly_coincide_in_pairs() -> None:
    made = context()
    vif = made.store["visitors/drivers_not_applicable@staff/all/2024"]
    twin = replace(
        vif,
        address="visitors/drivers_duplicate@staff.wifi/all/2024",
        indicator="drivers_duplicate",
        category="wifi",
        estimate=0.97,
        unit="coefficient",
        decimals=2,
    )
    figures = {**made.store.figures, twin.address: twin}
    made = replace(made, store=replace(made.store, figures=figures))
    matrix, grid = make_matrix(made, impact_study.SLIDE)
    (note,) = matrix_notes(made, impact_study.SLIDE, matrix, grid)
    assert "Nearly coincide and share their importance: Staff and Wifi (correlation 0.97)." in note.text
    assert ("0.97", twin.address) in [(run.text, run.address) for run in note.runs]


def test_colours_tell_quadrants_apart_where_items_have_no_kinds() -> None:
    matrix = with_look(colours="quadrants")
    assert {kind.name for kind in matrix.kinds} <= {
        "Improve",
        "Hold on to",
        "Keep in order",
        "Watch",
        *NAMES.values(),
    }
    assert not matrix.has_legend
    assert {kind.role.split("_")[0] for kind in matrix.kinds} <= {"positive", "negative"}
    below = {kind for kind, one in enumerate(matrix.kinds) if one.role.startswith("negative")}
    border = matrix.borders[1].value
    assert all((one.rating.value < border + 0.01) == (one.kind in below) for one in matrix.points)


@pytest.mark.slow
def test_picture_of_a_crowded_matrix_with_intervals_is_saved(tmp_path: Path) -> None:
    points = tuple(
        replace(one, rating_range=(one.rating.value - 0.1, one.rating.value + 0.1))
        for one in crowded().points
    )
    png, _ = save_chart(
        replace(crowded(), points=points), tiny_study.style(), tmp_path / "m", size=(9.2, 4.57)
    )
    assert png.read_bytes().startswith(b"\x89PNG")

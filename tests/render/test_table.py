import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor

from render.samples import STYLE, TEMPLATE, table
from wavedeck.render.boxes import Box
from wavedeck.render.pptx.table import add_table
from wavedeck.render.pptx.table_layout import geometry
from wavedeck.render.signs import SIGNS
from wavedeck.render.table import Cell, Row, Table
from wavedeck.study.errors import RenderError

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACE = Box(0.5, 1.55, 12.33, 4.57)


def draw(made, place=PLACE):
    deck = Presentation(TEMPLATE)
    return add_table(deck.slides.add_slide(deck.slide_layouts[0]), place, made, STYLE)


def fills(frame, row):
    return [cell._tc.tcPr.find(f"{A}solidFill") is not None for cell in frame.table.rows[row].cells]


def test_table_prints_texts_signs_and_marks():
    frame = draw(table(7))
    texts = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert frame.name == "table:aspects"
    assert texts[1] == ["Aspect", "2009", "2011", "2013", "2009", "2011", "2013"]
    assert texts[5][4] == "–"
    assert texts[6][4] == "*"
    assert texts[7][4].startswith("°")
    assert texts[3][3].startswith("▲ ")


def test_spanned_head_covers_its_columns():
    frame = draw(table(3))
    assert frame.table.cell(0, 1).span_width == 3
    assert frame.table.cell(0, 2).is_spanned


@pytest.mark.parametrize("state", SIGNS)
def test_signs_and_low_bases_are_grey(state):
    row = Row((Cell("Aspect"), Cell("7,1" if state == "low_base" else "", state=state, align="right")))
    run = draw(Table("x", "alt", (), (row,), (3, 1))).table.cell(0, 1).text_frame.paragraphs[0].runs[0]
    assert run.text.startswith(SIGNS[state])
    assert run.font.color.rgb == RGBColor.from_string(STYLE.hex("grey"))


def test_table_of_few_columns_keeps_numbers_near_their_labels():
    rows = tuple(Row((Cell(name), Cell("7,1", align="right"))) for name in ("Asiel", "Naturalisatie"))
    frame = draw(Table("x", "alt", (), rows, (3.2, 1)))
    widths = [column.width for column in frame.table.columns]
    assert frame.left == PLACE.emu[0]
    assert frame.width == sum(widths) < PLACE.emu[2] / 2
    assert draw(table(7)).width > 2 * frame.width


def test_table_is_a_little_wider_where_long_heads_take_too_much_room():
    heads = Row((Cell(""), *(Cell("Aandeel na weging", align="right") for _ in range(2))))
    rows = tuple(Row((Cell("Asiel"), *(Cell("12%", align="right") for _ in range(2)))) for _ in range(12))
    narrow = draw(Table("x", "alt", (heads,), rows[:3], (3.2, 1, 1))).width
    assert narrow < draw(Table("x", "alt", (heads,), rows, (3.2, 1, 1))).width < PLACE.emu[2]


def test_table_is_as_wide_as_its_place_where_texts_would_break():
    long = Row((Cell("A label that is too long for a narrow column, " * 2), Cell("7,1", align="right")))
    assert draw(Table("x", "alt", (), (long,), (3.2, 1))).width == pytest.approx(PLACE.emu[2], abs=10)


def test_zebra_starts_at_ten_rows():
    assert not any(any(fills(draw(table(8)), row)) for row in range(11))
    striped = draw(table(9))
    assert all(fills(striped, 3))
    assert not any(fills(striped, 4))


def test_numbers_stand_right_and_newest_wave_is_bold():
    cell = draw(table(3)).table.cell(3, 3)
    paragraph = cell.text_frame.paragraphs[0]
    assert paragraph._p.pPr.get("algn") == "r"
    assert paragraph.runs[-1].font.bold


def test_long_table_gets_smaller_type_and_then_is_refused():
    sizes = [geometry(table(rows), PLACE, STYLE).size for rows in (5, 14)]
    assert sizes[1] < sizes[0]
    with pytest.raises(RenderError, match=r"table 'aspects': 43 rows take .* room for 4.57 in"):
        geometry(table(40), PLACE, STYLE)


def test_table_stays_within_its_box():
    for rows in (3, 7, 12, 14):
        frame = draw(table(rows))
        assert frame.height <= PLACE.emu[3] + 10_000


def test_uneven_and_empty_tables_are_refused():
    row = Row((Cell("One"),))
    with pytest.raises(RenderError, match="row 1 covers 1 columns, but 2 are declared"):
        draw(Table("uneven", "alt", (), (row,), (1, 1)))
    with pytest.raises(RenderError, match="is empty"):
        draw(Table("none", "alt", (), (), (1,)))

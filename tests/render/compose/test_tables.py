from __future__ import annotations

import tiny_study
from tiny_study import table_slide
from wavedeck.render.compose.tables import make_table, table_of
from wavedeck.render.table import Row, Table
from wavedeck.study.deck import TableSpec


def table(name: str, **changes: object) -> Table:
    return make_table(tiny_study.context(), table_slide(name, **changes))[0]


def described(**declared: object) -> Table:
    return table_of(tiny_study.context(), TableSpec.model_validate(declared), name="own")[0]


def texts(row: Row) -> list[str]:
    return [cell.printed for cell in row.cells]


def test_cells_print_figures_and_know_them() -> None:
    row = table("crossed").rows[0]
    assert texts(row) == ["Total", "7.2", "7.4"]
    assert [cell.address for cell in row.cells] == [
        None,
        "visitors/overall/all/2023",
        "visitors/overall/all/2024",
    ]
    assert row.kind == "total"


def test_head_names_rows_and_columns() -> None:
    assert texts(table("crossed").header[0]) == ["Group", "2023", "2024"]
    assert texts(table("service_table", blocks=1).header[0]) == ["Services", "2023", "2024"]
    assert texts(table("composition").header[1])[0] == "Group"


def test_head_of_a_wave_has_the_wave_as_its_source() -> None:
    cell = table("crossed").header[0].cells[1]
    assert (cell.address, cell.field) == ("2023", "wave")


def test_outer_columns_span_inner_ones() -> None:
    first, second = table("composition").header
    assert [(cell.printed, cell.span) for cell in first.cells] == [
        ("", 1),
        ("In the sample", 2),
        ("After weighting", 2),
    ]
    assert texts(second)[1:] == ["2023", "2024", "2023", "2024"]


def test_hidden_cells_print_their_sign() -> None:
    assert texts(table("crossed").rows[-1]) == ["East, Men", "*", "*"]


def test_not_asked_empty_and_zero_print_differently() -> None:
    made = table("service_table", blocks=1, items=["wifi", "shed"], groups=["sex_female"])
    shown = {cell.address: cell.printed for row in made.rows for cell in row.cells if cell.address}
    assert shown["visitors/service@wifi/sex_female/2023"] == "–"
    assert shown["visitors/service@shed/sex_female/2024"] == "·"
    zero = table("crossed", indicators=["recommend_parts"], categories=["0"], groups=["all"], waves=[0])
    assert texts(zero.rows[0]) == ["Total", "0%"]


def test_newest_wave_is_bold() -> None:
    assert [cell.bold for cell in table("crossed").rows[1].cells] == [False, False, True]


def test_marks_stand_with_the_group_that_differs() -> None:
    made = table("groups")
    marks = {cell.address: cell.mark for row in made.rows for cell in row.cells if cell.mark}
    assert marks == {
        "visitors/overall/branch_south/2024": "▼",
        "visitors/overall_high/branch_south/2024": "▼",
    }


def test_bases_stand_under_each_column() -> None:
    last = table("groups").rows[-1]
    assert texts(last) == ["n", "46", "46"]
    assert [cell.field for cell in last.cells] == [None, "base", "base"]


def test_outer_rows_become_headings() -> None:
    made = table("desks")
    assert [texts(row)[0] for row in made.rows if row.kind == "group"] == ["Lending desk", "Information desk"]
    assert [texts(row)[0] for row in made.rows if row.kind == "body"] == ["Speed", "Kindness"] * 2


def test_two_blocks_hold_every_row_once() -> None:
    one, two = table("service_table", blocks=1), table("service_table")
    width = len(one.widths)
    assert len(two.widths) == 2 * width + 1
    left = [texts(row)[:width] for row in two.rows]
    right = [texts(row)[width + 1 :] for row in two.rows]
    assert left + right == [texts(row) for row in one.rows]


def test_two_blocks_repeat_a_heading_that_goes_on() -> None:
    made = table(
        "desks", blocks=2, items=["lending"], groups=["all", "sex"], rows=["item", "group", "category"]
    )
    assert {sum(cell.span for cell in row.cells) for row in made.rows} == {len(made.widths)}
    made = table("desks", blocks=2, categories=["speed", "kindness"])
    firsts = [row.cells[0].printed for row in made.rows]
    assert firsts == ["Lending desk", "Speed", "Kindness"]


def test_row_of_an_indicator_without_the_item_is_empty_elsewhere() -> None:
    made = table(
        "service_table",
        blocks=1,
        indicators=["service", "overall"],
        waves=[0],
        columns=["indicator"],
        order={},
    )
    assert texts(made.rows[-1]) == ["The library as a whole", "", "7.4"]
    assert texts(made.rows[1])[::2] == ["Staff", ""]


def test_range_prints_its_ends() -> None:
    made = table(
        "crossed", indicators=["overall_range"], groups=["all"], rows=["category"], waves=[0], marks="none"
    )
    assert [texts(row) for row in made.rows] == [
        ["Lowest", "6.6"],
        ["Highest", "°8.3"],
        ["Difference", "°1.8"],
    ]


def test_response_prints_counts_and_rates() -> None:
    assert [texts(row) for row in table("response").rows] == [
        ["Forms handed out", "120", "130"],
        ["Visitors who answered", "48", "54"],
        ["Response", "40%", "42%"],
    ]


def test_rows_that_are_waves_know_their_wave() -> None:
    made, _ = make_table(tiny_study.context(), table_slide("crossed", rows=["wave"], columns=["group"]))
    assert [(row.cells[0].address, row.cells[0].field) for row in made.rows] == [
        ("2023", "wave"),
        ("2024", "wave"),
    ]


def test_own_names_indents_and_signs_are_printed() -> None:
    table = described(
        indicators=["respondents", "population"],
        groups=["all", "branch"],
        categories=["all"],
        rows=["group"],
        columns=["indicator"],
        labels={"population": "%", "branch_north": "Up north"},
        indented=["branch_north"],
        cells=[
            {"at": {"group": "branch_east", "indicator": "population"}, "sign": "##", "note": "Elsewhere."}
        ],
    )
    assert [cell.text for cell in table.header[-1].cells][2] == "%"
    assert {row.cells[0].text: row.cells[0].indent for row in table.rows}["Up north"] == 1
    assert next(row for row in table.rows if row.cells[0].text == "East").cells[2].text == "##"


def test_sign_behind_a_figure_leaves_the_figure_and_its_source() -> None:
    sign = {"at": {"group": "branch_east"}, "sign": "*", "note": "Too few.", "behind": True}
    plain = described(indicators=["overall"], groups=["branch"], rows=["group"])
    starred = described(indicators=["overall"], groups=["branch"], rows=["group"], cells=[sign])
    for own, row in zip(plain.rows, starred.rows, strict=True):
        before, after = own.cells[1], row.cells[1]
        assert after.text == (f"{before.text}*" if own.cells[0].text == "East" else before.text)
        assert after.address == before.address


def test_composition_along_groups_gives_the_share_within_the_group_named() -> None:
    table = described(
        indicators=["population"],
        groups=["branch"],
        categories=["all"],
        rows=["group"],
        columns=["indicator"],
        within={"branch_north": "all"},
    )
    assert table.rows[0].cells[1].address == "visitors/population.branch_north/all/2024"


def test_bases_in_the_heads_stand_under_the_names_of_columns() -> None:
    table = described(indicators=["service"], rows=["item"], columns=["wave"], waves="all", bases="heads")
    assert [cell.text for cell in table.header[1].cells] == ["n", "48", "54"]
    assert table.header[1].cells[2].field == "base"


def test_bases_of_rows_stand_in_a_last_column() -> None:
    plain = described(indicators=["service"], rows=["item"], columns=["wave"])
    table = described(indicators=["service"], rows=["item"], columns=["wave"], bases="rows")
    assert [texts(row) for row in plain.rows] == [texts(row)[:-1] for row in table.rows]
    assert texts(table.header[0]) == [*texts(plain.header[0]), "n"]
    assert len(table.widths) == len(plain.widths) + 1
    bases = [row.cells[-1] for row in table.rows]
    assert {cell.field for cell in bases} == {"base"}
    assert [cell.address for cell in bases] == [row.cells[1].address for row in table.rows]


def test_bases_of_rows_leave_headings_over_all_columns() -> None:
    own = table("desks", bases="rows")
    assert {row.cells[0].span for row in own.rows if row.kind == "group"} == {len(own.widths)}
    nested = described(
        indicators=["overall"],
        groups=["branch"],
        rows=["group"],
        columns=["indicator", "wave"],
        waves="all",
        bases="rows",
    )
    assert {sum(cell.span for cell in row.cells) for row in nested.header} == {len(nested.widths)}

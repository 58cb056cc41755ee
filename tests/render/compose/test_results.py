from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import tiny_study
from render import forms, samples
from wavedeck.render.boxes import Box
from wavedeck.render.chart.description import Chart
from wavedeck.render.compose.arrange import Band, Column, Visual, in_line, shared_heights
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.grid import make_grid
from wavedeck.render.compose.report import write_charts, write_deck
from wavedeck.render.pptx.deck import Printed
from wavedeck.render.pptx.fit import paragraph_size
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.deck import DeckSpec, Selection
from wavedeck.study.errors import RenderError


def forms_selection() -> Selection:
    return Selection(indicators=["overall"])


Deck = tuple[Any, tuple[Printed, ...]]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    path, printed = forms.write_forms(tmp_path_factory.mktemp("forms"))
    return Presentation(str(path)), printed


def slide(deck: Deck, name: str) -> Any:
    return deck[0].slides[[one["id"] for one in forms.SLIDES].index(name)]


def texts(deck: Deck, name: str) -> dict[str, str]:
    return {one.name: one.text_frame.text for one in slide(deck, name).shapes if one.has_text_frame}


def boxes(deck: Deck, name: str) -> dict[str, Box]:
    return {one.name: Box.of(one) for one in slide(deck, name).shapes}


def own_deck(folder: Path, declared: dict[str, Any], text: str) -> Context:
    (folder / f"{declared['id']}.en.j2").write_text(text, encoding="utf-8")
    study = replace(tiny_study.study(), deck=DeckSpec.model_validate({"slides": [declared]}))
    return tiny_study.context(templates=folder, study=study)


@pytest.mark.parametrize("name", [one["id"] for one in forms.SLIDES[3:]])
def test_nothing_overlaps_and_nothing_leaves_the_slide(deck: Deck, name: str) -> None:
    found = [(key, box) for key, box in boxes(deck, name).items() if not key.startswith(("rule:", "chart:"))]
    found += [(key, box) for key, box in boxes(deck, name).items() if key.count(":") == 1 and "chart:" in key]
    for key, box in found:
        assert 0.45 <= box.left <= box.left + box.width <= 12.9, key
        assert box.top + box.height <= 7.4, key
    for place, (key, one) in enumerate(found):
        for other_key, other in found[place + 1 :]:
            apart = (
                one.left + one.width <= other.left + 0.02
                or other.left + other.width <= one.left + 0.02
                or one.top + one.height <= other.top + 0.03
                or other.top + other.height <= one.top + 0.03
            )
            assert apart or key.startswith("chart:three_panels"), (key, other_key)


def test_every_chart_has_a_name_an_alternative_and_a_workbook(deck: Deck) -> None:
    names = [one for one in slide(deck, "knowledge").shapes if one.has_chart]
    assert [one.name for one in names] == ["chart:knowledge_1", "chart:knowledge_2", "chart:knowledge_3"]
    for one in names:
        assert one._element.nvGraphicFramePr.cNvPr.get("descr")
        assert one.chart.part.chart_workbook.xlsx_part is not None


def test_own_questions_stand_under_charts_and_shared_ones_at_the_foot(deck: Deck) -> None:
    assert texts(deck, "knowledge")["foot:knowledge_3"].startswith("Question: How do you rate the library")
    assert "question" not in texts(deck, "knowledge")
    assert texts(deck, "loyal")["question"] == "Question: How likely are you to recommend the library?"
    assert not any(name.startswith("foot:") for name in texts(deck, "loyal"))


def test_ledger_knows_figures_of_every_chart_and_foot(deck: Deck) -> None:
    number = [one["id"] for one in forms.SLIDES].index("knowledge") + 1
    elements = {line.element.partition("/")[0] for line in deck[1] if line.slide == number}
    assert {f"chart:knowledge_{n}" for n in (1, 2, 3)} <= elements
    assert {f"foot:knowledge_{n}" for n in (1, 2, 3)} <= elements


def test_heads_and_charts_of_neighbours_stand_at_one_height(deck: Deck) -> None:
    found = boxes(deck, "side_by_side")
    for kind in ("title", "chart", "foot"):
        pair = [found[f"{kind}:side_by_side_{n}"] for n in (1, 2)]
        assert pair[0].top == pair[1].top
        assert pair[0].height == pytest.approx(pair[1].height, abs=0.01)


def test_blocks_without_content_go_and_the_others_close_up(deck: Deck) -> None:
    said = texts(deck, "advice")
    assert not any("Weak points" in text for text in said.values())
    found = boxes(deck, "advice")
    assert found["text:block_1"].top == found["text:block_2"].top
    assert found["text:block_3"].left == found["text:block_1"].left


def test_numbers_go_on_where_a_slide_continues(deck: Deck) -> None:
    holder = next(one for one in slide(deck, "insights_2").shapes if one.name == "right")
    starts = [one.get("startAt") for one in holder._element.iter("{*}buAutoNum")]
    assert starts == ["3"]


def test_declared_signs_stand_in_their_cells_with_a_note(deck: Deck) -> None:
    table = next(one.table for one in slide(deck, "tables").shapes if one.name == "table:tables_1")
    assert [cell.text for cell in table.rows[5].cells][2] == "**"
    assert "** Visitors of East are in the other part." in texts(deck, "tables")["footnote"]


def test_bases_stand_in_a_head_row(deck: Deck) -> None:
    table = next(one.table for one in slide(deck, "tables").shapes if one.name == "table:tables_2")
    assert [cell.text for cell in table.rows[1].cells] == ["n", "48", "54"]


def test_pictures_carry_the_names_of_their_charts(tmp_path: Path) -> None:
    declared = next(one for one in forms.SLIDES if one["id"] == "procedure")
    context = own_deck(tmp_path, declared, forms.TEXTS["procedure"])
    written = write_charts(context, tmp_path / "charts")
    assert {path.stem for path in written} == {"procedure_1", "procedure_2"}


def test_text_that_does_not_fit_names_slide_and_inches(tmp_path: Path) -> None:
    declared = next(one for one in forms.SLIDES if one["id"] == "procedure")
    context = own_deck(tmp_path, declared, "# T\n" + "\n".join(f"- {forms.LONG}" for _ in range(12)))
    with pytest.raises(RenderError, match=r"slide 1 'procedure' .* needs \d+\.\d\d in more than"):
        write_deck(context, forms.HOUSE, tmp_path / "deck.pptx")


def test_unknown_area_is_refused(tmp_path: Path) -> None:
    declared = next(one for one in forms.SLIDES if one["id"] == "procedure")
    context = own_deck(tmp_path, declared, "# T\n::: area side\nText\n:::")
    with pytest.raises(RenderError, match="slide 'procedure' has no area 'side'; it has body"):
        write_deck(context, forms.HOUSE, tmp_path / "deck.pptx")


def test_view_needs_one_thing() -> None:
    declared = {
        "id": "x",
        "kind": "results",
        "across": [{"down": [{"text": "body", "chart": forms.columns()}]}],
    }
    with pytest.raises(ValueError, match="it has chart and text"):
        DeckSpec.model_validate({"slides": [declared]})


def test_bars_above_each_other_start_in_line_under_one_legend() -> None:
    made = [replace(samples.stacked(), means=None, id=name) for name in ("a", "b")]
    short = replace(made[1], categories=("A", "B", "C", "D", "E"))
    grid = make_grid(tiny_study.context(), forms_selection(), None)
    column = Column(1.0, (Visual("a", made[0], grid), Visual("b", short, grid)))
    first, second = (one.drawing for one in in_line(column, 8.0, samples.STYLE).visuals)
    assert isinstance(first, Chart)
    assert isinstance(second, Chart)
    assert first.label_room == second.label_room > 1
    assert (first.has_legend, second.has_legend) == (True, False)


def test_heading_stands_for_the_label_of_a_single_bar(deck: Deck) -> None:
    chart = next(one.chart for one in slide(deck, "procedure").shapes if one.name == "chart:procedure_1")
    label = chart.category_axis._element.find("{*}tickLblPos")
    assert label.get("val") == "none"


def test_bars_may_start_at_the_lowest_answer_of_their_scale(deck: Deck) -> None:
    chart = next(one.chart for one in slide(deck, "lowest_answer").shapes if one.has_chart)
    assert chart.value_axis.minimum_scale == 1
    assert "Axis from 1 to 5." in texts(deck, "lowest_answer")["footnote"]
    assert "Scale: 1 = Poor to 5 = Excellent." in texts(deck, "lowest_answer")["footnote"]


def test_room_is_shared_and_nothing_gets_more_than_it_wants() -> None:
    grid = make_grid(tiny_study.context(), forms_selection(), None)
    visuals = [Visual(name, samples.columns(), grid) for name in ("a", "b", "c")]
    bands = [Band(0, 0, 1.0), Band(0, 0, 9.0), Band(0, 0, 9.0)]
    assert shared_heights(visuals, bands, 5.0) == [1.0, 2.0, 2.0]


def test_foot_of_a_text_stands_among_footnotes_and_is_read_last(deck: Deck) -> None:
    assert texts(deck, "side_by_side")["footnote"] == "Men who came alone."
    names = [one.name for one in slide(deck, "side_by_side").shapes]
    assert names.index("footnote") > names.index("foot:side_by_side_2")


def test_running_text_keeps_14_points_at_every_level() -> None:
    below = Paragraph((Run("Under it"),), bullet=True, level=1)
    assert [paragraph_size(below, size) for size in (18, 14)] == [17, 14]


def test_every_figure_of_charts_and_tables_has_a_place_of_its_own(deck: Deck) -> None:
    places = [(line.slide, line.element) for line in deck[1] if line.element.startswith(("chart:", "table:"))]
    assert len(places) > 60
    assert len(places) == len(set(places))

"""Figures of analyses of impact in ordinary charts and tables."""

from __future__ import annotations

import pytest

import impact_study
import tiny_study
from tiny_study import chart_slide, table_slide
from wavedeck.figures.assemble import assemble
from wavedeck.figures.recipe import store_settings
from wavedeck.render.compose.charts import make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.matrix import make_matrix
from wavedeck.render.compose.matrix_notes import matrix_notes
from wavedeck.render.compose.tables import make_table
from wavedeck.render.table import Table
from wavedeck.study.checks.deck import check_deck
from wavedeck.study.checks.vocabulary import Vocabulary
from wavedeck.study.deck import ChartSlide, DeckSpec, TableSlide

IMPORTANCE = {"indicators": ["drivers_importance"], "rows": "item", "waves": [0], "marks": "none"}
EVERYTHING = {
    "indicators": ["drivers_importance", "drivers_rating", "drivers_quadrant"],
    "categories": ["strength"],
    "rows": ["item"],
    "columns": ["indicator"],
    "waves": [0],
    "blocks": 1,
    "marks": "none",
}


def context() -> Context:
    return tiny_study.context(store=impact_study.stores().publishable)


def problems(slide: ChartSlide | TableSlide) -> list[str]:
    study = tiny_study.study()
    names = Vocabulary(study.settings, study.codebook, study.groups, study.indicators, study.impact)
    return [text for _, text in check_deck(DeckSpec(slides=[slide]), names)]


def table(**changes: object) -> Table:
    return make_table(context(), table_slide("service_table", **{**EVERYTHING, **changes}))[0]


def test_bars_show_importance_of_every_driver() -> None:
    slide = chart_slide("services", **IMPORTANCE, series=None, kind="bars", order={"by": "value"})
    assert problems(slide) == []
    made = make_chart(context(), slide)[0]
    assert set(made.categories) == {"Opening hours", "Staff", "Wifi", "Bicycle shed"}
    values = [point.value for point in made.series[0].points]
    assert values == sorted(values, key=lambda value: -(value or 0))


def test_table_holds_importance_rating_and_probability_of_a_quadrant() -> None:
    assert problems(table_slide("service_table", **EVERYTHING)) == []
    made = table()
    assert [cell.printed for cell in made.header[-1].cells][1:] == ["Importance", "Rating", "Certainty"]
    staff = next(row for row in made.rows if row.cells[0].printed == "Staff")
    assert [cell.address for cell in staff.cells[1:]] == [
        "visitors/drivers_importance@staff/all/2024",
        "visitors/drivers_rating@staff/all/2024",
        "visitors/drivers_quadrant@staff.strength/all/2024",
    ]


def test_table_of_quadrants_names_them_as_the_study_does() -> None:
    made = table(indicators=["drivers_quadrant"], categories=None, columns=["category"])
    assert [cell.printed for cell in made.header[-1].cells][1:] == ["Improve", "Keep", "Maintain", "Watch"]


def test_table_puts_groups_and_waves_side_by_side() -> None:
    made = table(
        indicators=["drivers_importance"],
        categories=None,
        columns=["group", "wave"],
        groups=["all", "sex"],
        waves="all",
    )
    staff = next(row for row in made.rows if row.cells[0].printed == "Staff")
    assert len(staff.cells) == 1 + 3 * 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"indicators": ["drivers_importanc"]}, "did you mean 'drivers_importance'?"),
        ({"items": ["wify"]}, "unknown item of drivers_importance, drivers_rating, drivers_quadrant 'wify'"),
        ({"categories": ["strenght"]}, "did you mean 'strength'?"),
        ({"groups": ["branch_north"]}, "add 'branch_north' to them in impact.yaml"),
    ],
)
def test_wrong_name_is_refused(changes: dict[str, object], said: str) -> None:
    found = problems(table_slide("service_table", **{**EVERYTHING, **changes}))
    assert any(said in problem for problem in found), found


def notes(**changes: object) -> str:
    """Return the notes under the matrix where the analysis is declared otherwise."""
    study = impact_study.declared(**changes)
    own = impact_study.analysed(study)
    store = assemble(own.figures, own.comparisons, store_settings(study, "2024")).publishable
    made = tiny_study.context(store=store, study=study)
    matrix, grid = make_matrix(made, impact_study.SLIDE)
    return "".join(
        run.text for note in matrix_notes(made, impact_study.SLIDE, matrix, grid) for run in note.runs
    )


def test_notes_tell_how_missing_answers_are_treated() -> None:
    assert "Each aspect on its own answers." in notes()
    assert "imputed" not in notes()
    assert "answers imputed 5 times; what does not apply never." in notes(impute={"imputations": 5})
    listwise = notes(measure="johnson", missing="listwise", minimum_base=10)
    assert "Only respondents who rated every aspect." in listwise
    assert "Logit model." in notes(measure="johnson", family="ordinal", minimum_base=10)


def test_notes_tell_drivers_that_pull_the_other_way() -> None:
    said = notes(measure="johnson", missing="listwise", minimum_base=10)
    study = impact_study.declared(measure="johnson", missing="listwise", minimum_base=10)
    card = impact_study.analysed(study).cards["drivers"]["all"]
    negative = [item for item, one in card["drivers"].items() if one["negative"]]
    assert negative
    assert ("Goes with a lower overall judgement" in said) == bool(negative)
    assert "Overlaps strongly" not in said

from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from tiny_study import chart_slide
from wavedeck.figures.store import FigureStore
from wavedeck.render.chart.description import Chart
from wavedeck.render.compose.charts import chart_of, make_chart
from wavedeck.render.compose.context import Context
from wavedeck.study.deck import ChartSpec
from wavedeck.study.errors import RenderError


def chart(name: str, context: Context | None = None, **changes: object) -> Chart:
    return make_chart(context or tiny_study.context(), chart_slide(name, **changes))[0]


def all_marked() -> Context:
    """Return the report with every comparison significant."""
    store = tiny_study.store()
    marked = {key: replace(item, mark="+") for key, item in store.comparisons.items()}
    return tiny_study.context(store=FigureStore(store.figures, marked))


def test_points_are_rounded_printed_and_know_their_figure() -> None:
    made = chart("overall")
    point = made.series[1].points[0]
    assert (point.value, point.label, point.address) == (7.4, "7.4", "visitors/overall/all/2024")
    assert [series.name for series in made.series] == ["2023", "2024"]
    assert made.categories == ("Total", "North", "South", "East")


def test_hidden_point_has_no_value_and_no_label() -> None:
    point = chart("overall").series[0].points[3]
    assert (point.value, point.label, point.state, point.printed) == (None, "", "suppressed", "*")


def test_low_base_point_says_so() -> None:
    assert chart("overall").series[1].points[3].printed == "8.3°"


def test_not_asked_empty_and_zero_print_differently() -> None:
    not_asked = chart("services", waves=[-1]).series[0].points
    empty = chart("services", groups=["sex_female"], order={"by": "declared"}).series[0].points[3]
    zero = chart("recommend", categories=["0"], groups=["all"], rows="group", means=None).series[0].points[0]
    (blank,) = [point for point in not_asked if point.value is None]
    assert [blank.printed, empty.printed, zero.printed] == ["–", "·", "0%"]


def test_rows_follow_the_values() -> None:
    values = [point.value for point in chart("services").series[0].points]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]


def test_marks_stand_in_the_newest_wave_only() -> None:
    made = chart("overall", all_marked(), marks="previous")
    assert {point.mark for point in made.series[0].points} == {""}
    assert made.series[1].points[0].mark == "▲"


@pytest.mark.parametrize("name", ["recommend", "service_answers"])
def test_marks_stand_at_the_means_where_there_are_any(name: str) -> None:
    made = chart(name, all_marked(), marks="previous" if name == "service_answers" else "rest")
    assert {point.mark for series in made.series for point in series.points} == {""}
    assert "▲" in {point.mark for point in made.means or ()}


def test_nps_chart_has_three_parts_and_the_score() -> None:
    made = chart("recommend")
    assert [series.role for series in made.series] == ["negative", "neutral", "positive"]
    assert made.means is not None
    assert (made.means_title, made.means[0].address) == ("NPS", "visitors/recommend/all/2024")


def test_stacked_chart_has_a_mean_for_each_wave() -> None:
    made = chart("service_answers", items=["staff"], rows="wave", waves="all")
    assert [point.address for point in made.means or ()] == [
        f"visitors/service@staff/all/{w}" for w in ("2023", "2024")
    ]


def test_panels_share_their_rows() -> None:
    made = chart("service_groups")
    assert [panel.title for panel in made.panels] == ["Women", "Men"]
    assert made.series == ()
    assert len(made.categories) == 4


@pytest.mark.parametrize(
    ("colours", "first"),
    [
        ("auto", "negative_strong"),
        ("scale", "negative_strong"),
        ("sequential", "sequence_1"),
        ("categories", "category_1"),
    ],
)
def test_colours_of_answers_are_as_declared(colours: str, first: str) -> None:
    assert chart("service_answers", colours=colours).series[0].role == first


def test_ordered_colours_leave_waves_alone() -> None:
    roles = [series.role for series in chart("overall", colours="sequential").series]
    assert roles == ["wave_older", "wave_new"]


def test_scale_of_too_many_answers_names_its_slide() -> None:
    with pytest.raises(RenderError, match="slide 'recommend': no colours for a scale of 5 negative"):
        chart("recommend", kind="stacked", indicators=["recommend_parts"], categories=None, colours="scale")


def test_benchmark_stands_beside_a_mean() -> None:
    made = chart("benchmark")
    assert [point.address for point in made.series[0].points] == [
        "visitors/overall/all/2024",
        "visitors/other_libraries/all/2024",
    ]


def test_series_of_which_nothing_may_be_shown_keeps_its_signs() -> None:
    made = chart("services", items=["wifi"], rows="item", series="wave", waves="all")
    assert [point.printed for point in made.series[0].points] == ["–"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"items": ["wifi"], "waves": [-1]}, "slide 'services': the chart is empty"),
        ({"indicators": ["service"], "groups": ["all", "sex"]}, "slide 'services': group has 3 values"),
        ({"indicators": ["service", "service_distribution"], "rows": "indicator"}, "item has 4 values"),
        ({"maximum": 4}, "is 4.3, outside the axis from 0 to 4"),
    ],
)
def test_chart_that_cannot_be_made_names_its_slide(changes: dict, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        chart("services", **changes)


def test_chart_with_a_missing_figure_is_refused() -> None:
    with pytest.raises(
        RenderError, match=r"slide 'services': there is no figure for indicator 'staff_gap', item 'shed'"
    ):
        chart("services", indicators=["service", "staff_gap"], series="indicator", minimum=None)


def test_names_of_waves_know_their_wave() -> None:
    assert [series.wave for series in chart("overall").series] == ["2023", "2024"]
    assert chart("service_trend").category_waves == ("2023", "2024")
    assert chart("services").category_waves == ()
    panels = chart(
        "service_groups", groups=["all"], waves="all", panels="wave", items=["staff", "opening"]
    ).panels
    assert [panel.wave for panel in panels] == ["2023", "2024"]


def answers(**declared: object) -> Chart:
    spec = {"kind": "stacked", "indicators": ["service_distribution"], "rows": "item", "series": "category"}
    made = ChartSpec.model_validate({**spec, "items": ["staff"], **declared})
    return chart_of(tiny_study.context(), made, name="own")[0]


def test_scale_may_run_from_its_positive_end() -> None:
    roles = [one.role for one in answers(colours="scale").series]
    assert [one.role for one in answers(colours="scale_reversed").series] == roles[::-1]


def test_category_set_apart_stands_last_and_pale_under_its_own_name() -> None:
    made = answers(colours="scale", apart="3", labels={"3": "?"})
    assert [one.name for one in made.series][-1] == "?"
    assert [one.role for one in made.series] == [
        *tiny_study.style().scale_roles(positive=2, negative=2),
        "dont_know",
    ]


def test_loop_has_a_panel_per_entry_in_the_order_of_the_first() -> None:
    spec = ChartSpec(
        kind="panels",
        indicators=["desk_high"],
        rows="category",
        panels="item",
        order={"by": "value"},  # type: ignore[arg-type]
        maximum=100,
    )
    made = chart_of(tiny_study.context(), spec, name="own")[0]
    assert [panel.title for panel in made.panels] == ["Lending desk", "Information desk"]
    first = [point.value for point in made.panels[0].series[0].points]
    assert first == sorted(first, reverse=True)  # type: ignore[type-var]
    assert made.panels[1].series[0].points[0].address == "visitors/desk_high@information.kindness/all/2024"


def test_rows_declared_last_stay_last_whatever_their_value() -> None:
    spec = ChartSpec(
        kind="bars",
        indicators=["activity"],
        rows="category",
        order={"by": "value", "last": ["borrow"]},  # type: ignore[arg-type]
    )
    made = chart_of(tiny_study.context(), spec, name="own")[0]
    assert made.categories == ("Read", "Study", "Event", "Borrow")

from __future__ import annotations

from dataclasses import replace

import pytest

import tiny_study
from tiny_study import chart_slide, table_slide
from wavedeck.figures.store import FigureStore
from wavedeck.render.compose.alternatives import LONGEST, alt_of_contents
from wavedeck.render.compose.charts import make_chart
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.tables import make_table
from wavedeck.study.deck import ChartSlide, TableSlide


def chart_text(name: str, context: Context | None = None, **changes: object) -> str:
    return make_chart(context or tiny_study.context(), chart_slide(name, **changes))[0].title_alt


def table_text(name: str, **changes: object) -> str:
    return make_table(tiny_study.context(), table_slide(name, **changes))[0].title_alt


def with_estimates(**estimates: float) -> Context:
    """Return the report with other estimates for items of the newest wave."""
    store = tiny_study.store()
    changed = dict(store.figures)
    for item, estimate in estimates.items():
        address = f"visitors/service@{item}/all/2024"
        changed[address] = replace(changed[address], estimate=estimate)
    return tiny_study.context(store=FigureStore(changed, store.comparisons))


def test_bars_name_wave_values_and_items() -> None:
    assert chart_text("services") == (
        "Chart of Services by item, 2024. Highest Staff (4.3); lowest Opening hours and Wifi (2.8). "
        "Items: Opening hours, Staff, Wifi and Bicycle shed."
    )


def test_ends_are_found_before_rounding_and_all_that_print_the_same_are_named() -> None:
    close = with_estimates(staff=4.34, opening=4.36, wifi=4.41, shed=4.3)
    assert "Highest Opening hours and Wifi (4.4); lowest Staff and Bicycle shed (4.3)." in chart_text(
        "services", close
    )
    apart = with_estimates(staff=4.34, opening=4.3, wifi=4.4, shed=4.44)
    assert "Highest Wifi and Bicycle shed (4.4); lowest Opening hours and Staff (4.3)." in chart_text(
        "services", apart
    )


def test_figures_that_all_print_the_same_are_not_ranked() -> None:
    alike = with_estimates(staff=4.26, opening=4.27, wifi=4.34, shed=4.3)
    assert "All figures are 4.3." in chart_text("services", alike)


def test_waves_side_by_side_tell_about_the_newest() -> None:
    text = chart_text("overall")
    assert text.startswith(
        "Chart of The library as a whole by group and wave, 2023 and 2024. In 2024: highest East (8.3)"
    )


def test_stacked_bars_without_means_tell_about_their_first_row() -> None:
    text = chart_text("service_answers", means=None)
    assert "Opening hours: highest " in text
    assert "Answers: " in text


def test_parts_of_a_score_tell_about_the_score() -> None:
    context = tiny_study.context()
    groups = [context.store[f"visitors/recommend/{name}/2024"] for name in ("all", "sex_female", "sex_male")]
    best = context.printed(max(groups, key=lambda figure: figure.estimate or 0.0))
    assert f"({best})" in chart_text("recommend")


def test_lines_and_panels_name_both_dimensions() -> None:
    assert "by wave and item, 2023 and 2024. In 2024: highest Staff (4.3)" in chart_text("service_trend")
    assert "by item and group, 2024. Highest Staff – Women (" in chart_text("service_groups")


def test_table_of_several_indicators_gives_the_range_of_each() -> None:
    text = table_text("groups")
    assert text.startswith("Table of The library as a whole and ")
    assert "The library as a whole: 6.6 to 8.3." in text


def test_four_at_one_end_are_counted_by_their_value_alone() -> None:
    store = tiny_study.store()
    names = ("all", "branch_north", "branch_south", "branch_east")
    alike = {
        f"visitors/overall/{name}/2024": replace(store[f"visitors/overall/{name}/2024"], estimate=value)
        for name, value in zip(names, (7.0, 7.01, 7.02, 7.03), strict=True)
    }
    context = tiny_study.context(store=FigureStore({**store.figures, **alike}, store.comparisons))
    text = chart_text("overall", context, groups=["all", "branch", "sex"])
    assert "lowest 7.0." in text or "highest 7.0;" in text


def test_contents_name_their_chapters() -> None:
    text = alt_of_contents(tiny_study.context(), ["The sample", "The library"])
    assert text == "Table of contents with page numbers: The sample and The library."


@pytest.mark.parametrize("language", ["en", "nl"])
def test_alternative_texts_are_short_and_whole(language: str) -> None:
    context = replace(tiny_study.context(), language=language)
    for slide in tiny_study.study().deck.slides:
        if isinstance(slide, ChartSlide):
            text = make_chart(context, slide)[0].title_alt
        elif isinstance(slide, TableSlide):
            text = make_table(context, slide)[0].title_alt
        else:
            continue
        assert 40 < len(text) <= LONGEST
        assert text.endswith(".")

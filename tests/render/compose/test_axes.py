from __future__ import annotations

import pytest

import tiny_study
from tiny_study import chart_slide
from wavedeck.render.chart.description import Axis
from wavedeck.render.compose.axes import make_axis
from wavedeck.study.errors import RenderError


def axis(*addresses: str, **changes: object) -> Axis:
    figures = [tiny_study.store()[f"visitors/{address}/2024"] for address in addresses]
    chart = chart_slide("services", **changes).chart
    spec = chart.model_copy(update={"maximum": changes.get("maximum"), "minimum": changes.get("minimum")})
    return make_axis(tiny_study.context(), spec, figures)


def test_axis_starts_at_zero_and_ends_above_the_highest() -> None:
    assert axis("overall/all", "overall/branch_east") == Axis(0.0, 9.0, "0.0")


def test_axis_of_shares_ends_at_a_round_percentage() -> None:
    assert axis("activity.quiet/all") == Axis(0.0, 60.0, '0"%"')


def test_axis_of_a_stack_is_the_whole() -> None:
    assert axis("activity.quiet/all", kind="stacked").maximum == 100


def test_axis_that_does_not_start_at_zero_says_so() -> None:
    assert axis("overall/all", kind="lines", minimum=6.0, maximum=8.0).title == "Axis from 6 to 8"
    assert axis("overall/all", kind="lines", minimum=0.0, maximum=8.0).title == ""


def test_axis_of_different_units_is_refused() -> None:
    with pytest.raises(RenderError, match="figures in mark and percent cannot share one axis"):
        axis("overall/all", "activity.quiet/all")


@pytest.mark.parametrize("ends", [{"maximum": 7.0}, {"minimum": 8.0, "maximum": 10.0}])
def test_figure_outside_the_declared_axis_is_refused(ends: dict[str, float]) -> None:
    with pytest.raises(RenderError, match=r"'visitors/overall/all/2024' is 7.4, outside the axis"):
        axis("overall/all", **ends)

from __future__ import annotations

import math

import pytest

import tiny_study
from tiny_study import PART, ROOT
from wavedeck.figures.columns import Column
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.records import Figure
from wavedeck.study.errors import StatisticsError
from wavedeck.study.indicators import DifferenceIndicator


def store_figure(address: str, wave: str = "2024") -> Figure:
    return tiny_study.stores().full[f"{PART}/{address}/{wave}"]


def differences(**declared: object) -> dict[str, Figure]:
    spec = DifferenceIndicator.model_validate({"label": "Gap", "statistic": "difference", **declared})
    own = tiny_study.recipe("2024")
    indicators = {**own.indicators, "gap": spec}
    made = estimate_wave(
        tiny_study.responses("2024"),
        tiny_study.weights("2024"),
        own.model_copy(update={"indicators": indicators}),
        ROOT,
    )
    return {one.address: one for one in made.figures if one.indicator == "gap"}


def test_difference_is_the_first_side_less_the_other() -> None:
    gap = store_figure("staff_gap@staff/all")
    first, second = (store_figure(f"service@{item}/all") for item in ("staff", "opening"))
    assert gap.estimate == pytest.approx((first.estimate or 0) - (second.estimate or 0))


def test_difference_within_respondents_knows_their_covariance() -> None:
    gap = store_figure("staff_gap@staff/all")
    apart = math.hypot(*(store_figure(f"service@{item}/all").se or 0 for item in ("staff", "opening")))
    assert gap.se != pytest.approx(apart, rel=1e-3)


def test_difference_of_an_indicator_with_itself_is_zero() -> None:
    gap = differences(of="overall", minus="overall")[f"{PART}/gap/all/2024"]
    assert (gap.estimate, gap.se) == pytest.approx((0, 0))


def test_difference_matches_items_by_name() -> None:
    made = differences(of="service", minus="service_distribution.high")
    assert list(made) == [f"{PART}/gap@{item}/all/2024" for item in ("opening", "staff", "wifi", "shed")]


def test_difference_of_all_items_less_one_figure() -> None:
    made = differences(of="service", minus="overall")
    assert made[f"{PART}/gap@wifi/all/2024"].estimate == pytest.approx(
        (store_figure("service@wifi/all").estimate or 0) - (store_figure("overall/all").estimate or 0)
    )


def test_difference_of_shares_stands_in_percentage_points() -> None:
    gap = differences(of="activity.read", minus="activity.study")[f"{PART}/gap.read/all/2024"]
    sides = [store_figure(f"activity.{name}/all").estimate or 0 for name in ("read", "study")]
    assert gap.estimate == pytest.approx(sides[0] - sides[1])


def test_difference_without_a_match_is_refused() -> None:
    with pytest.raises(
        StatisticsError, match=r"'gap': no item or category of 'overall' matches one of 'service'"
    ):
        differences(of="overall", minus="service")


def test_difference_notes_its_smaller_side() -> None:
    gap = store_figure("overall_gap/all")
    assert gap.smallest_base == store_figure("overall/all").base
    assert (gap.base or 0) > (gap.smallest_base or 0)


def test_mentions_share_out_all_answers() -> None:
    shares = [
        store_figure(f"activity_mentions.{name}/all").estimate or 0
        for name in ("borrow", "read", "study", "event")
    ]
    assert math.fsum(shares) == pytest.approx(100)
    assert store_figure("activity_mentions.quiet/all").estimate == pytest.approx(shares[1] + shares[2])


def test_mention_of_a_category_not_offered_was_not_asked() -> None:
    assert store_figure("activity_mentions.event/all", "2023").state == "not_asked"
    rest = [
        store_figure(f"activity_mentions.{name}/all", "2023").estimate or 0
        for name in ("borrow", "read", "study")
    ]
    assert math.fsum(rest) == pytest.approx(100)


def test_column_key_is_what_an_address_needs() -> None:
    spec = tiny_study.study().indicators.indicators["overall"]
    assert Column(indicator="overall", item="", category="", question=None, spec=spec).key == (
        "overall",
        "",
        "",
    )

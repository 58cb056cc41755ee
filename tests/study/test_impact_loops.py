from __future__ import annotations

import impact_study
import tiny_study
from wavedeck.study.codebook import Codebook
from wavedeck.study.impact import Impact
from wavedeck.study.impact_loops import spell_out
from wavedeck.study.indicators import Indicators

DESKS = {"drivers": "desk", "loop": "desk"}


def test_loop_makes_one_analysis_per_entry() -> None:
    made = impact_study.declared(**DESKS, label="What counts at the {loop}").impact.analyses
    assert list(made) == ["drivers_lending", "drivers_information"]
    lending = made["drivers_lending"]
    assert (lending.outcome, lending.drivers, lending.loop) == ("overall", "desk@lending", None)
    assert lending.label == {"*": "What counts at the Lending desk"}


def test_entries_limit_the_loop() -> None:
    made = impact_study.declared(**DESKS, entries=["information"]).impact.analyses
    assert list(made) == ["drivers_information"]


def test_spelled_out_analyses_stay_as_they_are() -> None:
    study = impact_study.declared(**DESKS)
    assert spell_out(study.impact, study.indicators, study.codebook) == study.impact


def test_label_is_made_in_every_language() -> None:
    study = tiny_study.study()
    entries = {
        name: one.model_copy(update={"label": {"en": f"{name} desk", "nl": f"balie {name}"}})
        for name, one in study.codebook.loops["desk"].items()
    }
    codebook = study.codebook.model_copy(update={"loops": {"desk": entries}})
    own = study.impact.analyses["drivers"].model_dump(exclude_unset=True)
    texts = {"en": "Drivers at {loop}", "nl": "Belang bij {loop}"}
    impact = Impact.model_validate({"analyses": {"drivers": {**own, **DESKS, "label": texts}}})
    made = spell_out(impact, study.indicators, codebook).analyses["drivers_lending"]
    assert made.label == {"en": "Drivers at lending desk", "nl": "Belang bij balie lending"}


def test_label_keeps_its_languages_where_entries_have_one_for_all() -> None:
    texts = {"en": "At the {loop}", "nl": "Bij de {loop}"}
    made = impact_study.declared(**DESKS, label=texts).impact.analyses["drivers_lending"]
    assert made.label == {"en": "At the Lending desk", "nl": "Bij de Lending desk"}


def test_share_is_binary_and_a_mean_linear() -> None:
    assert impact_study.declared().impact.analyses["drivers"].family == "linear"
    assert impact_study.declared(outcome="overall_high").impact.analyses["drivers"].family == "binary"
    assert impact_study.declared(family="ordinal").impact.analyses["drivers"].family == "ordinal"


def test_logit_model_is_listwise_and_a_correlation_needs_none() -> None:
    analysis = impact_study.declared(outcome="overall_high").impact.analyses["drivers"]
    assert (analysis.used_family("shapley"), analysis.used_missing("shapley")) == ("binary", "listwise")
    assert (analysis.used_family("correlation"), analysis.used_missing("correlation")) == (
        "linear",
        "pairwise",
    )


def test_indicators_of_a_loop_have_the_inner_items() -> None:
    made = impact_study.declared(**DESKS).every_indicator["drivers_lending_importance"]
    assert made.items == ("speed", "kindness")


def test_outcome_of_another_loop_is_that_of_the_same_entry() -> None:
    """Asked of everybody who judges, of the whole as well; drivers only of those who were in touch."""
    mark = {"label": "Mark", "type": "rating", "minimum": 1, "maximum": 5}
    codebook = Codebook.model_validate(
        {
            "loops": {
                "judged": {"shop": {"label": "Shop"}, "whole": {"label": "Whole"}},
                "met": {"shop": {"label": "Shop"}},
            },
            "variables": {
                "overall": {**mark, "loop": "judged"},
                "aspect": {**mark, "loop": "met", "items": {"speed": {"label": "Speed"}}},
            },
        }
    )
    means = {name: {"statistic": "mean", "label": name, "variable": name} for name in ("overall", "aspect")}
    indicators = Indicators.model_validate({"indicators": means})
    quadrants = {name: name for name in ("priority", "strength", "precondition", "no_priority")}
    drivers = {"label": "Drivers", "outcome": "overall", "drivers": "aspect", "quadrants": quadrants}
    impact = Impact.model_validate({"analyses": {"drive": {**drivers, "loop": "met"}}})
    made = spell_out(impact, indicators, codebook).analyses
    assert (made["drive_shop"].outcome, made["drive_shop"].drivers) == ("overall@shop", "aspect@shop")

"""The small chain: raw files, routing, groups, and where the aspects stand in the matrices."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from wavedeck.figures.assemble import assemble
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore, make_store
from wavedeck.intake.run import Intake, run_intake
from wavedeck.narrative.claim_list import claims_of
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.placed import drivers_of
from wavedeck.study.findings import stopping
from wavedeck.study.load import Study, load_study
from wavedeck.weighting.stage import weigh

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "kleine-keten"
WAVE = "2017"
RESPONDENTS = {"ap": 200, "kp": 290}

# What the report says of impact: strength is keep, priority invest and improve. The rest is not said.
SAID = {
    ("ap", "impact_ind"): {
        "strength": ["friendliness", "respectful_treatment"],
        "priority": ["response_time", "referral"],
    },
    ("ap", "impact_coa"): {
        "strength": ["friendliness", "listening", "accessibility", "respectful_treatment"],
        "priority": ["empathy", "thinking_along"],
    },
    ("ap", "impact_dtv"): {
        "strength": ["info_clarity", "accessibility"],
        "priority": ["empathy", "thinking_along", "referral"],
    },
    ("kp", "partner_impact_ind"): {
        "strength": ["info_clear_complete"],
        "priority": ["accessibility"],
        "precondition": ["respectful_treatment", "friendliness"],
    },
    ("kp", "partner_impact_coa"): {
        "strength": ["keeps_agreements"],
        "priority": ["empathy", "thinking_along", "info_clear_complete"],
        "precondition": ["respectful_treatment", "friendliness", "listening"],
    },
    ("kp", "partner_impact_dtv"): {
        "strength": ["info_clear_complete", "expertise", "listening", "keeps_agreements"],
        "priority": ["empathy", "thinking_along"],
    },
}


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(ROOT / "config" / "studies" / "kleine-keten")


@pytest.fixture(scope="module")
def intakes(study: Study) -> dict[str, Intake]:
    return {
        part: run_intake(
            ROOT / study.raw_file(part, WAVE),
            raw_name=study.raw_file(part, WAVE),
            part=study.settings.parts[part],
            part_name=part,
            wave=WAVE,
            questions=study.codebook.questions(part, WAVE),
            cleaning=study.cleaning,
        )
        for part in RESPONDENTS
    }


@pytest.fixture(scope="module")
def store(study: Study, intakes: Mapping[str, Intake]) -> FigureStore:
    figures, comparisons = [], []
    for part, intake in intakes.items():
        weights = weigh(intake.responses, weighting=None, book=study.group_book, part=part).table()
        for made in (
            estimate_wave(intake.responses, weights, recipe_for(study, part, WAVE), ROOT),
            impact_wave(intake.responses, weights, impact_recipe(study, part, WAVE), ROOT),
        ):
            figures += made.figures
            comparisons += made.comparisons
    return assemble(figures, comparisons, store_settings(study, WAVE)).publishable


@pytest.mark.parametrize("part", RESPONDENTS)
def test_dirt_is_taken_out_and_everybody_else_is_kept(intakes: Mapping[str, Intake], part: str) -> None:
    found = intakes[part]
    assert stopping(found.findings) == []
    assert found.responses.num_rows == RESPONDENTS[part]
    assert (found.dispositions["disposition"] == "dropped").sum() > 0


def test_raw_files_are_small_enough_to_commit(study: Study) -> None:
    assert sum((ROOT / study.raw_file(part, WAVE)).stat().st_size for part in RESPONDENTS) < 500_000


@pytest.mark.parametrize("entry", ["ind", "dtv"])
def test_nobody_without_contact_judges_the_organisation(intakes: Mapping[str, Intake], entry: str) -> None:
    answers = intakes["ap"].responses.to_pandas()
    without = answers[f"contact_frequency@{entry}"] == "no_contact"
    assert without.any()
    for name in (f"overall_satisfaction@{entry}", f"aspect@{entry}.empathy", f"talk_about@{entry}"):
        assert answers.loc[without, name].isna().all()


@pytest.mark.parametrize("entry", ["ind", "coa", "dtv"])
def test_partners_judge_their_own_organisation_in_the_mirror_alone(
    intakes: Mapping[str, Intake], entry: str
) -> None:
    answers = intakes["kp"].responses.to_pandas()
    own = answers["employer"] == entry
    for name in ("partner_contact", "partner_satisfaction", "last_contact", "recommend"):
        assert answers.loc[own, f"{name}@{entry}"].isna().all()
    assert answers.loc[own, "expected_own"].notna().all()


def test_none_of_these_stands_alone(intakes: Mapping[str, Intake]) -> None:
    answers = intakes["kp"].responses.to_pandas()
    for name in ("expected_positive", "expected_negative"):
        ticks = answers[[column for column in answers if str(column).startswith(f"{name}.")]].astype(float)
        alone = ticks[ticks[f"{name}.none_of_these"] == 1]
        assert len(alone)
        assert (alone.sum(axis=1) == 1).all()


def test_group_differences_that_the_report_tells_are_significant(store: FigureStore) -> None:
    signs = {
        "ap/overall_satisfaction@coa/permit_after_appeal": "-",
        **{
            f"kp/cooperation@{item}.top2/inside_chain": "+"
            for item in ("relations_good", "crucial_info_shared", "foreigner_central", "chain_works_well")
        },
        **{f"kp/partner_contact@{entry}.any/inside_chain": "+" for entry in ("coa", "dtv")},
    }
    found = {address: store.comparison(f"{address}/{WAVE}", "rest") for address in signs}
    assert {address: one.mark for address, one in found.items() if one} == signs


@pytest.mark.parametrize(("part", "analysis"), SAID)
def test_aspects_stand_in_the_quadrants_that_the_report_tells(
    study: Study, store: FigureStore, part: str, analysis: str
) -> None:
    drivers = drivers_of(store, study, f"{part}/{analysis}", "all", WAVE)
    placed = {one.item: one.quadrant for one in drivers}
    wanted = {item: name for name, items in SAID[part, analysis].items() for item in items}
    assert {item: placed[item] for item in wanted} == wanted


def test_every_row_with_an_uncertain_value_was_read_from_a_picture(study: Study) -> None:
    with (study.folder / "published.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["id"]: row["reason"] for row in csv.DictReader(file) if row["reason"]}
    uncertain = [name for name, reason in reasons.items() if reason.startswith("uncertain")]
    assert uncertain
    assert not any(name.endswith("-text") for name in uncertain)


def turned(store: FigureStore) -> FigureStore:
    """Return a store in which what was much is little, good is bad, and every mark is the other one."""
    figures = {figure.address: _turned(figure) for figure in store}
    for figure in list(figures.values()):
        other = _other_place(figure)
        if other != figure.address:
            figures[figure.address] = replace(figure, estimate=_turned(store[other]).estimate)
    marks = {"+": "-", "-": "+"}
    tests = (replace(one, mark=marks.get(one.mark, one.mark)) for one in store.comparisons.values())
    return make_store(list(figures.values()), tests)


def _turned(figure: Figure) -> Figure:
    value = figure.estimate
    if value is None or figure.statistic == "count":
        return figure
    if figure.statistic in ("placement", "importance", "rating", "border"):
        return figure
    whole = {"percent": 100.0, "mark": 6.0, "count": 90_500.0}.get(figure.unit, 0.0)
    return replace(figure, estimate=(0.0 if figure.statistic == "distance" else whole) - value)


def _other_place(figure: Figure) -> str:
    """Return the address of the other end of a range, or of the quadrant across."""
    pairs = [("low", "high"), ("priority", "precondition"), ("strength", "no_priority")]
    across = {name: other for pair in pairs for name, other in (pair, pair[::-1])}
    if figure.statistic not in ("range", "placement") or figure.category not in across:
        return figure.address
    return figure.address.replace(f".{figure.category}/", f".{across[figure.category]}/")


def test_every_claim_holds_and_none_does_when_the_figures_are_turned(
    study: Study, store: FigureStore
) -> None:
    as_it_is = claims_of(TEMPLATES, Narrator(store, study, WAVE, "nl"))
    assert [f"{one.slide}: {one.claim}" for one in as_it_is if not one.holds] == []
    other_way = claims_of(TEMPLATES, Narrator(turned(store), study, WAVE, "nl"))
    assert [f"{one.slide}: {one.claim}" for one in other_way if one.holds] == []


def test_every_slide_has_its_text(study: Study) -> None:
    names = {slide.text or slide.id for slide in study.deck.slides}
    assert {name for name in names if not (TEMPLATES / f"{name}.nl.j2").exists()} == set()
    assert {path.name.partition(".")[0] for path in TEMPLATES.glob("*.j2")} - names == {"words"}

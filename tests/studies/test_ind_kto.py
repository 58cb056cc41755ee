"""The report on customers of the IND: its raw files, what intake makes of them, and its texts."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from wavedeck.dummy.rehearse import rehearse
from wavedeck.figures.assemble import assemble
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.intake.coding import read_coding
from wavedeck.intake.read import read_raw
from wavedeck.intake.run import run_intake
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import write_passage
from wavedeck.study.findings import stopping
from wavedeck.study.load import load_study
from wavedeck.weighting.stage import weigh

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "ind-kto"
WAVES = ("2009", "2011", "2013")
PARTS = ("vr", "boak")
RESPONDENTS = {
    ("vr", "2009"): 579,
    ("vr", "2011"): 877,
    ("vr", "2013"): 960,
    ("boak", "2009"): 782,
    ("boak", "2011"): 737,
    ("boak", "2013"): 587,
}
EVERY = tuple(RESPONDENTS)
# Slides of a wave: questions that it did not ask have none.
SLIDES = {"2009": 54, "2011": 56, "2013": 67}


@pytest.fixture(scope="module")
def study():
    return load_study(ROOT / "config" / "studies" / "ind-kto")


def coding_of(study, part, wave):
    declared = study.verbatims.files[part].coding
    if declared is None or wave not in (declared.waves or WAVES):
        return None
    bases = {name: frame.base for name, frame in study.verbatims.frames.items()}
    return read_coding(ROOT / declared.path(wave), declared=declared, wave=wave, bases=bases)


@pytest.fixture(scope="module")
def intakes(study):
    def taken_in(part, wave):
        return run_intake(
            ROOT / study.raw_file(part, wave),
            raw_name=study.raw_file(part, wave),
            part=study.settings.parts[part],
            part_name=part,
            wave=wave,
            questions=study.codebook.questions(part, wave),
            cleaning=study.cleaning,
            coding=coding_of(study, part, wave),
        )

    return {key: taken_in(*key) for key in EVERY}


@pytest.fixture(scope="module")
def weights(study, intakes):
    def weighed(part, wave):
        spec, book = study.weighting.parts.get(part), study.group_book
        return weigh(intakes[part, wave].responses, weighting=spec, book=book, part=part).table()

    return {key: weighed(*key) for key in EVERY}


@pytest.fixture(scope="module")
def made(study, intakes, weights):
    def estimated(part, wave):
        responses, table = intakes[part, wave].responses, weights[part, wave]
        return (
            estimate_wave(responses, table, recipe_for(study, part, wave), ROOT),
            impact_wave(responses, table, impact_recipe(study, part, wave), ROOT),
        )

    return {key: estimated(*key) for key in EVERY}


@pytest.fixture(scope="module")
def figures(made):
    return {str(figure.address): figure for both in made.values() for one in both for figure in one.figures}


@pytest.fixture(scope="module")
def stores(study, made):
    def published(wave):
        known = [one for (_, own), both in made.items() if own in study.waves_until(wave) for one in both]
        every = [figure for one in known for figure in one.figures]
        comparisons = [comparison for one in known for comparison in one.comparisons]
        return assemble(every, comparisons, store_settings(study, wave)).publishable

    return {wave: published(wave) for wave in WAVES}


def sentences(study, stores, wave):
    """Yield the slides of a wave with what each says."""
    narrator = Narrator(stores[wave], study, wave, "nl")
    for slide in study.deck.slides_in(wave):
        passage = write_passage(TEMPLATES, slide.text or slide.id, narrator)
        yield slide.id, " ".join(line.text for line in (passage.title, *passage.lines))


def test_raw_files_of_a_wave_are_made_again_as_they_stand(study, tmp_path):
    made = rehearse(study, ROOT, waves=("2009",), into=tmp_path)
    assert [one.missed for one in made] == [(), ()]
    for part in PARTS:
        name = study.raw_file(part, "2009")
        source = study.settings.parts[part].source
        here, again = (
            read_raw(folder / name, file=name, source=source, wave="2009") for folder in (ROOT, tmp_path)
        )
        assert list(here.columns) == list(again.columns)
        assert all(_texts(here, column) == _texts(again, column) for column in here.columns)


def _texts(raw, column):
    values = raw.columns[column]
    return [values.values[code] for code in values.codes]


def test_raw_files_are_small_enough_to_commit(study):
    sizes = [(ROOT / study.raw_file(part, wave)).stat().st_size for part, wave in EVERY]
    assert sum(sizes) < 1_000_000


def test_each_part_comes_in_every_kind_of_raw_file(study):
    kinds = {part: {Path(study.raw_file(part, wave)).suffix for wave in WAVES} for part in PARTS}
    assert kinds == {part: {".sav", ".csv", ".xlsx"} for part in PARTS}


@pytest.mark.parametrize("key", EVERY, ids="-".join)
def test_intake_finds_nothing_that_stops(intakes, key):
    assert stopping(intakes[key].findings) == []


@pytest.mark.parametrize("key", EVERY, ids="-".join)
def test_intake_keeps_the_published_number_of_respondents(intakes, key):
    assert intakes[key].responses.num_rows == RESPONDENTS[key]
    assert (intakes[key].dispositions["disposition"] == "dropped").sum() > 0


@pytest.mark.parametrize("wave", WAVES)
def test_only_visitors_say_what_they_used_the_website_for(intakes, wave):
    responses = intakes["vr", wave].responses.to_pandas()
    asked = responses["website_purpose!"].astype(object) != "not_asked"
    assert (asked == (responses["visited_website"] == "yes")).all()


def test_organisations_are_asked_items_of_their_own(intakes):
    asked = {part: set(intakes[part, "2013"].responses.column_names) for part in PARTS}
    assert "aspect@language_visit" in asked["vr"] - asked["boak"]
    assert "aspect@information_correctness" in asked["boak"] - asked["vr"]


def test_sponsors_of_regular_economic_are_too_few_in_2009(figures):
    assert figures["vr/respondents/regular_economic_sponsors/2009"].estimate == 19


def test_weights_bring_directorates_to_their_targets(figures):
    share = "vr/weighted_share.{}/{}/2013"
    assert figures[share.format("regular_social", "placed")].estimate == pytest.approx(35.5)
    assert figures[share.format("regular_economic_sponsors", "regular_economic")].estimate == pytest.approx(
        20
    )


def test_directorates_contacted_overlap(figures):
    named = ("asylum", "naturalisation", "regular_social", "regular_economic")
    assert sum(figures[f"boak/respondents/contact_{one}/2013"].estimate for one in named) > 587


def test_themes_are_shares_of_everybody_who_was_asked(figures):
    assert figures["boak/ind_description.bureaucratic/all/2013"].base == 587


def test_telephone_lines_do_not_apply_to_close_to_half(figures):
    lines = ("general_number", "study_line", "chain_line")
    shares = [figures[f"boak/not_applicable@reachability_{one}/all/2013"].estimate for one in lines]
    assert all(45 < share < 50 for share in shares)


def test_telephone_lines_stand_outside_matrix_and_table(study, stores):
    shown = {item for slide in study.deck.slides if slide.id == "boak_aspects" for item in slide.table.items}
    assert not any(item.startswith("reachability") for item in shown)
    driver = stores["2013"]["boak/aspects_importance@reachability_chain_line/all/2013"]
    assert driver.state == "not_comparable"


def test_a_channel_that_was_no_answer_yet_is_not_asked(figures):
    assert figures["vr/contact_channel.website/all/2011"].state == "not_asked"
    assert figures["vr/applicant_central/all/2011"].state == "not_asked"
    assert figures["vr/contact_channel.telephone/all/2011"].state == "shown"


@pytest.mark.parametrize(("wave", "count"), SLIDES.items())
def test_a_wave_has_the_slides_of_its_questions(study, wave, count):
    assert len(study.deck.slides_in(wave)) == count


def test_chapters_open_on_their_pages(study):
    chapters = [
        place
        for place, slide in enumerate(study.deck.slides, start=1)
        if slide.kind == "divider" and slide.level == 1
    ]
    assert chapters == [3, 8, 13, 35, 57]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_no_digit_is_typed_in_a_text(path):
    tokens = Environment(extensions=["jinja2.ext.do"]).lex(path.read_text(encoding="utf-8"))
    assert [text for _, kind, text in tokens if kind == "data" and re.search(r"\d", text)] == []


@pytest.mark.parametrize("wave", WAVES)
def test_every_text_can_be_written_in_every_wave(study, stores, wave):
    assert [name for name, said in sentences(study, stores, wave) if not said.strip()] == []


def test_a_first_wave_compares_with_no_other(study, stores):
    words = r"\b(tegen|niveau|sinds|stijg\w*|daal\w*|niet significant anders)\b"
    assert {name for name, said in sentences(study, stores, "2009") if re.search(words, said)} == set()


def test_a_suppressed_group_is_neither_named_nor_compared(study, stores):
    sponsors = "vr/overall_mark/regular_economic_sponsors"
    assert not Narrator(stores["2011"], study, "2011", "nl").shown(sponsors, wave=-1)
    said = dict(sentences(study, stores, "2011"))["regular"]
    assert "eferenten regulier economisch" not in said


def test_a_group_page_keeps_its_blocks_in_order(study, stores):
    order = ["Waardering", "Pluspunten", "Aandachtspunten", "Verbeterprioriteit"]
    narrator = Narrator(stores["2013"], study, "2013", "nl")
    for slide in study.deck.slides_in("2013"):
        if slide.id.startswith("group_") or slide.id in ("boak_companies", "boak_chain_partners"):
            lines = write_passage(TEMPLATES, slide.id, narrator).lines
            heads = [line.text for line in lines if line.kind == "heading"]
            assert heads == [one for one in order if one in heads], slide.id
            assert {"Waardering", "Verbeterprioriteit"} <= set(heads), slide.id

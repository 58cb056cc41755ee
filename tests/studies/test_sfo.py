"""The example study on real data, and its figures once more by another road.

The second road reads the raw files with the csv module and computes in plain Python: weighted means of
what was answered, and standard errors from the sums of weighted residuals per interviewing run.
"""

from __future__ import annotations

import csv
import math
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.estimate import Estimates, estimate_wave
from wavedeck.figures.export import write_csv
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import impact_recipe
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.intake.run import Intake, run_intake
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import write_passage
from wavedeck.study.load import Study, load_study
from wavedeck.weighting.stage import weigh

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "sfo"
WAVES = ("2015", "2016", "2017")
Row = dict[str, str]
Value = Callable[[Row], float | None]
Member = Callable[[Row], bool]

SERVICES = {
    "art": "Q7ART",
    "food": "Q7FOOD",
    "store": "Q7STORE",
    "signs": "Q7SIGN",
    "walkways": "Q7WALKWAYS",
    "screens": "Q7SCREENS",
    "info_lower": "Q7INFODOWN",
    "info_upper": "Q7INFOUP",
    "wifi": "Q7WIFI",
    "roads": "Q7ROADS",
    "parking": "Q7PARK",
    "airtrain": "Q7AIRTRAIN",
    "longterm_shuttle": "Q7LTPARKING",
    "rental": "Q7RENTAL",
}
CLEANLINESS = {
    "overall": "Q9ALL",
    "boarding": "Q9BOARDING",
    "airtrain": "Q9AIRTRAIN",
    "rental": "Q9RENTAL",
    "food": "Q9FOOD",
    "restroom": "Q9RESTROOM",
}
EASE = {"access": "Q13GETRATE", "wayfinding": "Q14FIND", "security": "Q14PASSTHRU"}
PURPOSES = {
    "business": "1",
    "leisure": "2",
    "friends": "3",
    "school": "4",
    "conference": "5",
    "occasion": "6",
}


def rating(column: str) -> Value:
    return lambda row: float(row[column]) if row[column] in ("1", "2", "3", "4", "5") else None


def percentage(column: str, counted: Iterable[str], valid: Iterable[str]) -> Value:
    counted, valid = set(counted), set(valid)
    return lambda row: 100.0 * (row[column] in counted) if row[column] in valid else None


def mentioned(columns: Iterable[str], *codes: str) -> Value:
    columns = list(columns)

    def value(row: Row) -> float | None:
        given = {row[column] for column in columns} - {"", "0"}
        return 100.0 * bool(given & set(codes)) if given else None

    return value


def promoter_score(row: Row) -> float | None:
    if row["NETPRO"] in ("", "11"):
        return None
    return 100.0 if int(row["NETPRO"]) >= 9 else -100.0 if int(row["NETPRO"]) <= 6 else 0.0


def everybody(_: Row) -> bool:
    return True


def in_area(letter: str) -> Member:
    return lambda row: row["BAREA"] == letter


def domestic_resident(row: Row) -> bool:
    return row["PEAK"] in ("1", "2") and row["Q16LIVE"] == "1"


def cases() -> dict[str, tuple[Value, Member]]:
    """Return for each figure what a passenger counts for and who belongs to the group."""
    found: dict[str, tuple[Value, Member]] = {}
    top, five = ("4", "5"), ("1", "2", "3", "4", "5")
    purpose_columns = ("Q2PURP1", "Q2PURP2", "Q2PURP3")
    found["overall/all"] = rating("Q7ALL"), everybody
    found["overall_top2/all"] = percentage("Q7ALL", top, five), everybody
    found["overall_distribution.3/all"] = percentage("Q7ALL", "3", five), everybody
    found["safety/all"] = rating("Q10SAFE"), everybody
    found["problem/all"] = percentage("Q15PROBLEM", "1", ("1", "2")), everybody
    found["purpose.work/all"] = mentioned(purpose_columns, "1", "5"), everybody
    found["access.ride_hailing/all"] = mentioned(("Q3GETTO1", "Q3GETTO2", "Q3GETTO3"), "5"), everybody
    found["profile_first_time/all"] = percentage("Q5FIRSTTIME", "2", ("1", "2")), everybody
    found["overall/domestic*bay_area"] = rating("Q7ALL"), domestic_resident
    found["overall/terminal_3"] = rating("Q7ALL"), lambda row: row["BAREA"] in ("E", "F")
    for item, column in SERVICES.items():
        found[f"service@{item}/all"] = rating(column), everybody
        found[f"service_top2@{item}/all"] = percentage(column, top, five), everybody
        found[f"service@{item}/area_g"] = rating(column), in_area("G")
    for item, column in CLEANLINESS.items():
        found[f"cleanliness@{item}/all"] = rating(column), everybody
    for item, column in EASE.items():
        found[f"ease@{item}/all"] = rating(column), everybody
    for letter in "ABCDEFG":
        found[f"overall/area_{letter.lower()}"] = rating("Q7ALL"), in_area(letter)
    for category, code in PURPOSES.items():
        found[f"purpose.{category}/all"] = mentioned(purpose_columns, code), everybody
    return {f"pax/{name}/{wave}": case for name, case in found.items() for wave in WAVES} | nps_cases()


def nps_cases() -> dict[str, tuple[Value, Member]]:
    eleven = [str(mark) for mark in range(11)]
    found: dict[str, tuple[Value, Member]] = {"recommend_nps/all": (promoter_score, everybody)}
    found["recommend_distribution.promoters/all"] = percentage("NETPRO", ("9", "10"), eleven), everybody
    found["recommend_distribution.0/all"] = percentage("NETPRO", "0", eleven), everybody
    for letter in "ABCDEFG":
        found[f"recommend_nps/area_{letter.lower()}"] = promoter_score, in_area(letter)
    return {f"pax/{name}/2017": case for name, case in found.items()}


CASES = cases()


def mean_of(rows: list[Row], value: Value, member: Member) -> tuple[float, dict[str, float], int]:
    """Return a weighted mean, the residual sums of its runs, and its base."""
    answers = [(row, value(row)) for row in rows if member(row)]
    counted = [(row["RUNID"], float(row["WEIGHT"]), answer) for row, answer in answers if answer is not None]
    total = math.fsum(weight for _, weight, _ in counted)
    mean = math.fsum(weight * answer for _, weight, answer in counted) / total
    runs = dict.fromkeys((row["RUNID"] for row in rows), 0.0)
    for run, weight, answer in counted:
        runs[run] += weight * (answer - mean) / total
    return mean, runs, len(counted)


def error_of(runs: dict[str, float]) -> float:
    """Return the standard error that the residual sums of all runs of the sample give."""
    units = len(runs)
    centre = math.fsum(runs.values()) / units
    return math.sqrt(units / (units - 1) * math.fsum((each - centre) ** 2 for each in runs.values()))


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(ROOT / "config" / "studies" / "sfo")


@pytest.fixture(scope="module")
def folder() -> Path:
    shared = os.environ.get("WAVEDECK_DATA")
    found = Path(shared) / "sfo" / "raw" if shared else ROOT / "data" / "raw" / "sfo"
    if not found.is_dir():
        pytest.skip(f"{found} is absent; data/raw/README.md says where to get the files")
    return found


@pytest.fixture(scope="module")
def raw(folder: Path) -> dict[str, list[Row]]:
    found = {}
    for wave in WAVES:
        with (folder / wave / "responses.csv").open(encoding="ascii", newline="") as file:
            found[wave] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def intakes(study: Study, folder: Path) -> dict[str, Intake]:
    return {wave: take_in(study, folder, wave) for wave in WAVES}


def take_in(study: Study, folder: Path, wave: str) -> Intake:
    return run_intake(
        folder / wave / "responses.csv",
        raw_name=study.raw_file("pax", wave),
        part=study.settings.parts["pax"],
        part_name="pax",
        wave=wave,
        questions=study.codebook.questions("pax", wave),
        cleaning=study.cleaning,
    )


@pytest.fixture(scope="module")
def estimates(study: Study, intakes: dict[str, Intake]) -> dict[str, Estimates]:
    found = {}
    for wave, intake in intakes.items():
        weights = weigh(
            intake.responses, weighting=study.weighting.parts["pax"], book=study.group_book, part="pax"
        )
        recipe = recipe_for(study, "pax", wave)
        made = estimate_wave(intake.responses, weights.table(), recipe, ROOT)
        impact = impact_wave(intake.responses, weights.table(), impact_recipe(study, "pax", wave), ROOT)
        found[wave] = Estimates(
            figures=[*made.figures, *impact.figures], comparisons=[*made.comparisons, *impact.comparisons]
        )
    return found


def stores_of(study: Study, estimates: dict[str, Estimates], wave: str) -> Stores:
    known = [estimates[name] for name in study.waves_until(wave)]
    figures = [figure for each in known for figure in each.figures]
    comparisons = [comparison for each in known for comparison in each.comparisons]
    return assemble(figures, comparisons, store_settings(study, wave))


@pytest.fixture(scope="module")
def stores(study: Study, estimates: dict[str, Estimates]) -> Stores:
    return stores_of(study, estimates, "2017")


@pytest.fixture(scope="module")
def published(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    path = tmp_path_factory.mktemp("sfo") / "figures.csv"
    write_csv(stores.publishable, path, "en")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def kinds(intakes: dict[str, Intake], wave: str, variable: str) -> Counter[str | None]:
    return Counter(intakes[wave].responses[f"{variable}!"].to_pylist())


def answers(intakes: dict[str, Intake], wave: str, variable: str) -> Counter[object]:
    return Counter(intakes[wave].responses[variable].to_pylist())


def test_every_slide_has_a_text(study: Study) -> None:
    wanted = {f"{slide.text or slide.id}.en.j2" for slide in study.deck.slides}

    assert wanted - {path.name for path in TEMPLATES.glob("*.j2")} == set()


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_text_types_no_number(path: Path) -> None:
    typed = re.sub(r"\{[{%#].*?[}%#]\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"\d+", typed) == []


def test_intake_keeps_every_passenger(intakes: dict[str, Intake]) -> None:
    kept = {wave: intake.responses.num_rows for wave, intake in intakes.items()}

    assert kept == {"2015": 2958, "2016": 3087, "2017": 2831}


def test_intake_logs_only_what_is_declared(intakes: dict[str, Intake]) -> None:
    log = {(wave, variable) for wave, each in intakes.items() for variable in each.log["variable"]}

    assert log == {
        ("2015", "administration"),
        ("2015", "income"),
        ("2015", "rate_precheck"),
        ("2016", "administration"),
        ("2016", "access_mode"),
        ("2017", "administration"),
        ("2017", "home_region"),
    }


def test_overall_blank_word_of_2017_is_no_answer(intakes: dict[str, Intake]) -> None:
    assert kinds(intakes, "2017", "overall") == {None: 2688, "blank": 143}
    assert kinds(intakes, "2016", "overall") == {None: 2919, "blank": 133, "not_applicable": 35}


def test_recommend_takes_0_as_answer_and_11_as_none(intakes: dict[str, Intake]) -> None:
    assert answers(intakes, "2017", "recommend")[0.0] == 17
    assert kinds(intakes, "2017", "recommend") == {None: 2746, "blank": 85}


def test_age_under_18_gathers_the_run_up_labels(intakes: dict[str, Intake]) -> None:
    assert [answers(intakes, wave, "age")["a0"] for wave in WAVES] == [49, 15, 16]


def test_first_time_means_yes_alike_in_all_waves(intakes: dict[str, Intake]) -> None:
    assert [answers(intakes, wave, "first_time")["yes"] for wave in WAVES] == [523, 657, 599]


def test_precheck_rating_counts_only_who_used_it(intakes: dict[str, Intake]) -> None:
    assert kinds(intakes, "2015", "rate_precheck") == {
        None: 969,
        "blank": 34,
        "dont_know": 19,
        "not_asked": 1936,
    }


def test_weights_sum_to_the_rows(intakes: dict[str, Intake]) -> None:
    for intake in intakes.values():
        total = math.fsum(intake.responses["weight"].to_pylist())
        assert total == pytest.approx(intake.responses.num_rows, abs=0.001)


@pytest.mark.parametrize("address", CASES)
def test_figure_agrees_with_the_raw_file(
    address: str, published: dict[str, Row], raw: dict[str, list[Row]]
) -> None:
    mean, runs, base = mean_of(raw[address[-4:]], *CASES[address])
    printed = published[address]

    assert float(printed["base"]) == base
    assert float(printed["estimate"]) == pytest.approx(mean, rel=1e-9, abs=1e-9)
    assert float(printed["se"]) == pytest.approx(error_of(runs), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("wave", WAVES)
def test_difference_agrees_with_the_raw_file(wave: str, stores: Stores, raw: dict[str, list[Row]]) -> None:
    clean, clean_runs, _ = mean_of(raw[wave], rating("Q9ALL"), everybody)
    overall, overall_runs, _ = mean_of(raw[wave], rating("Q7ALL"), everybody)
    figure = stores.full[f"pax/cleanliness_gap@overall/all/{wave}"]

    assert figure.estimate == pytest.approx(clean - overall, abs=1e-9)
    assert figure.se == pytest.approx(
        error_of({run: clean_runs[run] - overall_runs[run] for run in clean_runs}), rel=1e-9
    )


@pytest.mark.parametrize("letter", "ABCDEFG")
def test_area_differs_from_the_rest_as_the_raw_file_says(
    letter: str, stores: Stores, raw: dict[str, list[Row]]
) -> None:
    inside, runs, _ = mean_of(raw["2017"], rating("Q7ALL"), in_area(letter))
    outside, others, _ = mean_of(raw["2017"], rating("Q7ALL"), lambda row: row["BAREA"] != letter)
    found = stores.full.comparison(f"pax/overall/area_{letter.lower()}/2017", "rest")

    assert found is not None
    assert found.difference == pytest.approx(inside - outside, abs=1e-9)
    assert found.se == pytest.approx(error_of({run: runs[run] - others[run] for run in runs}), rel=1e-9)


@pytest.mark.parametrize("item", CLEANLINESS)
def test_change_since_the_previous_wave_agrees_with_the_raw_files(
    item: str, stores: Stores, raw: dict[str, list[Row]]
) -> None:
    new, new_runs, _ = mean_of(raw["2017"], rating(CLEANLINESS[item]), everybody)
    old, old_runs, _ = mean_of(raw["2016"], rating(CLEANLINESS[item]), everybody)
    found = stores.full.comparison(f"pax/cleanliness@{item}/all/2017", "previous")

    assert found is not None
    assert found.difference == pytest.approx(new - old, abs=1e-9)
    assert found.se == pytest.approx(math.hypot(error_of(new_runs), error_of(old_runs)), rel=1e-9)


def test_composition_weighs_or_counts_as_declared(stores: Stores, raw: dict[str, list[Row]]) -> None:
    rows = raw["2017"]
    sums: dict[bool, float] = defaultdict(float)
    for row in rows:
        sums[row["PEAK"] == "3"] += float(row["WEIGHT"])
    counted = 100 * sum(row["PEAK"] == "3" for row in rows) / len(rows)

    assert stores.full["pax/sample_share.international/all/2017"].estimate == pytest.approx(counted)
    assert stores.full["pax/passenger_share.international/all/2017"].estimate == pytest.approx(
        100 * sums[True] / math.fsum(sums.values())
    )


def test_recommendation_is_not_asked_before_2017(stores: Stores) -> None:
    assert stores.full["pax/recommend_nps/all/2016"].state == "not_asked"


@pytest.mark.parametrize("wave", WAVES)
def test_every_text_can_be_written_in_every_wave(
    wave: str, study: Study, estimates: dict[str, Estimates]
) -> None:
    narrator = Narrator(stores_of(study, estimates, wave).publishable, study, wave, "en")
    slides = study.deck.slides_in(wave)

    passages = {slide.id: write_passage(TEMPLATES, slide.text or slide.id, narrator) for slide in slides}

    assert [name for name, passage in passages.items() if not passage.title.pieces] == []


def test_a_first_wave_compares_with_no_other(study: Study, estimates: dict[str, Estimates]) -> None:
    narrator = Narrator(stores_of(study, estimates, "2015").publishable, study, "2015", "en")

    for slide in study.deck.slides_in("2015"):
        passage = write_passage(TEMPLATES, slide.text or slide.id, narrator)
        said = " ".join(line.text for line in (passage.title, *passage.lines))
        assert re.findall(r"\b(after \d|since|rises?|falls?|level of|not significant)\b", said) == [], (
            slide.id
        )

import pandas as pd
import pytest

from fair_study import TARGETS, make_study
from wavedeck.dummy.rehearse import rehearse
from wavedeck.study.errors import ConfigError


def missed(made):
    return {outcome.target.name: (outcome.value, outcome.reason) for one in made for outcome in one.missed}


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_every_target_prints_as_published_whatever_the_seed(tmp_path, seed):
    made = rehearse(make_study(tmp_path), tmp_path, seed=seed)
    assert missed(made) == {}
    assert sum(len(one.outcomes) for one in made) == len(TARGETS.split())


@pytest.fixture
def raw(tmp_path):
    rehearse(make_study(tmp_path), tmp_path)
    return pd.read_csv(tmp_path / "data/raw/fair/2024.csv", dtype=str, keep_default_na=False)


def test_answers_obey_routing_scale_and_exclusive_categories(raw):
    assert (raw.loc[raw["h1"] != "1", "mark_east"] == "").all()
    assert set(raw["mark_west"]) <= {"", "99", *map(str, range(1, 11))}
    alone = raw[raw["h3"] == "1"]
    assert len(alone) > 0
    assert (alone[["h1", "h2"]] == "0").all(axis=None)


def test_everybody_who_answers_ticks_something(raw):
    answered = raw[raw["c1"] != ""]
    assert (answered[["c1", "c2", "c3"]] == "1").any(axis=1).all()


def test_same_seed_gives_the_same_files_and_another_seed_others(tmp_path):
    study = make_study(tmp_path)
    contents = []
    for seed in (5, 5, 6):
        (file,) = rehearse(study, tmp_path, waves=["2023"], seed=seed)[0].files
        contents.append(file.read_bytes())
    assert contents[0] == contents[1] != contents[2]


def test_one_wave_is_the_same_made_alone_or_with_others(tmp_path):
    study = make_study(tmp_path)
    (alone,) = rehearse(study, tmp_path, waves=["2024"])
    before = alone.files[0].read_bytes()
    assert not (tmp_path / "data/raw/fair/2023.csv").exists()
    assert rehearse(study, tmp_path)[1].files[0].read_bytes() == before


def test_contradicting_targets_are_named(tmp_path):
    study = make_study(tmp_path, "came.bus/2024=80 came.car/2024=40 overall/2024=7.3")
    found = missed(rehearse(study, tmp_path))
    assert found
    assert next(iter(found.values()))[1].startswith("contradicts guests/came.")
    assert "guests/overall/all/2024 = 7.3" not in found


def test_a_percentage_that_no_number_of_answers_allows_is_reported(tmp_path):
    study = make_study(tmp_path, "east_young.young/east/2024=55 guests/east/2024=7")
    found = missed(rehearse(study, tmp_path))
    assert found["guests/east_young.young/east/2024 = 55"][1].startswith("contradicts guests/guests/east")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nothing/2024=3", "no indicator 'nothing'"),
        ("came.plane/2024=3", "no such item or category"),
        ("satisfied/young/2024=30", "not computed for group 'young'"),
        ("overall/2024=7.25", "printed with 1 decimals"),
    ],
)
def test_targets_that_are_no_figures_are_reported(tmp_path, target, reason):
    ((_, why),) = missed(rehearse(make_study(tmp_path, target), tmp_path)).values()
    assert reason in why


def test_words_give_way_to_numbers(tmp_path):
    study = make_study(tmp_path, "came.bus/2024/fraction=25 came.bus/2024=22")
    assert list(missed(rehearse(study, tmp_path))) == ["guests/came.bus/all/2024 (fraction) = 25"]


def test_rows_with_a_reason_are_left_aside(tmp_path):
    study = make_study(tmp_path, "came.bus/2024=22")
    file = study.folder / "published.csv"
    file.write_text(file.read_text().replace("1,\n", "1,oddity 3: typing error\n"))
    assert rehearse(study, tmp_path)[1].outcomes == ()


def test_a_value_that_is_no_number_is_named_with_its_line(tmp_path):
    study = make_study(tmp_path, "came.bus/2024=many")
    with pytest.raises(ConfigError, match=r"published\.csv, line 2: 'many' is no number"):
        rehearse(study, tmp_path)


def test_without_targets_the_plan_alone_counts(tmp_path):
    made = rehearse(make_study(tmp_path), tmp_path, with_targets=False)
    assert [one.outcomes for one in made] == [(), ()]
    assert [one.respondents for one in made] == [300, 280]


def test_without_a_plan_the_published_size_counts(tmp_path):
    study = make_study(tmp_path, "guests/2024=210 overall/2024=7.3")
    (study.folder / "dummy.yaml").unlink()
    made = rehearse(study, tmp_path)
    assert missed(made) == {}
    assert [one.respondents for one in made] == [225, 210]


def test_real_raw_files_stay_as_they_are_unless_another_folder_is_named(tmp_path):
    study = make_study(tmp_path)
    settings = study.folder / "study.yaml"
    settings.write_text(settings.read_text().replace("dummy: true", "dummy: false"))
    real = make_study(tmp_path, study=settings.read_text())
    with pytest.raises(ConfigError, match="--into FOLDER"):
        rehearse(real, tmp_path)
    made = rehearse(real, tmp_path, into=tmp_path / "trial")
    assert made[0].files == (tmp_path / "trial/data/raw/fair/2023.csv",)
    assert not (tmp_path / "data").exists()

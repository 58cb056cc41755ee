from __future__ import annotations

import pytest

from wavedeck.cli.plan import Choice, StudyPlan, choose, read_plans
from wavedeck.cli.project import Project, UsageError
from wavedeck.study.errors import ConfigError


@pytest.fixture
def plans() -> dict[str, StudyPlan]:
    return {
        "tiny": StudyPlan("tiny", "Tiny", ("01", "02"), ("en", "nl"), ("02",), ("en",)),
        "draft": StudyPlan("draft", "Draft", ("01",), ("en",)),
    }


def test_read_plans_gives_waves_of_the_study_and_of_a_plain_run(project: Project) -> None:
    assert read_plans(project) == {
        "tiny": StudyPlan("tiny", "A tiny tracker", ("01", "02"), ("en", "nl"), ("02",), ("en",))
    }


def test_read_plans_without_waves_takes_the_last_wave_and_main_language(project: Project) -> None:
    (project.folder / "config/config.yaml").write_text("studies:\n  tiny: {}\n")
    plan = read_plans(project)["tiny"]
    assert (plan.built_waves, plan.built_languages) == (("02",), ("en",))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            "studies:\n  tiny:\n    waves: [2017]\n",
            'config.yaml, line 3: 2017 is not text; write it in quotes, "2017"',
        ),
        (
            "studies:\n  tniy:\n    waves: ['02']\n",
            "line 2: study 'tniy' has no config/studies/tniy/study.yaml",
        ),
        ("studies:\n  tniy: {}\n", "did you mean 'tiny'?; studies that exist: tiny"),
        ("outputs: [deck]\n", "name the studies to build"),
        ("studies: [\n", "not valid YAML"),
    ],
)
def test_read_plans_says_what_is_wrong_in_config(project: Project, config: str, said: str) -> None:
    (project.folder / "config/config.yaml").write_text(config)
    with pytest.raises(ConfigError) as caught:
        read_plans(project)
    assert said in str(caught.value)


def test_read_plans_names_a_wave_of_the_study_typed_as_a_number(project: Project) -> None:
    study = project.study_folder("tiny") / "study.yaml"
    study.write_text(study.read_text().replace('"02"', "2"))
    with pytest.raises(ConfigError, match=r"config/studies/tiny/study\.yaml, line 7: 2 is not text"):
        read_plans(project)


def test_choice_of_nothing_is_all_that_config_names(plans: dict[str, StudyPlan]) -> None:
    choice = choose(plans)
    assert (choice.targets, choice.config, choice.waves) == (["all"], [], {"tiny": ("02",)})


def test_choice_hands_words_on_as_lists_so_that_they_stay_text(plans: dict[str, StudyPlan]) -> None:
    choice = choose(plans, study="tiny", wave="01", language="nl", only=["deck", "figures"])
    assert choice == Choice("tiny", "01", "nl", ("deck", "store"), {"tiny": ("01",)})
    assert choice.targets == ["all_deck", "all_store"]
    assert choice.config == ['only_study=["tiny"]', 'only_wave=["01"]', 'only_lang=["nl"]']


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"study": "tinny"}, "unknown study 'tinny'; did you mean 'tiny'?; studies that exist: tiny"),
        ({"study": "draft"}, "study 'draft' is not under studies in config/config.yaml"),
        ({"study": "tiny", "wave": "03"}, "unknown wave '03' of study 'tiny'; waves that exist: 01, 02"),
        ({"study": "tiny", "language": "de"}, "languages that exist: en, nl"),
        ({"wave": "01"}, "--wave and --lang need a study; studies that exist: tiny"),
        (
            {"only": ["figurs"]},
            "unknown stage 'figurs'; did you mean 'figures'?; stages that exist: intake, ",
        ),
    ],
)
def test_choice_of_what_does_not_exist_says_what_does(
    plans: dict[str, StudyPlan], asked: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        choose(plans, **asked)
    assert said in str(caught.value)

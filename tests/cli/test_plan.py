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


def test_read_plans_of_everything_has_studies_that_config_leaves_out(project: Project) -> None:
    draft = project.study_folder("draft") / "study.yaml"
    draft.parent.mkdir()
    draft.write_text('study: draft\ntitle: Draft\nlanguages: [en]\nwaves:\n  - id: "01"\n')
    assert list(read_plans(project)) == ["tiny"]
    assert read_plans(project, everything=True)["draft"] == StudyPlan("draft", "Draft", ("01",), ("en",))


def test_read_plans_of_one_study_does_not_mind_the_errors_of_others(project: Project) -> None:
    broken = project.study_folder("broken") / "study.yaml"
    broken.parent.mkdir()
    broken.write_text("study: [\n")
    assert list(read_plans(project, study="tiny")) == ["tiny"]


def test_read_plans_of_an_unknown_study_says_which_there_are(project: Project) -> None:
    with pytest.raises(UsageError) as caught:
        read_plans(project, study="tinny")
    assert str(caught.value) == "unknown study 'tinny'; did you mean 'tiny'? Studies that exist: tiny"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            "studies:\n  tiny:\n    waves: [2017]\n",
            'config/config.yaml, line 3, studies.tiny.waves.1: waves are text: write "2017" in quotes',
        ),
        (
            "studies:\n  tniy:\n    waves: ['02']\n",
            "line 2: study 'tniy' has no config/studies/tniy/study.yaml",
        ),
        ("studies:\n  tniy:\n    waves: ['02']\n", "did you mean 'tiny'? Studies that exist: tiny"),
        (
            "studies:\n  tiny:\n    waves: ['02']\n    lang: [en]\n",
            "config/config.yaml, line 4, studies.tiny: unknown key 'lang'; did you mean 'languages'?",
        ),
        ("outputs: [deck]\n", "config/config.yaml, line 1: needs 'studies'"),
        ("studeis: {}\n", "line 1: unknown key 'studeis'; did you mean 'studies'? valid keys: studies"),
        ("[tiny]\n", "name the studies to build"),
        (
            "studies:\n  Tiny:\n    waves: ['02']\n",
            "line 2, studies.Tiny: 'Tiny' is not valid here: study names",
        ),
        (
            "studies:\n  tiny:\n    waves:\n      - '03'\n",
            "config/config.yaml, line 4: study 'tiny' has no wave '03'; it has 01, 02",
        ),
        (
            "studies:\n  tiny: {waves: ['02'], languages: [fr]}\n",
            "config/config.yaml, line 2: study 'tiny' has no language 'fr'; it has en, nl",
        ),
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
    choice = choose({"tiny": plans["tiny"]})
    assert (choice.targets, choice.config, choice.waves) == (["all"], [], {"tiny": ("02",)})


def test_choice_of_a_study_that_config_leaves_out_is_its_last_wave(plans: dict[str, StudyPlan]) -> None:
    assert choose(plans, study="draft").waves == {"draft": ("01",)}


def test_choice_hands_words_on_marked_as_text(plans: dict[str, StudyPlan]) -> None:
    choice = choose(plans, study="tiny", wave="01", language="nl", only=["deck", "figures"])
    assert choice == Choice("tiny", "01", "nl", ("deck", "store"), {"tiny": ("01",)})
    assert choice.targets == ["all_deck", "all_store"]
    assert choice.config == ["only_study=!!str tiny", "only_wave=!!str 01", "only_lang=!!str nl"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"study": "tiny", "wave": "03"}, "unknown wave '03' of study 'tiny'; waves that exist: 01, 02"),
        ({"study": "tiny", "language": "de"}, "languages that exist: en, nl"),
        ({"wave": "01"}, "--wave and --lang need a study; studies that exist: tiny"),
        (
            {"only": ["figurs"]},
            "unknown stage 'figurs'; did you mean 'figures'? Stages that exist: intake, ",
        ),
    ],
)
def test_choice_of_what_does_not_exist_says_what_does(
    plans: dict[str, StudyPlan], asked: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        choose(plans, **asked)
    assert said in str(caught.value)

from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.study.build_config import check_chosen, read_config, read_config_file
from wavedeck.study.errors import ConfigError

CONFIG = """\
# a plain run
studies:
  demo:
    waves: ["2017"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text(CONFIG)
    return tmp_path


def test_config_of_the_workflow_holds_what_was_asked(root: Path) -> None:
    choice = read_config({"studies": {"demo": {"waves": ["2017"]}}, "only_wave": 2015, "only_study": "Demo"})
    assert (choice.only_study, choice.only_wave, choice.only_lang) == ("Demo", "2015", "")
    assert choice.studies == read_config_file(root).studies


def test_config_asked_wrongly_names_the_setting() -> None:
    with pytest.raises(ConfigError) as caught:
        read_config({"studies": {}, "only_waves": "2017"})
    assert str(caught.value) == (
        "--config only_waves: unknown setting; did you mean 'only_wave'? "
        "Valid: only_study, only_wave, only_lang"
    )


def test_config_of_the_workflow_names_the_line_of_the_file(root: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config({"studies": {"demo": {"wave": ["2017"], "waves": ["2017"]}}}, root=root)
    assert str(caught.value) == (
        "config/config.yaml, line 3, studies.demo: unknown key 'wave'; did you mean 'waves'? "
        "valid keys: waves, languages, optional"
    )


def test_wave_that_does_not_exist_names_the_line(root: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        check_chosen("demo", "wave", ["2017"], known=["2013", "2015"], root=root)
    assert str(caught.value) == (
        "config/config.yaml, line 4: study 'demo' has no wave '2017'; it has 2013, 2015"
    )
    check_chosen("demo", "wave", ["2015"], known=["2013", "2015"], root=root)

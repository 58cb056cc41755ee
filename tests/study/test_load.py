from __future__ import annotations

import os
import shutil

import pytest

from wavedeck.study.errors import ConfigError
from wavedeck.study.load import check_names_differ, load_study, study_file
from wavedeck.study.sheet import codebook_to_xlsx


def test_load_study_reads_all_files(folder):
    study = folder.load()
    assert study.name == "demo"
    assert study.wave_names == ("2015", "2017")
    assert study.waves_until("2015") == ("2015",)
    assert study.raw_file("org", "2017") == "data/2017-org.csv"
    assert list(study.parts_in("2015")) == ["vis", "org"]


def test_load_study_optional_files_may_be_left_out(folder):
    for name in ("cleaning", "weighting"):
        (folder.path / f"{name}.yaml").unlink()
    assert folder.load().weighting.parts == {}


def test_load_study_missing_file(folder):
    (folder.path / "deck.yaml").unlink()
    assert folder.problem() == "config/studies/demo/deck.yaml: this file is missing"


def test_load_study_missing_folder_names_the_others(folder):
    with pytest.raises(ConfigError, match=r"no such study; did you mean 'demo'\? Studies here: demo"):
        load_study(folder.path.with_name("demos"))


def test_load_study_empty_file(folder):
    (folder.path / "groups.yaml").write_text("# nothing yet\n")
    assert (
        folder.problem()
        == "config/studies/demo/groups.yaml: the file is empty; write its settings or restore it"
    )


def test_load_study_malformed_yaml_names_the_line(folder):
    folder.edit("deck", "    kind: chart\n    part: vis", "    kind: chart\n     part: vis")
    assert folder.problem().startswith("config/studies/demo/deck.yaml, line 5: this is not valid YAML (")


def test_load_study_tells_errors_of_all_files_at_once(folder):
    folder.edit("deck", "kind: cover", "kind: covers").edit("study", "author:", "auteur:")
    (folder.path / "weighting.yaml").write_text("")
    files = [line.split(",")[0].split(":")[0].rsplit("/", 1)[-1] for line in folder.problems()]
    assert files == ["weighting.yaml", "study.yaml", "deck.yaml"]


def test_load_study_named_otherwise_than_its_folder(folder):
    folder.edit("study", "study: demo", "study: other")
    assert folder.problem().startswith(
        "config/studies/demo/study.yaml, line 1: study is named 'other' but stands in folder 'demo'"
    )


def test_check_names_differ_two_with_one_name(folder):
    twin = folder.path.with_name("twin")
    shutil.copytree(folder.path, twin)
    with pytest.raises(
        ConfigError, match=r"twin/study.yaml, line 1: study 'demo' is also in config/studies/demo/"
    ):
        check_names_differ([folder.path, twin])


def test_load_study_codebook_as_spreadsheet(folder):
    from_yaml = folder.load()
    codebook_to_xlsx(from_yaml.codebook, folder.path / "codebook.xlsx")
    (folder.path / "codebook.yaml").unlink()
    assert study_file(folder.path, "codebook").name == "codebook.xlsx"
    assert folder.load().codebook == from_yaml.codebook


def test_load_study_codebook_kept_twice(folder):
    codebook_to_xlsx(folder.load().codebook, folder.path / "codebook.xlsx")
    os.utime(folder.path / "codebook.yaml", (1, 1))
    assert "keep codebook.xlsx, which was changed last, and delete codebook.yaml" in folder.problem()


def test_fieldwork_of_each_part(folder):
    settings = folder.load().settings
    assert settings.fieldwork("2015", "org") == {"*": "mei 2015"}
    assert settings.fieldwork("2017", "org") == {"*": "juni 2017"}


def test_fieldwork_may_be_left_out(folder):
    folder.edit("study", ", fieldwork: mei 2015", "")
    assert folder.load().settings.fieldwork("2015", "vis") is None


def test_fieldwork_by_language(folder):
    folder.edit("study", "fieldwork: mei 2015", "fieldwork: {nl: mei 2015, en: May 2015}")
    assert folder.load().settings.fieldwork("2015", "vis") == {"nl": "mei 2015", "en": "May 2015"}

from __future__ import annotations

import pytest

from wavedeck.study.errors import ConfigError
from wavedeck.study.house import PROGRAM, house_file


def test_house_of_the_study_goes_before_that_of_the_program(folder, tmp_path):
    assert house_file(folder.load(), "style.yaml", root=tmp_path) == PROGRAM / "templates/house/style.yaml"
    own = tmp_path / "templates" / "house" / "style.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("")
    assert house_file(folder.load(), "style.yaml", root=tmp_path) == own


def test_missing_house_names_key_folder_and_those_that_exist(folder, tmp_path):
    folder.edit("study", "languages: [nl, en]", "languages: [nl, en]\nhouse: hous")
    with pytest.raises(ConfigError) as caught:
        house_file(folder.load(), "deck.pptx", root=tmp_path)
    assert str(caught.value) == (
        "config/studies/demo/study.yaml, line 5: house 'hous' has no deck.pptx, neither in "
        f"{tmp_path}/templates/hous/ nor among the program's own; put it there, or name another house; "
        "did you mean 'house'? Houses that exist: house"
    )

from __future__ import annotations

from wavedeck.study.codebook import Codebook
from wavedeck.study.plain import codebook_data, codebook_to_yaml


def test_codebook_data_leaves_out_what_says_nothing():
    variable = {
        "label": "A",
        "type": "open",
        "waves": None,
        "codes": {},
        "checked": ["1"],
        "by_wave": {"w": {}},
    }
    book = Codebook.model_validate({"variables": {"a": variable}})
    assert codebook_data(book) == {"variables": {"a": {"type": "open", "label": {"*": "A"}}}}


def test_codebook_data_keeps_what_is_empty_on_purpose():
    variable = {"label": "A", "type": "open", "waves": [], "by_wave": {"w": {"codes": {}}}}
    data = codebook_data(Codebook.model_validate({"variables": {"a": variable}}))
    assert data["variables"]["a"]["waves"] == []
    assert data["variables"]["a"]["by_wave"] == {"w": {"codes": {}}}


def test_codebook_to_yaml_is_readable(folder, tmp_path):
    codebook_to_yaml(folder.load().codebook, tmp_path / "codebook.yaml")
    text = (tmp_path / "codebook.yaml").read_text()
    assert '    type: rating\n    minimum: 1\n    maximum: 5\n    missing: {"9": dont_know}\n' in text
    assert "    categories: {m: Man, f: Woman}\n" in text
    assert "*" not in text


def test_codebook_to_yaml_is_the_same_each_time(folder, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        codebook_to_yaml(folder.load().codebook, tmp_path / name)
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()

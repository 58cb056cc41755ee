from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wavedeck.cli.look import look_over
from wavedeck.study.findings import Finding
from wavedeck.study.load import load_study
from workplace import Workplace, copy_study


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return copy_study(tmp_path)


def found(place: Workplace, **asked: Any) -> list[Finding]:
    study = load_study(place.folder / "config" / "studies" / "tiny")
    return look_over(study, place.folder, **asked)


def rules(place: Workplace, **asked: str) -> set[str]:
    return {finding.rule for finding in found(place, **asked)}


def test_look_at_one_wave_reads_its_raw_file_alone(place: Workplace) -> None:
    (place.folder / "data/raw/tiny/2024/responses.csv").unlink()
    assert "missing_file" not in rules(place, wave="2023")
    assert "missing_file" in rules(place, wave="2024")
    assert "missing_file" in rules(place)


def test_missing_text_stops_and_names_slide_and_line(place: Workplace) -> None:
    (place.folder / "templates/tiny/cover.en.j2").unlink()
    (finding,) = [finding for finding in found(place) if finding.rule == "template"]
    assert (finding.severity, finding.file, finding.row) == ("stop", "config/studies/tiny/deck.yaml", 2)
    assert finding.message.startswith("slide 'cover': ")
    assert "cover.en.j2 is missing" in finding.message


def test_missing_house_stops(place: Workplace) -> None:
    place.edit(place.study("study"), "title:", "house: nowhere\ntitle:")
    (finding,) = [finding for finding in found(place) if finding.rule == "house"]
    assert finding.severity == "stop"
    assert f"neither in {place.folder}/templates/nowhere/" in finding.message


def test_unknown_layout_stops(place: Workplace) -> None:
    place.edit(place.study("deck"), "kind: contents", "kind: contents, layout: kontents")
    (finding,) = [finding for finding in found(place) if finding.rule == "layout"]
    assert "has no layout 'kontents'; did you mean 'contents'?" in finding.message


def test_slide_left_out_is_a_note(place: Workplace) -> None:
    place.edit(place.study("deck"), "kind: contents", 'kind: contents, waves: ["2023"]')
    (finding,) = [finding for finding in found(place) if finding.rule == "slide_left_out"]
    assert finding.severity == "note"


def test_second_language_names_every_template_and_every_text_at_once(place: Workplace) -> None:
    place.edit(place.study("study"), "languages: [en]", "languages: [en, nl]")
    lacking = found(place)
    templates = [one for one in lacking if one.rule == "template"]
    texts = [one for one in lacking if one.rule == "language"]
    assert len(templates) == len(load_study(place.folder / "config/studies/tiny").deck.slides)
    assert all(".nl.j2 is missing" in one.message for one in templates)
    files = {"study", "codebook", "groups", "indicators", "impact", "deck"}
    assert {Path(one.file).stem for one in texts} >= files
    assert {one.severity for one in (*templates, *texts)} == {"stop"}


def test_second_language_that_is_not_built_stops_nothing(place: Workplace) -> None:
    place.edit(place.study("study"), "languages: [en]", "languages: [en, nl]")
    texts = [one for one in found(place, languages=["en"]) if one.rule == "language"]
    assert {one.severity for one in texts} == {"warning"}


def test_number_typed_in_a_template_stops_and_names_its_line(place: Workplace) -> None:
    (place.folder / "templates/tiny/overall.en.j2").write_text("# The library\n\n- In 12 months\n")
    (finding,) = [finding for finding in found(place) if finding.rule == "template"]
    assert "overall.en.j2, line 3: the number '12' is typed" in finding.message

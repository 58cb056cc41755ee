"""Which reports a build makes, and whether it makes them whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual import translate
from wavedeck.study.load import load_study
from wavedeck.study.plan import chosen_reports
from workplace import copy_study

WAVES = {"waves": ["2024"]}


@pytest.mark.parametrize(
    ("declared", "asked", "expected"),
    [
        ({}, {}, (("en", "nl"), True)),
        ({}, {"only_lang": "nl"}, (("nl",), False)),
        ({"languages": ["nl"]}, {"only_lang": "nl"}, (("nl",), True)),
        ({"languages": ["nl"]}, {"only_lang": "en"}, (("en",), False)),
    ],
)
def test_report_is_whole_in_every_language_that_config_wants(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    declared: dict[str, list[str]],
    asked: dict[str, str],
    expected: tuple[tuple[str, ...], bool],
) -> None:
    place = copy_study(tmp_path)
    translate(tmp_path / "config/studies/tiny", tmp_path / "templates/tiny")
    monkeypatch.chdir(place.folder)
    study = load_study(Path("config/studies/tiny"))
    config = {"studies": {"tiny": {**WAVES, **declared}}, **asked}
    (report,) = chosen_reports({"tiny": study}, config, tell=pytest.fail)
    assert (report.languages, report.whole) == expected

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wavedeck.study.errors import ConfigError
from wavedeck.study.findings import Finding
from wavedeck.study.languages import language_gaps
from wavedeck.study.load import load_study
from wavedeck.study.plan import chosen_reports

STUDY = """\
study: two
title: {nl: Het kantoor, en: The office}
author: Bureau Wit en Zwart
languages: [nl, en]
parts:
  guests:
    label: {"*": Website}
    id: number
    source: {file: "data/{wave}.csv", format: csv}
waves:
  - {id: "2015", published: "2015-06-01", fieldwork: {guests: {nl: mei, en: May}}}
  - {id: "2016", label: "2016", published: "2016-06-01", fieldwork: {nl: juni, en: June}}
constants: {pass_mark: "6", whole: 100%, office: IND}
"""
CODEBOOK = """\
variables:
  number: {label: {nl: Nummer, en: Number}, type: id}
  mark: {label: {nl: Cijfer, en: Mark}, type: rating, minimum: 1, maximum: 10}
  site:
    label: {nl: Plaats, en: Site}
    type: single
    categories: {north: {nl: Noord, en: North}, old: 45-54}
"""
GROUPS = "breakdowns: {site: {label: {nl: Plaats, en: Site}, variable: site}}\n"
INDICATORS = """\
indicators:
  mark: {label: {nl: Cijfer, en: Mark}, statistic: mean, variable: mark, note: {nl: Noot, en: Note}}
"""
DECK = """\
slides:
  - {id: cover, kind: cover, notes: {nl: Zeg dit, en: Say this}}
  - id: said
    kind: quotes
    quotes: [{text: Zij vertelden mij alles, group: site_north}]
"""
FILES = {"study": STUDY, "codebook": CODEBOOK, "groups": GROUPS, "indicators": INDICATORS, "deck": DECK}


def gaps(folder: Path, *, file: str = "", old: str = "", new: str = "") -> list[Finding]:
    own = folder / "two"
    own.mkdir(exist_ok=True)
    for name, text in FILES.items():
        assert name != file or old in text
        (own / f"{name}.yaml").write_text(text.replace(old, new, 1) if name == file else text)
    load_study(own)
    return list(language_gaps(own, ["nl", "en"]))


def test_study_with_every_text_in_both_languages_has_no_gap(tmp_path: Path) -> None:
    assert gaps(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("study", '{"*": Website}', "Gasten", "parts.guests.label"),
        ("study", "title: {nl: Het kantoor, en: The office}", "title: Het kantoor", "title"),
        ("study", "guests: {nl: mei, en: May}", "guests: mei", "fieldwork.guests"),
        ("study", 'label: "2016"', "label: meting twee", "waves.2 (wave '2016').label"),
        ("study", "100%", '"35,5%"', "constants.whole"),
        ("codebook", "{nl: Noord, en: North}", "Noord", "variables.site.categories.north"),
        ("codebook", "type: rating", "question: Welk cijfer?, type: rating", "variables.mark.question"),
        ("groups", "{nl: Plaats, en: Site}", "Plaats", "breakdowns.site.label"),
        ("indicators", "{nl: Noot, en: Note}", "Noot", "indicators.mark.note"),
        ("deck", "{nl: Zeg dit, en: Say this}", "Zeg dit", "slides.1 (slide 'cover').notes"),
    ],
)
def test_plain_text_is_a_gap_with_file_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    (gap,) = gaps(tmp_path, file=file, old=old, new=new)
    text = FILES[file]
    assert Path(gap.file).name == f"{file}.yaml"
    assert gap.row == text[: text.index(old)].count("\n") + 1
    assert re.search(
        rf"{re.escape(key)}: '.*' would stand in every language; write {{nl: …, en: …}}", gap.message
    )


def test_text_that_is_the_same_in_both_is_not_translated(tmp_path: Path) -> None:
    (gap,) = gaps(
        tmp_path,
        file="deck",
        old="{nl: Zeg dit, en: Say this}",
        new="{nl: Zeg dit hardop, en: Zeg dit hardop}",
    )
    assert "'Zeg dit hardop' is the same in nl and en; translate it" in gap.message


@pytest.mark.parametrize("text", ["Internet", "Noord"])
def test_short_text_that_is_the_same_in_both_is_not_translated(tmp_path: Path, text: str) -> None:
    (gap,) = gaps(tmp_path, file="codebook", old="nl: Noord, en: North", new=f"nl: {text}, en: {text}")
    assert f"categories.north: '{text}' is the same in nl and en" in gap.message


@pytest.mark.parametrize("text", ['{"*": Internet}', "{nl: IND, en: IND}", '{nl: "%", en: "%"}'])
def test_name_abbreviation_or_sign_may_be_the_same_in_both(tmp_path: Path, text: str) -> None:
    assert gaps(tmp_path, file="codebook", old="{nl: Noord, en: North}", new=text) == []


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("Zeg dit niet tegen de klant", "stands under en and has 'dit' in it; translate it"),
        ("Het loket", "stands under en and has 'het' in it; translate it"),
    ],
)
def test_dutch_under_english_is_found_though_the_dutch_says_something_else(
    tmp_path: Path, english: str, told: str
) -> None:
    (gap,) = gaps(tmp_path, file="deck", old="en: Say this", new=f"en: {english}")
    assert "slides.1 (slide 'cover').notes" in gap.message
    assert told in gap.message


def test_name_in_another_language_within_a_sentence_is_no_gap(tmp_path: Path) -> None:
    assert gaps(tmp_path, file="deck", old="en: Say this", new="en: The Code de la Route and this") == []


def test_study_in_one_language_has_no_gaps(tmp_path: Path) -> None:
    gaps(tmp_path)
    assert list(language_gaps(tmp_path / "two", ["nl"])) == []


def test_report_in_another_language_is_refused_while_words_lack_it(tmp_path: Path) -> None:
    gaps(tmp_path, file="codebook", old="{nl: Noord, en: North}", new="Noord")
    study = load_study(tmp_path / "two")
    config = {"studies": {"two": {"waves": ["2016"], "languages": ["nl", "en"]}}}
    with pytest.raises(
        ConfigError, match=r"codebook.yaml:7: variables.site.categories.north: 'Noord' would stand"
    ):
        chosen_reports({"two": study}, config, tell=print)
    with pytest.raises(ConfigError, match=r"raw file data/2015.csv .* is not there"):
        chosen_reports({"two": study}, {**config, "only_lang": "nl"}, tell=print)

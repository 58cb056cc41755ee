"""Studies in several languages: every report says the same, each in its own words."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from finished_deck import read_deck
from wavedeck.audit.ledger import Print, read_ledger
from wavedeck.cli.look import language_findings
from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.checks.texts import texts_in
from wavedeck.study.errors import WavedeckError
from wavedeck.study.foreign import foreign_words
from wavedeck.study.load import Study, load_study, read_study_files
from wavedeck.study.plan import chosen_reports
from workplace import ROOT

EVERY = sorted(path.parent.name for path in (ROOT / "config/studies").glob("*/study.yaml"))
_ADDRESS = re.compile(r"'([\w@.*]*/[\w@.*/]*)'")
_CLAIM = re.compile(r"\{%-?\s*claim\s+(.*?)\s*-?%\}")
_THOUSANDS = re.compile(r"[.,](?=\d{3}\b)")
_NUMBER = re.compile(r"[+−-]?\d[\d.,]*%?")


@cache
def own(name: str) -> Study:
    return load_study(ROOT / "config/studies" / name)


PAIRS = [
    (name, language) for name in EVERY for language in own(name).settings.languages[1:]
]  # study, and each language beside its main one


def test_there_is_a_study_in_two_languages() -> None:
    assert PAIRS


@pytest.mark.parametrize("name", sorted({name for name, _ in PAIRS}))
def test_no_label_and_no_sentence_is_left_in_another_language(name: str) -> None:
    assert [str(finding) for finding in language_findings(own(name), ROOT)] == []


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_template_asks_for_the_same_figures_and_claims(name: str, language: str) -> None:
    folder, main = ROOT / "templates" / name, own(name).settings.languages[0]
    pairs = [(path, _beside(path, main, language)) for path in sorted(folder.glob(f"*.{main}.j2"))]
    assert [other.name for path, other in pairs if not other.is_file()] == []
    assert [other.name for path, other in pairs if _asked(path) != _asked(other)] == []


def _beside(path: Path, main: str, language: str) -> Path:
    return path.with_name(f"{path.name.removesuffix(f'{main}.j2')}{language}.j2")


def _asked(path: Path) -> tuple[set[str], list[str]]:
    text = path.read_text(encoding="utf-8")
    return set(_ADDRESS.findall(text)), _CLAIM.findall(text)


@pytest.fixture
def planted(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that copies the files of a study, to plant something in them."""

    def copied(name: str) -> Path:
        for part in ("config/studies", "templates"):
            shutil.copytree(ROOT / part / name, tmp_path / part / name)
        return tmp_path

    return copied


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_every_label_that_lost_its_translation_is_found(
    name: str, language: str, planted: Callable[[str], Path]
) -> None:
    folder, main = planted(name), own(name).settings.languages[0]
    put = dict(_untranslated(folder / "config/studies" / name, main, language))
    assert len(put) > 100
    found = [
        str(finding) for finding in language_findings(load_study(folder / "config/studies" / name), folder)
    ]
    assert [place for place, text in put.items() if not any(text[:30] in told for told in found)] == []


def _untranslated(folder: Path, main: str, language: str) -> Iterator[tuple[str, str]]:
    """Put each text of the main language under the other one too; yield where, and the text."""
    for name, file, model in read_study_files(folder):
        for path, text in texts_in(model):
            given = _at(file.data, path)
            if (
                isinstance(given, dict)
                and {main, language} <= set(given)
                and re.search(r"[a-z]{2}", text[main])
            ):
                given[language] = given[main]
                yield f"{name}: {path}", text[main]
        if file.data:
            (folder / f"{name}.yaml").write_text(
                yaml.safe_dump(file.data, allow_unicode=True, sort_keys=False)
            )


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key] if _has(data, key) else None
    return data


def _has(data: Any, key: str | int) -> bool:
    return key in data if isinstance(data, dict) else isinstance(data, list) and int(key) < len(data)


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_every_sentence_that_lost_its_translation_is_found(
    name: str, language: str, planted: Callable[[str], Path]
) -> None:
    folder, main = planted(name), own(name).settings.languages[0]
    texts = {
        path: other
        for path in sorted((folder / "templates" / name).glob(f"*.{main}.j2"))
        if _words(path) >= 6 and (other := _beside(path, main, language))
    }
    for path, other in texts.items():
        other.write_text(path.read_text(encoding="utf-8").replace(f".{main}.j2", f".{language}.j2"))
    found = {Path(finding.file).name for finding in language_findings(own(name), folder)}
    assert len(texts) > 30
    assert {other.name for other in texts.values()} - found == set()


def _words(path: Path) -> int:
    """Count words of the longest line, without tags."""
    lines = re.sub(r"\{[%{#].*?[#%}]\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines()
    return max((len(re.findall(r"[^\W\d_]{2,}", line)) for line in lines), default=0)


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_report_is_refused_while_a_label_is_left(
    name: str, language: str, planted: Callable[[str], Path]
) -> None:
    folder, main = planted(name), own(name).settings.languages[0]
    path = folder / "config/studies" / name / "indicators.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    label = next(iter(data["indicators"].values()))["label"]
    label[language] = label[main]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    study = load_study(path.parent)
    config = {"studies": {name: {"waves": [study.wave_names[-1]]}}, "only_lang": language}
    with pytest.raises(WavedeckError, match="is the same in"):
        chosen_reports({name: study}, config, tell=print)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_every_slide_prints_the_same_figures(
    name: str, language: str, build_study: Callable[[str], Path]
) -> None:
    study = own(name)
    folder = build_study(name) / "reports" / name / study.wave_names[-1]
    here, there = (read_ledger(folder / file) for file in ("ledger.csv", f"ledger.{language}.csv"))
    assert differing(here, there, study.settings.languages[0], language) == []
    decks = [read_deck(folder / file) for file in ("deck.pptx", f"deck.{language}.pptx")]
    forms = [[(slide.layout, slide.forms, slide.tables) for slide in deck] for deck in decks]
    assert forms[0] == forms[1]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_finished_report_shows_no_text_of_another_language(
    name: str, language: str, build_study: Callable[[str], Path]
) -> None:
    study, languages = own(name), own(name).settings.languages
    deck = read_deck(build_study(name) / "reports" / name / study.wave_names[-1] / f"deck.{language}.pptx")
    elsewhere = _words_of(study, set(languages) - {language}) - _words_of(study, {language, ANY_LANGUAGE})
    shown = {text for slide in deck for text in slide.texts}
    assert len(shown) > 200
    assert {text for text in shown if text.strip().casefold() in elsewhere} == set()
    assert {text for text in shown if foreign_words(text, language, languages)} == set()


def _words_of(study: Study, languages: set[str]) -> set[str]:
    """Return every text of a study's files in some languages."""
    every = (text for _, _, model in read_study_files(study.folder) for _, text in texts_in(model))
    return {text[language].casefold() for text in every for language in languages & set(text)}


def differing(here: tuple[Print, ...], there: tuple[Print, ...], main: str, language: str) -> list[str]:
    """Return what one of two ledgers prints more often, or as another number."""
    counted = [Counter(_plain(here)), Counter(_plain(there))]
    more, less = counted[0] - counted[1], counted[1] - counted[0]
    return [f"{main} only: {one}" for one in more] + [f"{language} only: {one}" for one in less]


def _plain(prints: tuple[Print, ...]) -> Iterator[tuple[str, str, str, str]]:
    for one in prints:
        if not one.address or (one.address.startswith("study/") and one.field != "constant"):
            continue  # drawings, words, and numbers of chapters and pages
        number = one.printed if _NUMBER.fullmatch(one.printed) else ""
        yield one.slide, one.address, one.field, _THOUSANDS.sub("", number).replace(",", ".")

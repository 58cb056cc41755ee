"""A deck in a second language holds no word of the first, found by the keys of the study's texts."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

import bilingual
import tiny_study
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.report import write_deck
from wavedeck.study.checks.texts import texts_in
from wavedeck.study.languages import language_gaps
from wavedeck.study.load import load_study, read_study_files

SHORTEST = 4
# Words of the deck's own templates, where these are cut by a figure.
OF_TEMPLATES = ("Visitors", "visitors", "Net Promoter Score")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study in two languages."""
    folder = Path(shutil.copytree(tiny_study.ROOT, tmp_path_factory.mktemp("two") / "tiny"))
    bilingual.translate(folder / "config/studies/tiny", folder / "templates/tiny")
    return folder


def printed(home: Path, folder: Path) -> list[str]:
    study = load_study(home / "config/studies/tiny")
    context = Context(study, "2024", "nl", tiny_study.store(), tiny_study.style(), home / "templates/tiny")
    write_deck(context, tiny_study.HOUSE / "deck.pptx", folder / "deck.pptx")
    with zipfile.ZipFile(folder / "deck.pptx") as deck:
        names = [
            name for name in deck.namelist() if re.search(r"(slides|notesSlides|charts)/[^/]+\.xml$", name)
        ]
        text = "".join(deck.read(name).decode("utf-8") for name in names)
    return re.findall(r"<(?:a:t|c:v)>([^<]*)</", text) + re.findall(r'descr="([^"]*)"', text)


def left(texts: list[str], words: set[str]) -> list[str]:
    """Return the words that stand somewhere without having been translated."""
    found = []
    for text in texts:
        bare = text
        for word in sorted(words, key=len, reverse=True):
            for mark in (bilingual.MARK, bilingual.MARK.capitalize()):
                bare = bare.replace(mark + word, "")
        found += [f"{word}: {text}" for word in words if word in bare and word not in OF_TEMPLATES]
    return found


def english(home: Path) -> set[str]:
    every = (texts_in(model) for _, _, model in read_study_files(home / "config/studies/tiny"))
    texts = {text["en"] for found in every for _, text in found if {"en", "nl"} <= set(text)}
    return {text for text in texts if len(text) >= SHORTEST}


def test_translated_study_has_no_gaps(home: Path) -> None:
    assert list(language_gaps(home / "config/studies/tiny", ["en", "nl"])) == []


def test_no_text_of_the_study_is_left_in_the_other_language(home: Path, tmp_path: Path) -> None:
    texts, words = printed(home, tmp_path), english(home)
    assert len(words) > 60
    assert any(bilingual.MARK in text for text in texts)
    assert left(texts, words) == []


def test_text_that_was_left_would_be_seen(home: Path) -> None:
    assert left([f"{bilingual.MARK}Opening hours", "Opening hours"], english(home)) == [
        "Opening hours: Opening hours"
    ]

"""Every word that the pages say exists in each language, and none is left over."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from wavedeck.audit.recompute.compare import DIFFERS, LEFT_OUT, SAME, UNEXPLAINED
from wavedeck.audit.recompute.followers import ROUTE
from wavedeck.audit.recompute.reasons import REASONS
from wavedeck.audit.recompute.stage import IMPACT_ROUTE, SQL_ROUTE
from wavedeck.audit.verify.result import KINDS
from wavedeck.figures.impact_card import METHODS
from wavedeck.impact.selection import REASONS as LEFT_OUT_REASONS
from wavedeck.pages.files import STATIC, TEMPLATES, WORDS, sentences_in, words_in
from wavedeck.study.impact_indicators import Statistic
from wavedeck.study.weights import PartWeighting

FAMILIES = (
    *("place_", "field_", "state_", "word_", "about_", "against_", "by_", "short_", "key_", "stat_"),
    *("account_", "action_", "method_", "rule_", "side_", "unit_"),
)


def _words(language: str) -> dict[str, str]:
    return dict(json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8")))


def _code() -> str:
    scripts = [path.read_text(encoding="utf-8") for path in sorted((STATIC / "app").glob("*.js"))]
    return "\n".join([*scripts, (TEMPLATES / "index.html.j2").read_text(encoding="utf-8")])


def test_languages_have_the_same_words_with_the_same_blanks() -> None:
    english, dutch = _words("en"), _words("nl")
    assert list(english) == list(dutch) == sorted(english)
    blanks = {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in english.items()}
    assert blanks == {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in dutch.items()}


def test_every_word_that_is_said_exists() -> None:
    said = set(re.findall(r"W\.say\(\s*\"([a-z_]+)\"", _code())) | set(
        re.findall(r"\bsay\.([a-z_]+)", _code())
    )
    assert len(said) > 100
    assert said - set(_words("en")) == set()


def test_no_word_is_left_over() -> None:
    code = _code()
    left = [name for name in _words("en") if not re.search(rf"\b{name}\b", code)]
    assert [name for name in left if not name.startswith(FAMILIES)] == []


@pytest.mark.parametrize(("language", "word"), [("nl", "Dia's"), ("en", "Slides"), ("fr", "Slides")])
def test_other_languages_fall_back_to_english(language: str, word: str) -> None:
    assert words_in(language)["slides"] == word


def test_sentences_of_other_stages_have_dutch_words() -> None:
    said = {SAME, DIFFERS, LEFT_OUT, UNEXPLAINED, ROUTE, SQL_ROUTE, IMPACT_ROUTE}
    said |= (
        {one.why for one in REASONS} | set(METHODS) | set(METHODS.values()) | set(LEFT_OUT_REASONS.values())
    )
    assert said - {""} - set(sentences_in("nl")) == set()
    assert sentences_in("en") == sentences_in("fr") == {}


def test_kinds_that_other_stages_tell_apart_have_words() -> None:
    methods = get_args(PartWeighting.model_fields["method"].annotation)
    said = {f"stat_{one}" for one in get_args(Statistic)} | {f"account_{one}" for one in KINDS}
    assert (said | {f"method_{one}" for one in methods}) - set(_words("en")) == set()

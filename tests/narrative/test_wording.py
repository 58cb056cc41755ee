from __future__ import annotations

import re

import pytest

from wavedeck.narrative.wording import wording
from wavedeck.study.errors import ConfigError


def test_every_language_says_the_same_things() -> None:
    english, dutch = wording("en"), wording("nl")
    assert set(english) == set(dutch)
    for name, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", dutch[name])), name


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigError, match="no wording for language 'fr' yet; known are en, nl"):
        wording("fr")

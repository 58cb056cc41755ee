from __future__ import annotations

import pytest
from pydantic import ValidationError

from wavedeck.study.base import text_in
from wavedeck.study.errors import did_you_mean
from wavedeck.study.paths import shown
from wavedeck.study.settings import Breakdown, Group, PartWeighting, StudySettings, Weighting


def test_text_in_a_language_or_for_all():
    assert text_in({"*": "All", "nl": "Alle"}, "nl") == "Alle"
    assert text_in({"*": "All", "nl": "Alle"}, "en") == "All"


def test_did_you_mean_says_nothing_without_a_likeness():
    assert did_you_mean("zzz", ["overall", "safety"]) == ""


def test_shown_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "data" / "a.csv") == "data/a.csv"
    assert shown(tmp_path.parent / "a.csv") == (tmp_path.parent / "a.csv").as_posix()


@pytest.mark.parametrize("given", [{}, {"where": {"a": "b"}, "union": ["c"]}])
def test_group_has_exactly_one_definition(given):
    with pytest.raises(ValidationError, match="exactly one of where, union, ids"):
        Group.model_validate({"label": "G", **given})


@pytest.mark.parametrize("given", [{}, {"groups": ["a"], "variable": "b"}])
def test_breakdown_has_exactly_one_definition(given):
    with pytest.raises(ValidationError, match="exactly one of groups, variable"):
        Breakdown.model_validate({"label": "B", **given})


@pytest.mark.parametrize(("method", "key"), [("given", "variable"), ("cell", "cells"), ("rake", "margins")])
def test_weighting_method_needs_its_key(method, key):
    with pytest.raises(ValidationError, match=f"method '{method}' needs '{key}'"):
        PartWeighting.model_validate({"method": method})


def test_weighting_target_below_zero():
    cells = {"a": {"group": "a", "target": -1}}
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Weighting.model_validate({"parts": {"p": {"method": "cell", "cells": cells}}})


def test_settings_refuse_a_wave_that_stands_twice(folder):
    plain = folder.load().settings.model_dump()
    plain["waves"] = [plain["waves"][0], plain["waves"][0]]
    with pytest.raises(ValidationError, match="id '2015' stands twice under waves"):
        StudySettings.model_validate(plain)

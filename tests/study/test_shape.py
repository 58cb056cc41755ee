from __future__ import annotations

from wavedeck.study.deck import ChartSpec, DeckSpec
from wavedeck.study.indicators import Indicators, MeanIndicator
from wavedeck.study.settings import StudySettings
from wavedeck.study.shape import is_local_text, literals, locate


def test_locate_leaves_out_the_tag_of_a_slide():
    spot = locate(DeckSpec, ("slides", 0, "chart", "chart", "kind"))
    assert spot.path == ("slides", 0, "chart", "kind")
    assert spot.owner is ChartSpec
    assert literals(spot.annotation) == ("bars", "panels", "stacked", "columns", "lines", "nps")


def test_locate_leaves_out_the_form_of_a_union():
    spot = locate(DeckSpec, ("slides", 0, "chart", "chart", "waves", "list[union[str,int]]", 1))
    assert spot.path == ("slides", 0, "chart", "waves", 1)
    assert spot.union_path == ("slides", 0, "chart", "waves")


def test_locate_knows_the_owner_of_an_unknown_key():
    spot = locate(Indicators, ("indicators", "mark", "mean", "variabl"))
    assert spot.owner is MeanIndicator
    assert spot.annotation is None


def test_is_local_text_optional_or_not():
    assert is_local_text(locate(StudySettings, ("title",)).annotation)
    assert is_local_text(locate(StudySettings, ("subtitle",)).annotation)
    assert not is_local_text(locate(StudySettings, ("decimals",)).annotation)

from __future__ import annotations

import pytest

from wavedeck.study.conditions import IsOneOf
from wavedeck.study.errors import ConfigError


@pytest.fixture
def book(folder):
    return folder.load().group_book


def test_expand_spells_out_breakdowns_once(book):
    assert book.expand(["all", "sites", "north"], "vis") == ("all", "north", "south")


def test_expand_crosses_breakdowns(book):
    crossed = ("gender_m*north", "gender_m*south", "gender_f*north", "gender_f*south")
    assert book.expand(["gender*sites"], "vis") == crossed


def test_expand_leaves_out_groups_of_other_parts(book):
    assert book.expand(["all", "only_vis", "only_vis*north"], "org") == ("all",)


def test_expand_unknown_group(book):
    with pytest.raises(ConfigError, match="unknown group 'nort'; did you mean 'north'"):
        book.expand(["nort"], "vis")


def test_names_are_all_simple_groups_of_a_part(book):
    made = ("gender_m", "gender_f", "mood_high", "mood_low")
    assert book.names("org") == ("all", "north", "south", "women_north", "anywhere", *made)
    assert "only_vis" in book.names("vis")


def test_label_of_every_kind_of_group(book):
    assert book.label("all", "nl") == "Totaal"
    assert book.label("all", "en") == "Total"
    assert book.label("north", "nl") == "Noord"
    assert book.label("north", "nl", long=True) == "The north"
    assert book.label("mood_high", "nl") == "High"
    assert book.label("gender_f*south", "en") == "Woman, South"


def test_definition_of_every_kind_of_group(book):
    assert book.definition("all").condition is None
    assert book.definition("gender_f").condition == IsOneOf("sex", ("f",))
    assert book.definition("anywhere").union == ("north", "south")
    assert book.definition("women_north").within == ("north",)
    assert book.definition("north*only_vis").within == ("north", "only_vis")
    assert book.definition("north*only_vis").parts == ("vis",)


def test_all_label_can_be_declared(folder):
    (folder.path / "groups.yaml").write_text("all_label: {nl: Iedereen, en: Everyone}\n" + _groups(folder))
    assert folder.load().group_book.label("all", "en") == "Everyone"


def _groups(folder):
    return (folder.path / "groups.yaml").read_text()

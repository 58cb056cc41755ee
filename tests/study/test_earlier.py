from __future__ import annotations

from wavedeck.study.earlier import EarlierQuestion
from wavedeck.study.handover import IntakeSettings, intake_settings


def test_earlier_questions_are_those_that_a_wave_no_longer_asks(folder):
    study = folder.edit(
        "codebook", 'food: {label: Food, waves: ["2017"]}', 'food: {label: Food, waves: ["2015"]}'
    )
    limited = EarlierQuestion(name="service@food", waves=["2015"])
    assert study.load().earlier("vis", "2017") == {"service@food": limited}
    assert study.load().earlier("vis", "2015") == {}


def test_earlier_questions_leave_out_waves_without_the_part(folder):
    folder.edit("codebook", 'food: {label: Food, waves: ["2017"]}', 'food: {label: Food, waves: ["2015"]}')
    folder.edit("study", "    label: Organisations", '    label: Organisations\n    waves: ["2017"]')
    assert folder.load().earlier("org", "2017") == {}


def test_intake_is_told_of_earlier_questions(folder):
    folder.edit("codebook", 'food: {label: Food, waves: ["2017"]}', 'food: {label: Food, waves: ["2015"]}')
    handed = IntakeSettings.model_validate(intake_settings(folder.load(), "vis", "2017"))
    assert handed.earlier["service@food"].waves == ["2015"]

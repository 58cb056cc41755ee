from __future__ import annotations

from audit.cards.as_written import Written
from tiny_study import ROOT, study
from wavedeck.narrative.labels import Labels


def test_every_card_finds_its_names(public: Written) -> None:
    shared, labels = public.shared, Labels(study(), "en")
    for card in public.cards.values():
        indicator, item, category = card["indicator"], card["item"], card["category"]
        assert shared["indicators"][indicator]["label"] == labels.indicator(indicator)
        assert shared["groups"][card["group"]]["label"] == labels.group(card["group"])
        assert card["part"] in shared["parts"]
        assert card["wave"] in shared["waves"]
        assert card["state"] in shared["states"]
        if item:
            assert shared["items"][f"{indicator}@{item}"] == labels.item(indicator, item)
        if category:
            assert shared["categories"][f"{indicator}.{category}"] == labels.category(indicator, category)


def test_states_name_the_thresholds_of_the_study(public: Written) -> None:
    assert "fewer than 5 answers" in public.shared["states"]["suppressed"]
    assert "someone could be recognised" in public.shared["states"]["suppressed"]
    assert "fewer than 12 answers" in public.shared["states"]["low_base"]


def test_tests_say_level_correction_and_family(public: Written) -> None:
    tests = public.shared["tests"]
    assert (tests["level"], tests["correction"]) == (0.05, "holm")
    assert tests["correction_text"] == "Holm's correction for the number of tests"
    assert "one indicator" in tests["family"]


def test_declarations_are_found_by_file_and_line(public: Written) -> None:
    for name, key in (("overall", "overall"), ("drivers_importance", "drivers")):
        file, _, line = public.shared["indicators"][name]["place"].partition(", line ")
        text = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert text.strip() == f"{key}:"

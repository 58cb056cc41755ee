"""Where every rise is a fall, or nothing differs, no text says otherwise."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import mirror
import tiny_study
from mirror import Report
from wavedeck.figures.store import FigureStore, make_store

ALL = "visitors/overall/all"
FOLLOWS = """
{% claim 'rises' if rises('visitors/overall/all') %}
# The mark rises
{% otherwise %}
# {{ 'The mark falls' if falls('visitors/overall/all') else 'The mark does not rise or fall' }}
{% endclaim %}
{% claim 'south' if below_rest('visitors/overall/branch_south') %}
- South gives a lower mark than the others.
{% endclaim %}
"""
FIXED = "# The mark {{ fig('visitors/overall/all') }} rises\n"


def rising() -> FigureStore:
    """Return the store of the tiny study, in which the mark of all has risen."""
    store = tiny_study.store()
    items = [
        replace(item, mark="+") if (item.address, item.kind) == (f"{ALL}/2024", "previous") else item
        for item in store.comparisons.values()
    ]
    return make_store(store, items)


STORES = {
    "as it is": rising,
    "mirrored": lambda: mirror.mirrored(rising(), tiny_study.study(), "2024"),
    "level": lambda: mirror.level(rising(), tiny_study.study(), "2024"),
}


def report(folder: Path, store: FigureStore, text: str) -> Report:
    templates = Path(shutil.copytree(tiny_study.TEMPLATES, folder / "tiny"))
    (templates / "overall.en.j2").write_text(text)
    return Report(tiny_study.study(), store, "2024", "en", templates)


def test_mirror_turns_marks_and_swaps_figures() -> None:
    before, after = rising(), STORES["mirrored"]()
    assert after.comparisons[f"{ALL}/2024", "previous"].mark == "-"
    assert after[f"{ALL}/2024"].estimate == before[f"{ALL}/2023"].estimate
    assert mirror.mirrored(after, tiny_study.study(), "2024")[f"{ALL}/2024"] == before[f"{ALL}/2024"]


def test_level_store_has_no_mark_and_one_value() -> None:
    store = STORES["level"]()
    assert {item.mark for item in store.comparisons.values()} == {"none", ""}
    assert store[f"{ALL}/2024"].estimate == store[f"{ALL}/2023"].estimate


@pytest.mark.parametrize("name", STORES)
def test_text_that_follows_its_figures_is_true_of_every_store(name: str, tmp_path: Path) -> None:
    assert report(tmp_path, STORES[name](), FOLLOWS).untrue() == []


@pytest.mark.parametrize(("name", "caught"), [("as it is", False), ("mirrored", True), ("level", True)])
def test_sentence_that_does_not_follow_is_caught(name: str, tmp_path: Path, *, caught: bool) -> None:
    found = report(tmp_path, STORES[name](), FIXED).untrue()
    assert bool(found) is caught
    assert not caught or found[0].startswith("overall: The mark 7.")


def test_denied_words_say_nothing(tmp_path: Path) -> None:
    text = "# The mark does not rise\n- No group gives a lower mark.\n"
    assert report(tmp_path, STORES["level"](), text).untrue() == []

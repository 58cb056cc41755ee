"""Nothing that is hidden stands in a public card, and nothing about a single respondent."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import tiny_study
from audit.cards.as_written import Written, written
from built_study import write_stores
from wavedeck.audit.cards.internal import internal_cards
from wavedeck.audit.cards.public import public_cards
from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.recipe import store_settings
from wavedeck.figures.records import COMPARISON_VALUES, VALUE_COLUMNS, Figure
from wavedeck.study.load import Study
from wavedeck.study.settings import Disclosure, Reliability, Suppression

WAVE = "2024"
TIMES, MORE = 1000, 137
#: Half a unit of the last digit, and what computers leave behind it.
HALF = 0.5 + 1e-6
INSIDE = ("rows", "driver", "label", "evidence")


def test_nothing_but_the_publishable_store_and_words_is_read(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(built, folder)
    made = written(public_cards(built, tiny_study.study(), WAVE))
    for path in (folder / "data").rglob("*"):
        if path.is_file() and path.name not in (
            *("figures.parquet", "comparisons.parquet", "certificate.json", "impact.json"),
        ):
            path.unlink()
    assert written(public_cards(folder, tiny_study.study(), WAVE)) == made


def test_every_figure_of_the_store_has_a_card(public: Written, internal: Written) -> None:
    assert list(public.cards) == list(internal.cards)
    assert {one["state"] for one in public.cards.values()} >= {"shown", "low_base", "suppressed", "not_asked"}


def test_no_respondent_is_in_public_cards(public: Written, internal: Written) -> None:
    assert not public.blocks
    assert "evidence" not in public.shared
    for card in public.cards.values():
        assert not set(INSIDE) & set(card)
    ids = internal.blocks["visitors/2024"]["ids"]
    assert not [one for one in ids if one in public.text]


def test_public_card_says_no_more_than_the_internal_one(public: Written, internal: Written) -> None:
    for address, card in public.cards.items():
        other = internal.cards[address]
        if card["state"] == "suppressed":
            assert not {"values", "rounded", "printed"} & set(card), address
            assert "filled" not in card["formula"]
        else:
            assert card["formula"].items() <= other["formula"].items(), address
            for name, value in card.get("values", {}).items():
                assert abs(value - other["values"][name]) <= HALF * 10.0 ** -_decimals(name, card), address


def _decimals(name: str, card: dict[str, Any]) -> int:
    """Return how many decimals a number may have in public under a rule of disclosure."""
    return {"base": 0, "degf": 0, "weighted_base": 0, "se": card["decimals"] + 1}.get(name, card["decimals"])


def test_numbers_have_no_more_digits_than_are_printed(public: Written) -> None:
    said = [
        (name, value, _decimals(name, card))
        for card in public.cards.values()
        for name, value in card.get("values", {}).items()
    ]
    assert len(said) > 1000
    assert [one for one in said if round(one[1], one[2]) != one[1]] == []
    filled = {card["statistic"] for card in public.cards.values() if "filled" in card["formula"]}
    assert filled <= {"count", "gross", "benchmark"}


def test_hidden_range_does_not_name_its_ends(public: Written) -> None:
    for card in public.cards.values():
        if card["statistic"] == "range" and card["state"] not in ("shown", "low_base"):
            assert "rests_on" not in card


def test_links_lead_to_cards(public: Written) -> None:
    linked = 0
    for card in public.cards.values():
        against = [one["against"] for one in card.get("tests", ()) if one["against"]]
        for address in (*card.get("rests_on", ()), *against):
            assert address in public.cards
            linked += 1
        for key, names in (("weightings", [card.get("weighting")]), ("questions", card.get("questions", ()))):
            assert all(name in public.shared[key] for name in names if name)
    assert linked > 50


@pytest.fixture(scope="session")
def strict() -> Study:
    """Return the tiny study with thresholds that large made-up bases can stay under."""
    own = tiny_study.study()
    rules = Suppression(
        reliability=Reliability(minimum=25_000, low_base=30_000), disclosure=Disclosure(minimum=19_000)
    )
    return replace(own, settings=own.settings.model_copy(update={"suppression": rules}))


@pytest.fixture(scope="session")
def planted(strict: Study) -> Stores:
    """Return stores in which bases are so large that none occurs by chance."""
    made = [tiny_study.estimates(name) for name in strict.waves_until(WAVE)]
    figures = [_enlarged(one) for own in made for one in own.figures]
    rest = [one for own in made for one in own.comparisons]
    return assemble(figures, rest, store_settings(strict, WAVE))


def _enlarged(figure: Figure) -> Figure:
    def more(value: float | None) -> float | None:
        return value * TIMES + MORE if value else value

    bases = {name: more(getattr(figure, name)) for name in ("base", "smallest_base", "effective_base")}
    counted = {"estimate": bases["base"]} if figure.statistic == "count" else {}
    return replace(figure, **bases, **counted, units=more(figure.units))


@pytest.fixture(scope="session")
def enlarged(built: Path, planted: Stores, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "tiny"
    shutil.copytree(built, folder)
    write_stores(planted, folder / "data" / "processed" / "tiny" / WAVE)
    return folder


def test_no_number_of_a_hidden_figure_is_in_public_cards(
    enlarged: Path, planted: Stores, strict: Study
) -> None:
    public, internal = (written(make(enlarged, strict, WAVE)) for make in (public_cards, internal_cards))
    hidden = dict(hidden_numbers(planted))
    kinds = {one.statistic for one in planted.full if one.state == "suppressed"}
    assert len(hidden) > 100
    assert kinds >= {"mean", "share", "difference", "composition", "count"}
    open_ones, inside = numbers_said(public.text), numbers_said(internal.text)
    assert not {where: number for number, where in hidden.items() if number in open_ones}
    assert set(hidden) <= inside


def hidden_numbers(made: Stores) -> Iterator[tuple[str, str]]:
    """Yield number and address of what only the full store has, numbers of other figures aside."""
    open_ones = {_key(one) for figure in made.publishable for one in _numbers(figure, VALUE_COLUMNS)}
    tests = made.publishable.comparisons.values()
    open_ones |= {_key(one) for item in tests for one in _numbers(item, COMPARISON_VALUES)}
    for figure in made.publishable:
        whole = (figure.estimate or 0) * (figure.weighted_base or 0)
        open_ones |= {_key(whole), _key(whole / 100)}
    for figure in made.full:
        if figure.state == "suppressed":
            items = [own for (address, _), own in made.full.comparisons.items() if address == figure.address]
            numbers = [*_numbers(figure, VALUE_COLUMNS)]
            numbers += [number for item in items for number in _numbers(item, COMPARISON_VALUES)]
            yield from ((_key(one), figure.address) for one in numbers if _is_telling(one, open_ones))


def _numbers(record: Any, names: tuple[str, ...]) -> Iterator[float]:
    yield from (getattr(record, name) for name in names if getattr(record, name) is not None)


def _key(number: float) -> str:
    return f"{abs(number):.9g}"


def _is_telling(number: float, open_ones: set[str]) -> bool:
    """Tell whether a number has so many digits that it stands nowhere by chance."""
    digits = len(_key(number).replace(".", "").strip("0"))
    large = number >= TIMES and float(number).is_integer()
    return (digits >= 6 or large) and _key(number) not in open_ones


def numbers_said(text: str) -> set[str]:
    """Return every number in a text, with or without marks of thousands."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return {_key(float(one)) for one in re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", plain)}


def test_sum_of_a_hidden_figure_is_in_no_formula(enlarged: Path, planted: Stores, strict: Study) -> None:
    public = written(public_cards(enlarged, strict, WAVE))
    hidden = {one.address for one in planted.full if one.state == "suppressed"}
    for card in public.cards.values():
        if hidden & {card["address"], *card.get("rests_on", ())}:
            assert "filled" not in card["formula"], card["address"]


def test_test_against_a_hidden_figure_has_its_reason_only(public: Written) -> None:
    hidden = {address for address, one in public.cards.items() if one["state"] == "suppressed"}
    seen = 0
    for card in public.cards.values():
        for one in card.get("tests", ()):
            if hidden & {card["address"], one["against"]}:
                assert set(one) <= {"kind", "against", "mark", "reason", "other"}
                assert "other" not in one or one["against"] not in hidden
                assert one["mark"] == ""
                assert one["reason"]
                seen += 1
    assert seen


def test_model_says_how_it_was_made_and_no_outcome(public: Written, internal: Written) -> None:
    known = internal.shared["models"]["visitors/2024/drivers/all"]
    own = public.shared["models"]["visitors/2024/drivers/all"]
    assert own["method"] == known["method"]
    for name in ("respondents", "answered_everything", "borders", "not_applicable", "left_out", "r_squared"):
        assert name in known
        assert name not in own


def test_cards_are_the_same_bytes_each_time(built: Path) -> None:
    first, again = (json.dumps(public_cards(built, tiny_study.study(), WAVE).cards) for _ in range(2))
    assert first == again

"""Cards in files, figures as columns, and the way back from a row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wavedeck.pages.cards import MOST, figure_columns, names_of, ways_back, write_cards

SHARED = {
    "parts": {"visitors": "Visitors"},
    "indicators": {"overall": {"label": "Overall"}},
    "items": {},
    "categories": {},
    "groups": {"all": {"label": "Total"}, "north": {"label": "North"}, "women": {"label": "Women"}},
    "waves": {"2024": "2024"},
}


def card(group: str, **own: Any) -> dict[str, Any]:
    names = {"part": "visitors", "indicator": "overall", "item": "", "category": "", "wave": "2024"}
    return {"address": f"visitors/overall/{group}/2024", **names, "group": group, "state": "shown", **own}


def test_cards_are_cut_into_files(tmp_path: Path) -> None:
    cards = [card(f"g{number}") for number in range(MOST + 1)]
    found = write_cards(cards, tmp_path)
    assert found["visitors/overall/g0/2024"] == 0
    assert found[f"visitors/overall/g{MOST}/2024"] == 1
    text = (tmp_path / "data" / "cards" / "1.js").read_text(encoding="utf-8")
    assert text.startswith('wavedeck("cards/1", {')
    data = json.loads(text.partition(",")[2].rstrip().removesuffix(");"))
    assert data == {cards[-1]["address"]: cards[-1]}


def test_crossed_group_is_named_by_both() -> None:
    address = "visitors/overall/north*women/2024"
    assert names_of([card("north*women")], SHARED, {address}) == {address: "Overall · North × Women · 2024"}


def test_part_is_named_where_there_are_several() -> None:
    shared = {**SHARED, "parts": {"visitors": "Visitors", "staff": "Staff"}}
    address = "visitors/overall/all/2024"
    assert names_of([card("all")], shared, {address})[address] == "Overall · Visitors · Total · 2024"


def test_columns_hold_marks_and_values() -> None:
    tests = [{"kind": "previous", "mark": "none"}, {"kind": "rest", "mark": "+"}]
    cards = [
        card("all", printed={"en": {"estimate": "7.4"}}, values={"base": 46.0}, tests=tests),
        card("north", state="suppressed", tests=[{"kind": "previous", "mark": "", "reason": "suppressed"}]),
    ]
    files = {one["address"]: 0 for one in cards}
    found = figure_columns(cards, SHARED, files, language="en", recomputed={cards[0]["address"]: 2})
    columns = found["columns"]
    assert found["kinds"] == ["previous", "rest"]
    assert columns["previous"] == ["o", ""]
    assert columns["rest"] == ["+", ""]
    assert columns["printed"] == ["7.4", ""]
    assert columns["base"] == [46.0, None]
    assert columns["recomputed"] == [2, -1]
    assert found["names"]["state"] == ["shown", "suppressed"]


def test_way_back_keeps_each_term_once() -> None:
    term = {"kind": "ratio", "sign": 1, "of": "overall", "group": "all", "included": True}
    rows = {"evidence": "visitors/2024", "terms": [term]}
    found = ways_back([card("all", rows=rows), card("north", rows=rows), card("women")])
    assert len(found["visitors/2024"]["terms"]) == 1
    assert [address for address, _ in found["visitors/2024"]["figures"]] == [
        "visitors/overall/all/2024",
        "visitors/overall/north/2024",
    ]

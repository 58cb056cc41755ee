"""A card says what `wavedeck trace` says of the same figure: field by field, row by row."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from audit.cards.as_written import Written
from wavedeck.audit.cards.coding import codes_of, texts_of
from wavedeck.audit.trace.export import record_of
from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.trace import trace_figure

Json = dict[str, Any]
EACH = 3


@pytest.fixture(scope="session")
def sample(internal: Written) -> list[Json]:
    """Return a few cards of each kind: statistic, formula, state, weighting."""
    kinds: dict[tuple[Any, ...], list[Json]] = defaultdict(list)
    for card in internal.cards.values():
        if card["state"] != "not_asked":
            kinds[card["statistic"], card["formula"]["kind"], card["state"], "weighting" in card].append(card)
    return [card for own in kinds.values() for card in (*own[:: max(1, len(own) // EACH)],)]


@pytest.fixture(scope="session")
def traces(sample: list[Json], place: Place) -> dict[str, Json]:
    return {one["address"]: record_of(trace_figure(place, one["address"], rows=None)) for one in sample}


def test_every_kind_is_in_the_sample(sample: list[Json]) -> None:
    assert {one["statistic"] for one in sample} >= {
        *("mean", "share", "distribution", "multiple", "nps", "count", "composition", "difference", "range"),
        *("benchmark", "gross", "response_rate", "importance", "rating", "not_applicable", "placement"),
    }
    assert {one["state"] for one in sample} >= {"shown", "low_base", "suppressed"}


def test_figures_are_the_same(sample: list[Json], traces: dict[str, Json]) -> None:
    for card in sample:
        known = traces[card["address"]]
        own = {**{name: card[name] for name in ("part", "group", "state", "unit")}, **card.get("values", {})}
        stored = {name: one for name, one in known["figure"].items() if one is not None}
        assert own.items() <= stored.items(), card["address"]
        assert card["label"] == known["label"]
        if "estimate" in card.get("values", {}):
            assert card["rounded"]["estimate"] == known["printed"]["rounded"]
            assert card["printed"]["en"]["estimate"] == known["printed"]["text"]


def test_formulas_are_the_same(sample: list[Json], traces: dict[str, Json]) -> None:
    filled = 0
    for card in sample:
        known, own = traces[card["address"]]["formula"], card["formula"]
        if card["state"] != "empty" and "estimate" in card.get("values", {}):
            assert own["text"] == known["text"], card["address"]
            assert card.get("rests_on", []) == known["rests_on"]
            assert own.get("filled", "") == known["filled"], card["address"]
            filled += "filled" in own
    assert filled > len(sample) / 3


def test_definitions_are_the_same(sample: list[Json], traces: dict[str, Json], internal: Written) -> None:
    shared = internal.shared
    for card in sample:
        known, indicator = traces[card["address"]]["definition"], shared["indicators"][card["indicator"]]
        group = shared["groups"][card["group"]]
        assert (indicator["label"], indicator["place"]) == (known["label"], known["place"])
        assert group["label"] == known["group_label"]
        assert tuple(card.get("counted", ())) == known["counted"], card["address"]
        own = [shared["questions"][name] for name in card.get("questions", ())]
        expected = [{**one, "columns": list(one["columns"])} for one in known["questions"]]
        assert [_unworded(one) for one in own] == [_unworded(one) for one in expected], card["address"]
        assert [one["asked_if"] == "" for one in own] == [one["asked_if"] == "" for one in expected]


def _unworded(question: Json) -> Json:
    """Leave out what the cards say in words of their own."""
    return {name: one for name, one in question.items() if name not in ("kind", "asked_if")}


def test_tests_are_the_same(sample: list[Json], traces: dict[str, Json]) -> None:
    for card in sample:
        known = traces[card["address"]]["tests"]
        assert [one["kind"] for one in card.get("tests", ())] == [one["result"]["kind"] for one in known]
        for own, other in zip(card.get("tests", ()), known, strict=True):
            stored = {name: one for name, one in other["result"].items() if one is not None}
            said = {name: one for name, one in own.items() if name not in ("other", "tests")}
            assert said.items() <= stored.items(), card["address"]
            assert own.get("other") == other["other"]
            assert own.get("tests", other["tests"]) == other["tests"]


def test_models_are_the_same(sample: list[Json], traces: dict[str, Json], internal: Written) -> None:
    modelled = 0
    for card in sample:
        known = {name: one for name, one in traces[card["address"]]["model"].items() if name != "driver"}
        own = dict(internal.shared["models"].get(card.get("model"), {}))
        names = own.pop("names", {})
        assert own == known
        assert set(names) >= ({card["item"]} if own and card["item"] else set())
        assert card.get("driver") == (traces[card["address"]]["model"].get("driver") or None)
        modelled += bool(known)
    assert modelled > 10


def test_weights_are_the_same(sample: list[Json], traces: dict[str, Json], internal: Written) -> None:
    weighed = 0
    for card in sample:
        if "weighting" not in card or "rows" not in card:
            continue
        known, own = traces[card["address"]]["weighting"], internal.shared["weightings"][card["weighting"]]
        if known is None:
            continue
        assert (own["method"], own["rule"], own["efficiency"]) == (
            *(known["method"], known["rule"], known["efficiency"]),
        )
        block = internal.blocks[card["rows"]["evidence"]]
        inside = codes_of(block["cell"])[internal.evidence.parts(card).places]
        table = {one["cell"]: one for one in known["cells"]}
        for place, count in zip(*np.unique(inside, return_counts=True), strict=True):
            cell = block["cells"][block["cell"]["levels"][place]]
            other = table.pop(cell["cell"])
            assert (cell["weight"], cell["how"], count) == (
                *(other["weight"], other["how"], other["respondents"]),
            )
        assert not table
        weighed += 1
    assert weighed > 20


def test_rows_are_the_same(sample: list[Json], traces: dict[str, Json], internal: Written) -> None:
    compared = 0
    for card in sample:
        known = traces[card["address"]]["rows"]
        if "rows" not in card:
            assert not known or card["state"] == "failed", card["address"]
            continue
        own = rows_of_card(card, internal)
        assert len(own) == len(known), card["address"]
        for row, other in zip(own, known, strict=True):
            share = row.pop("share")
            assert row == {name: one for name, one in other.items() if name != "share"}, card["address"]
            assert share == (None if other["share"] is None else pytest.approx(other["share"], rel=1e-9))
            compared += 1
    assert compared > 1000


def test_files_are_the_same(sample: list[Json], traces: dict[str, Json], internal: Written) -> None:
    for card in sample:
        if "rows" in card:
            block = internal.blocks[card["rows"]["evidence"]]
            own = {"name": block["file"], "sha256": block["sha256"], "declared": block["declared"]}
            assert own == traces[card["address"]]["file"]


def rows_of_card(card: Json, internal: Written) -> list[Json]:
    """Return the rows behind a card as a trace names them, out of the plain data alone."""
    parts, rows = internal.evidence.parts(card), card["rows"]
    block, index = internal.blocks[rows["evidence"]], internal.shared["evidence"][rows["evidence"]]
    answers = {
        name: internal.blocks[index["questions"][name]]["questions"][name] for name in rows["questions"]
    }
    raw = {column: texts_of(one) for own in answers.values() for column, one in own["raw"].items()}
    raw |= {f"{name} (codes)": texts_of(own["codes"]) for name, own in answers.items() if "codes" in own}
    cleaned = {name: texts_of(own["cleaned"]) for name, own in answers.items()}
    return [
        {
            "row": block["rows"][at],
            "id": block["ids"][at],
            "raw": {name: own[at] for name, own in raw.items()},
            "cleaned": {name: own[at] for name, own in cleaned.items()},
            "values": {name: _known(own[i]) for name, own in parts.shown.items()},
            "weight": parts.weight[i],
            "share": _known(parts.part[i]),
            "changes": tuple(
                one
                for one in block["changes"]
                if one["row"] == block["rows"][at] and one["variable"] in answers
            ),
        }
        for i, at in enumerate(parts.places.tolist())
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)

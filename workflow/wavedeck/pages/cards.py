"""Cards for the pages: cut into files, and all figures as columns for search and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wavedeck.pages.files import write_data

MOST = 80
ORDER = ("previous", "stated", "rest")
BELONGING = ("group", "mask", "included", "of", "per")
SIGNS = {"+": "+", "-": "-", "none": "o"}
Card = Mapping[str, Any]


def write_cards(cards: Sequence[Card], folder: Path) -> dict[str, int]:
    """Write the cards of a site into files of some dozens, and tell which stands where.

    Returns
    -------
    dict of str to int
        Address -> number of its file ``data/cards/<number>.js``.
    """
    found: dict[str, int] = {}
    for number, start in enumerate(range(0, len(cards), MOST)):
        own = cards[start : start + MOST]
        write_data(folder, f"cards/{number}", {card["address"]: card for card in own})
        found.update({card["address"]: number for card in own})
    return found


def name_in_words(card: Card, shared: Mapping[str, Any]) -> str:
    """Return what a figure is called: indicator, item and category."""
    item, category = card["item"], card["category"]
    names = [
        shared["indicators"][card["indicator"]]["label"],
        shared["items"].get(f"{card['indicator']}@{item}", item) if item else "",
        shared["categories"].get(f"{card['indicator']}.{category}", category) if category else "",
    ]
    return " · ".join(dict.fromkeys(name for name in names if name))


def group_in_words(card: Card, shared: Mapping[str, Any]) -> str:
    """Return for whom a figure is."""
    groups = shared["groups"]
    return " × ".join(groups.get(one, {"label": one})["label"] for one in card["group"].split("*"))


def names_of(cards: Iterable[Card], shared: Mapping[str, Any], wanted: set[str]) -> dict[str, str]:
    """Return what some figures are called, with group and wave, by address."""
    return {card["address"]: _full_name(card, shared) for card in cards if card["address"] in wanted}


def _full_name(card: Card, shared: Mapping[str, Any]) -> str:
    """Return what a figure is called; with its part where there are several."""
    parts = [shared["parts"][card["part"]]] if len(shared["parts"]) > 1 else []
    wave = shared["waves"][card["wave"]]
    return " · ".join([name_in_words(card, shared), *parts, group_in_words(card, shared), wave])


def figure_columns(
    cards: Sequence[Card],
    shared: Mapping[str, Any],
    files: Mapping[str, int],
    *,
    language: str,
    recomputed: Mapping[str, int],
) -> dict[str, Any]:
    """Return all figures as columns, as the page searches them.

    Parameters
    ----------
    cards, shared
        As the audit gives them.
    files
        Address -> number of the file with its card.
    language
        Of printed values.
    recomputed
        Address -> number of what the second route said.

    Returns
    -------
    dict
        kinds of tests; names by column as pairs of id and label; columns, numbers of names or values.
    """
    named: dict[str, Callable[[Card], tuple[str, str]]] = {
        "part": lambda card: (card["part"], shared["parts"][card["part"]]),
        "indicator": lambda card: (card["address"].split("/")[1], name_in_words(card, shared)),
        "group": lambda card: (card["group"], group_in_words(card, shared)),
        "wave": lambda card: (card["wave"], shared["waves"][card["wave"]]),
    }
    names: dict[str, Any] = {}
    columns: dict[str, list[Any]] = {}
    for name, give in named.items():
        names[name], columns[name] = _coded([give(card) for card in cards])
    names["state"], columns["state"] = _coded([card["state"] for card in cards])
    tests = [{one["kind"]: SIGNS.get(one["mark"], "") for one in card.get("tests", ())} for card in cards]
    kinds = [kind for kind in ORDER if any(kind in own for own in tests)]
    columns |= {kind: [own.get(kind, "") for own in tests] for kind in kinds}
    columns["printed"] = [card.get("printed", {}).get(language, {}).get("estimate", "") for card in cards]
    columns["base"] = [card.get("values", {}).get("base") for card in cards]
    columns["chunk"] = [files[card["address"]] for card in cards]
    columns["recomputed"] = [recomputed.get(card["address"], -1) for card in cards]
    return {"kinds": kinds, "names": names, "columns": columns}


def _coded(values: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """Return the values that occur, in order of first appearance, and the number of each."""
    known = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(known), [known[value] for value in values]


def ways_back(cards: Iterable[Card]) -> dict[str, dict[str, Any]]:
    """Return how to tell which figures a respondent is part of, by evidence (``part/wave``).

    Returns
    -------
    dict
        Per evidence: terms, each once, and figures as pairs of address and numbers of terms.
    """
    found: dict[str, dict[str, Any]] = {}
    known: dict[str, dict[tuple[Any, ...], int]] = {}
    for card in cards:
        if "rows" in card:
            name = card["rows"]["evidence"]
            own = known.setdefault(name, {})
            terms = [tuple(one.get(key) for key in BELONGING) for one in card["rows"]["terms"]]
            numbers = sorted({own.setdefault(term, len(own)) for term in terms})
            found.setdefault(name, {"figures": []})["figures"].append([card["address"], numbers])
    for name, own in known.items():
        found[name]["terms"] = [dict(zip(BELONGING, term, strict=True)) for term in own]
    return found

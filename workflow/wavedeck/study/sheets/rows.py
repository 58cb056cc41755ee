"""The data of a codebook as rows of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Row = dict[str, Any]
Data = Mapping[str, Any]
CLEARABLE = ("codes", "missing")


def rows_of(data: Data) -> dict[str, list[Row]]:
    """Return sheet -> rows; each row maps headings to values."""
    scales, variables = data.get("scales", {}), data["variables"]
    return {
        "variables": [_variable(name, one) for name, one in variables.items()],
        "items": [_item(name, item, one) for name, item, one in _items(variables)],
        "categories": [*_categories("scale", scales), *_categories("variable", variables)],
        "codes": [*_all_pairs("codes", "category", scales, variables)],
        "missing": [*_all_pairs("missing", "why", scales, variables)],
        "waves": [_wave(*entry) for entry in _overrides(variables)],
        "columns": [*_columns(variables)],
        "loops": [row for name, entries in data.get("loops", {}).items() for row in _loop(name, entries)],
        "scales": [
            {"scale": name, **_some(one, "type", "minimum", "maximum")} for name, one in scales.items()
        ],
    }


def _some(data: Data, *keys: str) -> Row:
    return {key: data[key] for key in keys if key in data and data[key] is not None}


def _variable(name: str, data: Data) -> Row:
    texts = _some(data, "label", "question", "asked_of", "asked_if", "loop", "scale", "personal")
    lists = _some(data, "coded_from", "type", "minimum", "maximum", "parts", "waves", "checked", "unchecked")
    return {"variable": name, **texts, **lists, **_one_column(data)}


def _one_column(data: Data) -> Row:
    return {"column": data["columns"]} if isinstance(data.get("columns"), str) else {}


def _items(variables: Data) -> Iterator[tuple[str, str, Data]]:
    for name, variable in variables.items():
        for item, declared in variable.get("items", {}).items():
            yield name, item, declared


def _item(name: str, item: str, data: Data) -> Row:
    own = _some(data, "label", "parts", "waves", "asked_if", "kind")
    return {"variable": name, "item": item, **own, **_one_column(data)}


def _categories(owner: str, entries: Data) -> Iterator[Row]:
    for name, declared in entries.items():
        for category, label in declared.get("categories", {}).items():
            yield {owner: name, "category": category, "label": label}


def _holders(variables: Data) -> Iterator[tuple[Row, Data]]:
    """Yield each variable and item with its keys, in the order of the questionnaire."""
    for name, variable in variables.items():
        yield {"variable": name}, variable
        for item, declared in variable.get("items", {}).items():
            yield {"variable": name, "item": item}, declared


def _overrides(variables: Data) -> Iterator[tuple[Row, Data]]:
    for keys, holder in _holders(variables):
        for wave, override in holder.get("by_wave", {}).items():
            yield {**keys, "wave": wave}, override


def _all_pairs(key: str, heading: str, scales: Data, variables: Data) -> Iterator[Row]:
    owners: list[tuple[Row, Data]] = [({"scale": name}, declared) for name, declared in scales.items()]
    owners += [({"variable": name}, declared) for name, declared in variables.items()]
    owners += _overrides(variables)
    for keys, declared in owners:
        for code, meaning in (declared.get(key) or {}).items():
            yield {**keys, "code": code, heading: meaning}


def _wave(keys: Row, override: Data) -> Row:
    cleared = [key for key in CLEARABLE if override.get(key) == {}]
    row = {**keys, **_some(override, "checked"), **_one_column(override)}
    return {**row, "cleared": cleared} if cleared else row


def _columns(variables: Data) -> Iterator[Row]:
    for keys, holder in [*_holders(variables), *_overrides(variables)]:
        columns = holder.get("columns")
        pairs: Iterable[tuple[str | None, str]] = ()
        if isinstance(columns, Mapping):
            pairs = columns.items()
        elif isinstance(columns, list):
            pairs = [(None, column) for column in columns]
        for category, column in pairs:
            yield {**keys, **({} if category is None else {"category": category}), "column": column}


def _loop(name: str, entries: Data) -> Iterator[Row]:
    if not entries:
        yield {"loop": name}
    for entry, declared in entries.items():
        yield {"loop": name, "entry": entry, **_some(declared, "label", "waves", "asked_if")}

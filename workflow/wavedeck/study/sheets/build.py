"""Put the rows of the sheets together to the data of a codebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.shape import Location
from wavedeck.study.sheets.read import SheetRow
from wavedeck.study.sheets.rows import CLEARABLE

_ORDER = ("scales", "loops", "variables", "items", "waves", "columns", "categories", "codes", "missing")


class Builder:
    """The data of a codebook while its rows are read.

    Attributes
    ----------
    data
        Content, as the YAML file would hold it.
    rows
        Path of keys -> the row that it was read from.
    """

    def __init__(self) -> None:
        self.data: dict[str, Any] = {"variables": {}}
        self.rows: dict[Location, SheetRow] = {}

    def add_all(self, rows: Iterable[SheetRow]) -> None:
        """Add all rows of all sheets.

        Raises
        ------
        ConfigError
            When a row names something that is not there, or that was there already.
        """
        takers = {
            "scales": self._scale,
            "loops": self._loop,
            "variables": self._variable,
            "items": self._item,
            "waves": self._wave,
            "columns": self._column,
            "categories": self._category,
            "codes": self._pair,
            "missing": self._pair,
        }
        for row in sorted(rows, key=lambda row: (_ORDER.index(row.sheet), row.number)):
            takers[row.sheet](row)

    def _scale(self, row: SheetRow) -> None:
        self._enter(("scales", _needed(row, "scale")), row, _without(row, "scale"))

    def _loop(self, row: SheetRow) -> None:
        loop = _needed(row, "loop")
        entries = self.data.setdefault("loops", {}).setdefault(loop, {})
        self.rows.setdefault(("loops", loop), row)
        if "entry" in row.values:
            self._enter(("loops", loop, row.values["entry"]), row, _without(row, "loop", "entry"))
        elif entries or len(row.values) > 1:
            raise _wrong(row, "needs 'entry'")

    def _variable(self, row: SheetRow) -> None:
        values = _without(row, "variable", "column") | _column_of(row)
        self._enter(("variables", _needed(row, "variable")), row, values)

    def _item(self, row: SheetRow) -> None:
        _needed(row, "item")
        values = _without(row, "variable", "item", "column") | _column_of(row)
        self._enter((*self._holder(row, with_item=False), "items", row.values["item"]), row, values)

    def _wave(self, row: SheetRow) -> None:
        wave = _needed(row, "wave")
        values = _without(row, "variable", "item", "wave", "column", "cleared")
        values |= _column_of(row) | _cleared(row)
        self._enter((*self._holder(row), "by_wave", wave), row, values)

    def _column(self, row: SheetRow) -> None:
        path, column = self._in_wave(row), _needed(row, "column")
        holder = self._at(path)
        category = row.values.get("category")
        columns = holder.setdefault("columns", [] if category is None else {})
        if isinstance(columns, str) or isinstance(columns, list) != (category is None):
            raise _wrong(
                row, "either every raw column has a category, or none has; and one way of naming them"
            )
        if category is None:
            self.rows[(*path, "columns", len(columns))] = row
            columns.append(column)
        else:
            self._enter((*path, "columns", category), row, column)

    def _category(self, row: SheetRow) -> None:
        path = (*self._owner(row), "categories", _needed(row, "category"))
        self._enter(path, row, row.values.get("label", {}))

    def _pair(self, row: SheetRow) -> None:
        meaning = "why" if row.sheet == "missing" else "category"
        self._enter((*self._owner(row), row.sheet, _needed(row, "code")), row, _needed(row, meaning))

    def _owner(self, row: SheetRow) -> Location:
        if "scale" not in row.values:
            return self._in_wave(row)
        if "variable" in row.values:
            raise _wrong(row, "names both a scale and a variable; leave one out")
        return self._known(("scales",), row, "scale")

    def _in_wave(self, row: SheetRow) -> Location:
        holder = self._holder(row)
        if "wave" not in row.values:
            return holder
        path = (*holder, "by_wave", row.values["wave"])
        self.rows.setdefault(path, row)
        self._at(path)
        return path

    def _holder(self, row: SheetRow, *, with_item: bool = True) -> Location:
        path = self._known(("variables",), row, "variable")
        if not with_item or "item" not in row.values:
            return path
        return self._known((*path, "items"), row, "item")

    def _known(self, section: Location, row: SheetRow, key: str) -> Location:
        name = _needed(row, key)
        known = self._at(section)
        if name not in known:
            hint = did_you_mean(name, known)
            raise _wrong(row, f"unknown {key} '{name}'{hint or f'; sheet {section[-1]} has no such row'}")
        return (*section, name)

    def _at(self, path: Location) -> Any:
        found: Any = self.data
        for key in path:
            found = found.setdefault(key, {})
        return found

    def _enter(self, path: Location, row: SheetRow, value: Any) -> None:
        *section, name = path
        entries = self._at(tuple(section))
        if name in entries:
            raise _wrong(row, f"'{name}' stands twice, first in {self.rows[path].place}")
        entries[name] = value
        self.rows[path] = row


def _wrong(row: SheetRow, message: str) -> ConfigError:
    return ConfigError(f"{row.place}: {message}")


def _needed(row: SheetRow, key: str) -> str:
    if key not in row.values:
        raise _wrong(row, f"needs '{key}'")
    return str(row.values[key])


def _without(row: SheetRow, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.values.items() if key not in keys}


def _column_of(row: SheetRow) -> dict[str, Any]:
    return {"columns": row.values["column"]} if "column" in row.values else {}


def _cleared(row: SheetRow) -> dict[str, Any]:
    cleared = row.values.get("cleared", [])
    for key in cleared:
        if key not in CLEARABLE:
            hint = did_you_mean(key, CLEARABLE) or ";"
            raise _wrong(row, f"cannot clear '{key}'{hint} valid: {', '.join(CLEARABLE)}")
    return {key: {} for key in cleared}

"""The respondents of one wave of one part, once: what every card of that wave refers to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.audit.cards.coding import bits, coded_numbers, coded_texts
from wavedeck.audit.trace.columns import values_of
from wavedeck.audit.trace.logs import every_change, every_disposition
from wavedeck.audit.trace.models import behind, counted_among
from wavedeck.audit.trace.place import WaveData
from wavedeck.audit.trace.raw import coded_cells, raw_file
from wavedeck.audit.trace.rows import answers_as_text, pseudonym
from wavedeck.audit.trace.weighting import trace_weights
from wavedeck.figures.columns import Column
from wavedeck.figures.records import Figure
from wavedeck.intake.groups import group_masks
from wavedeck.study.codebook import Question

Make = Callable[[pa.Table], np.ndarray]
KEPT = "kept"


def column_id(column: Column) -> str:
    """Return the name of a column: an address without part, group and wave."""
    item = f"@{column.item}" if column.item else ""
    return f"{column.indicator}{item}" + (f".{column.category}" if column.category else "")


class Evidence:
    """Respondents of a wave, and the columns, groups and questions that cards asked for.

    Parameters
    ----------
    data
        The wave and part.
    """

    def __init__(self, data: WaveData) -> None:
        self.data = data
        self.key = f"{data.part}/{data.name}"
        self._columns: dict[str, Make] = {}
        self._groups: dict[str, None] = {}
        self._questions: dict[str, Question] = {}
        self._answered: dict[str, np.ndarray] = {}
        self._masks: dict[str, str] = {}
        self._mask_of: dict[tuple[str, str, str], str] = {}

    @cached_property
    def table(self) -> pa.Table:
        """Return all responses."""
        return self.data.responses(one.name for one in self.data.questions)

    def averaged(self, column: Column) -> str:
        """Ask for the numbers whose mean a figure is; return the name of their column."""
        return self.asked(column_id(column), lambda table: values_of(column, table, self.data))

    def asked(self, name: str, make: Make) -> str:
        """Ask for a column by name; return the name."""
        self._columns.setdefault(name, make)
        return name

    def grouped(self, group: str) -> str:
        """Ask for who belongs to a group; return its name."""
        self._groups.setdefault(group)
        return group

    def questioned(self, questions: tuple[Question, ...]) -> list[str]:
        """Ask for answers; return the names of their questions."""
        self._questions.update({one.name: one for one in questions})
        return [one.name for one in questions]

    def sums(self, group: str, of: str, per: str) -> tuple[float, float]:
        """Return the weighted sums of two columns over who is in a group and has both."""
        above, below = (self._columns[name](self.table) for name in (of, per))
        inside = self._members(group) & self.data.included & ~np.isnan(above) & ~np.isnan(below)
        w = self.data.weight[inside]
        return float((w * above[inside]).sum()), float((w * below[inside]).sum())

    def _members(self, group: str) -> np.ndarray:
        book, data = self.data.study.group_book, self.data
        return group_masks(self.table, book, [group], data.part, root=data.folder)[group]

    def counted(self, figure: Figure) -> str:
        """Ask for who counts for a figure of impact; return the name of the mask."""
        found = behind(figure, self.data)
        key = (figure.indicator, figure.item, figure.group if found.listwise else "")
        if key not in self._mask_of:
            answered = {name: self._has(one) for name, one in found.drivers.items()}
            signs = bits(counted_among(figure, self._has(found.outcome), answered, self.data))
            self._mask_of[key] = self._masks.setdefault(signs, f"m{len(self._masks) + 1}")
        return self._mask_of[key]

    def _has(self, column: Column) -> np.ndarray:
        name = column_id(column)
        if name not in self._answered:
            self._answered[name] = ~np.isnan(values_of(column, self.table, self.data))
        return self._answered[name]

    def index(self) -> dict[str, Any]:
        """Return in which block each column and question stands."""
        return {
            "rows": self.table.num_rows,
            "groups": f"{self.key}/groups",
            "columns": {name: self._values_block(name) for name in self._columns},
            "questions": {name: self._answers_block(one) for name, one in self._questions.items()},
        }

    def _values_block(self, name: str) -> str:
        indicator = name.partition(".")[0].partition("@")[0]
        return f"{self.key}/values/{indicator}"

    def _answers_block(self, question: Question) -> str:
        return f"{self.key}/answers/{question.variable}"

    def blocks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the name and content of each block."""
        yield self.key, self._respondents()
        yield f"{self.key}/groups", self._membership()
        for block, names in self._by_block(self.index()["columns"]).items():
            made = {name: coded_numbers(self._columns[name](self.table)) for name in names}
            yield block, {"columns": made}
        raw = self._raw()
        for block, names in self._by_block(self.index()["questions"]).items():
            yield block, {"questions": {name: self._answers(self._questions[name], raw) for name in names}}

    @staticmethod
    def _by_block(index: dict[str, str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name, block in index.items():
            found[block].append(name)
        return found

    def _respondents(self) -> dict[str, Any]:
        file, data = raw_file(self.data), self.data
        cells = trace_weights(data, np.arange(self.table.num_rows)).cells
        dropped = [one for one in every_disposition(data) if one.disposition != KEPT]
        return {
            "file": file.name,
            "sha256": file.checksum,
            "declared": file.declared,
            "verdict": file.verdict,
            "rows": self._numbers,
            "ids": [pseudonym(one, file) for one in self._ids],
            "weight": coded_numbers(data.weight),
            "in_weighting": bits(data.included),
            "cells": [asdict(one) for one in cells],
            **({"cell": self._cell_codes([(one.cell, one.weight) for one in cells])} if cells else {}),
            "changes": [asdict(one) for one in every_change(data)],
            "dropped": [
                {"row": one.row, "disposition": one.disposition, "rule": one.rule} for one in dropped
            ],
        }

    @cached_property
    def _numbers(self) -> list[int]:
        return [int(one) for one in self.table["_row"].to_pylist()]

    @cached_property
    def _ids(self) -> list[str]:
        return [str(one) for one in self.table["_id"].to_pylist()]

    def _cell_codes(self, cells: list[tuple[str, float]]) -> dict[str, Any]:
        names = self.data.weights["cell"].to_pylist()
        places = {cell: place for place, cell in enumerate(cells)}
        pairs = zip(names, self.data.weight.tolist(), strict=True)
        return coded_numbers(np.array([places[one] for one in pairs], np.float64))

    def _membership(self) -> dict[str, Any]:
        book, part = self.data.study.group_book, self.data.part
        found = group_masks(self.table, book, list(self._groups), part, root=self.data.folder)
        return {
            "groups": {name: bits(found[name]) for name in self._groups},
            "masks": {name: signs for signs, name in self._masks.items()},
        }

    def _raw(self) -> dict[str, list[str]]:
        """Return raw column -> text of each respondent, as it stands in the file."""
        columns = list(dict.fromkeys(name for one in self._questions.values() for name in one.raw_columns))
        found = raw_file(self.data).cells(self._numbers, columns)
        met = set().union(*found.values())
        known = [name for name in columns if name in met]
        return {name: [found[row].get(name, "") for row in self._numbers] for name in known}

    def _answers(self, question: Question, raw: dict[str, list[str]]) -> dict[str, Any]:
        own = {name: coded_texts(raw[name]) for name in question.raw_columns if name in raw}
        cleaned = coded_texts(answers_as_text(self.table, question.name))
        if not question.coded_from:
            return {"raw": own, "cleaned": cleaned}
        codes = coded_cells(self.data, question.coded_from, self._ids)
        return {
            "raw": own,
            "codes": coded_texts([codes.get(one, "") for one in self._ids]),
            "cleaned": cleaned,
        }

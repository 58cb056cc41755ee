"""Faults in tables."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from audit.verify.plant import (
    A,
    Parts,
    Shape,
    Where,
    changed,
    fault,
    has_digit,
    shapes,
)


def cells(shape: Shape) -> list[list[Any]]:
    return [row.findall(f"{A}tc") for row in shape.node.iter(f"{A}tr")]


def text_of(cell: Any) -> str:
    return "".join(run.text or "" for run in cell.iter(f"{A}t"))


def tables(parts: Parts) -> Iterator[Shape]:
    return shapes(parts, r"table:(?!contents).*")


def change_cell(parts: Parts, wanted: str, edit: Callable[[str], str], *, last: bool = False) -> Where | None:
    found = [
        (shape, r, c, run)
        for shape in tables(parts)
        for r, row in enumerate(cells(shape), start=1)
        for c, cell in enumerate(row, start=1)
        for run in cell.iter(f"{A}t")
        if re.fullmatch(wanted, run.text or "")
    ]
    if not found:
        return None
    shape, r, c, run = found[-1 if last else 0]
    run.text = edit(run.text)
    parts.put(shape.part, shape.root)
    return shape.slide, f"{shape.name}/r{r}c{c}"


@fault
def cell_digit(parts: Parts) -> Where | None:
    return change_cell(parts, r"\d+[.,]\d", changed)


@fault
def last_cell_digit(parts: Parts) -> Where | None:
    return change_cell(parts, r"°?\d+([.,]\d)?%?", changed, last=True)


@fault
def cell_percent_removed(parts: Parts) -> Where | None:
    return change_cell(parts, r"\d+%", lambda text: text[:-1])


@fault
def cell_unrounded(parts: Parts) -> Where | None:
    return change_cell(parts, r"\d+[.,]\d", lambda text: f"{text}38")


@fault
def cell_head_year(parts: Parts) -> Where | None:
    return change_cell(parts, r"20\d\d", changed)


@fault
def cell_suppressed_given(parts: Parts) -> Where | None:
    return change_cell(parts, r"\*", lambda _: "7.3")


@fault
def cell_not_asked_given(parts: Parts) -> Where | None:
    return change_cell(parts, "–", lambda _: "3.9")


@fault
def cell_low_base_sign_removed(parts: Parts) -> Where | None:
    return change_cell(parts, r"°\d+[.,]\d", lambda text: text[1:])


@fault
def cell_mark_removed(parts: Parts) -> Where | None:
    return change_cell(parts, r"[▲▼]\s?", lambda _: "")


@fault
def cell_mark_turned(parts: Parts) -> Where | None:
    turned = {"▲": "▼", "▼": "▲"}
    return change_cell(parts, r"[▲▼]\s?", lambda text: turned[text[0]] + text[1:])


@fault
def cell_mark_added(parts: Parts) -> Where | None:
    return change_cell(parts, r"\d+[.,]\d", lambda text: f"▲ {text}")


@fault
def cell_emptied(parts: Parts) -> Where | None:
    return change_cell(parts, r"\d+[.,]\d", lambda _: "")


@fault
def cell_row_of_bases(parts: Parts) -> Where | None:
    for shape in tables(parts):
        for r, row in enumerate(cells(shape), start=1):
            if text_of(row[0]) == "n":
                run = next(row[1].iter(f"{A}t"))
                run.text = changed(run.text)
                parts.put(shape.part, shape.root)
                return shape.slide, f"{shape.name}/r{r}c2"
    return None


def swap_cells(parts: Parts, choose: Callable[[list[list[Any]]], tuple[Any, Any] | None]) -> Where | None:
    for shape in tables(parts):
        pair = choose(cells(shape))
        if pair is not None:
            bodies = [cell.find(f"{A}txBody") for cell in pair]
            made = [copy.deepcopy(body) for body in bodies]
            pair[0].replace(bodies[0], made[1])
            pair[1].replace(bodies[1], made[0])
            parts.put(shape.part, shape.root)
            return shape.slide, shape.name
    return None


@fault
def cells_of_two_waves_swapped(parts: Parts) -> Where | None:
    def choose(rows: list[list[Any]]) -> tuple[Any, Any] | None:
        for row in rows[1:]:
            found = [cell for cell in row if re.fullmatch(r"\d+[.,]\d", text_of(cell))]
            if len(found) > 1 and text_of(found[0]) != text_of(found[1]):
                return found[0], found[1]
        return None

    return swap_cells(parts, choose)


@fault
def row_names_swapped(parts: Parts) -> Where | None:
    def choose(rows: list[list[Any]]) -> tuple[Any, Any] | None:
        named = [row[0] for row in rows if has_digit(text_of(row[1])) and text_of(row[0])]
        return (named[1], named[2]) if len(named) > 3 else None

    return swap_cells(parts, choose)


@fault
def heads_swapped(parts: Parts) -> Where | None:
    def choose(rows: list[list[Any]]) -> tuple[Any, Any] | None:
        heads = [cell for cell in rows[0] if re.fullmatch(r"20\d\d", text_of(cell))]
        return (heads[0], heads[1]) if len(heads) > 1 else None

    return swap_cells(parts, choose)


@fault
def heads_in_words_swapped(parts: Parts) -> Where | None:
    def choose(rows: list[list[Any]]) -> tuple[Any, Any] | None:
        heads = [cell for cell in rows[0][1:] if re.fullmatch(r"[^\d]{4,}", text_of(cell))]
        return (heads[0], heads[1]) if len(heads) > 1 else None

    return swap_cells(parts, choose)


@fault
def heads_of_rows_swapped(parts: Parts) -> Where | None:
    def choose(rows: list[list[Any]]) -> tuple[Any, Any] | None:
        outer = [row[0] for row in rows[1:] if text_of(row[0]) and not any(map(text_of, row[1:]))]
        return (outer[0], outer[1]) if len(outer) > 1 else None

    return swap_cells(parts, choose)

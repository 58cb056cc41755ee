"""Faults of place in a table book: rows, columns, names and heads that changed places."""

from __future__ import annotations

import copy
from typing import Any

from audit.verify.book.plant_tools import (
    HIDDEN,
    ITEMS,
    LEDGER_PART,
    MARKED,
    SIMPLE,
    Where,
    claimed,
    column_of,
    fault,
    first,
    lines,
    page,
    relabel,
    row_of,
)
from audit.verify.plant import Parts


@fault
def rows_swapped(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    ref = first(parts, SIMPLE)
    row = row_of(ref)
    for cell in [one.get("r") for one in sheet.cells() if row_of(one.get("r")) == row]:
        if sheet.cell(f"{column_of(cell)}{row + 1}") is not None and column_of(cell) != "A":
            sheet.swap(cell, f"{column_of(cell)}{row + 1}")
    sheet.save()
    return sheet.at("")


@fault
def names_of_rows_swapped(parts: Parts) -> Where:
    sheet, row = page(parts, SIMPLE), row_of(first(parts, SIMPLE))
    sheet.swap(f"A{row}", f"A{row + 2}")
    sheet.save()
    return sheet.at(f"A{row}")


@fault
def names_of_items_swapped(parts: Parts) -> Where:
    sheet, row = page(parts, ITEMS), row_of(first(parts, ITEMS))
    sheet.swap(f"A{row}", f"A{row + 1}")
    sheet.save()
    return sheet.at(f"A{row}")


@fault
def rows_swapped_with_the_ledger(parts: Parts) -> Where:
    """Swap the values of two rows and their ledger lines, and leave the names where they are."""
    sheet, row = page(parts, SIMPLE), row_of(first(parts, SIMPLE))
    for column in "CD":
        sheet.swap(f"{column}{row}", f"{column}{row + 1}")
    sheet.save()

    def lie(line: Any) -> None:
        column, place = column_of(line.get("element")), row_of(line.get("element"))
        if column in "CD" and place in (row, row + 1):
            line.set("element", f"{column}{2 * row + 1 - place}")

    relabel(parts, SIMPLE, lie)
    return sheet.at(f"A{row}")


@fault
def groups_swapped(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    heads = [one for one in "EFGHIJKLMNOP" if sheet.text(f"{one}5")]
    sheet.swap(f"{heads[0]}5", f"{heads[1]}5")
    sheet.save()
    return sheet.at(f"{heads[0]}7")


@fault
def sets_of_groups_swapped(parts: Parts) -> Where:
    sheet = page(parts, HIDDEN)
    heads = [one.get("r") for one in sheet.cells() if row_of(one.get("r")) == 4 and sheet.text(one.get("r"))]
    sheet.swap(heads[-1], heads[-2])
    sheet.save()
    return sheet.at(f"{column_of(heads[-1])}7")


@fault
def waves_swapped(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    sheet.swap("C6", "D6")
    sheet.save()
    return sheet.at("C")


@fault
def columns_swapped(parts: Parts) -> Where:
    sheet, row = page(parts, MARKED), row_of(first(parts, MARKED))
    sheet.swap(f"C{row}", f"D{row}")
    sheet.save()
    return sheet.at(f"C{row}")


@fault
def columns_swapped_with_the_ledger(parts: Parts) -> Where:
    sheet, turned = page(parts, SIMPLE), {"C": "D", "D": "C"}
    for row in range(row_of(first(parts, SIMPLE)), row_of(first(parts, SIMPLE)) + 3):
        sheet.swap(f"C{row}", f"D{row}")
    sheet.save()

    def lie(line: Any) -> None:
        column, row = column_of(line.get("element")), row_of(line.get("element"))
        if column in turned and row >= row_of(first(parts, SIMPLE)):
            line.set("element", f"{turned[column]}{row}")

    relabel(parts, SIMPLE, lie)
    return sheet.at("")


@fault
def wrong_wave_under_a_head(parts: Parts) -> Where:
    """Print last wave's figure in the newest column, and say so in the ledger."""
    sheet, row = page(parts, MARKED), row_of(first(parts, MARKED))
    sheet.write(f"D{row}", sheet.text(f"C{row}"), number=True)
    sheet.cell(f"D{row}").set("s", sheet.cell(f"C{row}").get("s"))
    sheet.save()
    old = next(claimed(parts, MARKED, lambda line: line.get("element") == f"C{row}"))

    def lie(line: Any) -> None:
        if line.get("element") == f"D{row}":
            line.attrib.update({name: old.get(name) for name in ("address", "printed")})

    relabel(parts, MARKED, lie)
    return sheet.at(f"D{row}")


@fault
def base_of_another_group(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    ref = first(parts, MARKED, "base")
    other = next(
        one
        for one in claimed(parts, MARKED, lambda line: line.get("field") == "base")
        if row_of(one.get("element")) == row_of(ref) and one.get("printed") not in ("*", sheet.text(ref))
    )
    sheet.write(ref, other.get("printed"), number=True)
    sheet.save()

    def lie(line: Any) -> None:
        if line.get("element") == ref:
            line.attrib.update({name: other.get(name) for name in ("address", "printed")})

    relabel(parts, MARKED, lie)
    return sheet.at(ref)


@fault
def kinds_of_bases_swapped(parts: Parts) -> Where:
    sheet, row = page(parts, MARKED), row_of(first(parts, MARKED, "base"))
    sheet.swap(f"B{row}", f"B{row + 1}")
    sheet.save()
    return sheet.at(f"C{row}")


@fault
def mark_column_called_otherwise(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED, "rest.mark", "[▲▼]")
    sheet.write(f"{column_of(ref)}6", "vs 2023")
    sheet.save()
    return sheet.at(ref)


@fault
def figure_printed_for_another(parts: Parts) -> Where:
    """Copy a whole row over another, ledger lines included."""
    sheet, row = page(parts, SIMPLE), row_of(first(parts, SIMPLE))
    root = lines(parts)
    own = next(one for one in root if SIMPLE in one.get("id"))
    for column in "CD":
        sheet.write(f"{column}{row + 1}", sheet.text(f"{column}{row}"), number=True)
        kept = next(line for line in own if line.get("element") == f"{column}{row}")
        gone = next(line for line in own if line.get("element") == f"{column}{row + 1}")
        made = copy.deepcopy(kept)
        made.set("element", f"{column}{row + 1}")
        own.replace(gone, made)
    sheet.save()
    parts.put(LEDGER_PART, root)
    return sheet.at(f"A{row + 1}")

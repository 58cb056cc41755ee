"""Faults in single cells of a table book: values, bases, marks, signs, formulas."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from audit.verify.book.plant_tools import (
    HIDDEN,
    LEDGER_PART,
    MARKED,
    SECRET,
    SIMPLE,
    Where,
    column_of,
    fault,
    first,
    lines,
    page,
    pages,
    relabel,
    row_of,
    strings,
)
from audit.verify.plant import LEDGER, Parts, S


@fault
def digit_changed(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    ref = first(parts, MARKED)
    sheet.write(ref, "9.9", number=True)
    sheet.save()
    return sheet.at(ref)


@fault
def digit_changed_in_the_ledger_too(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    sheet.cell(ref).find(f"{S}v").text = "9.9"
    sheet.save()

    def lie(line: Any) -> None:
        if line.get("element") == ref:
            line.set("printed", "9.9")

    relabel(parts, MARKED, lie)
    return sheet.at(ref)


@fault
def unrounded_value(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    value = sheet.cell(ref).find(f"{S}v")
    value.text = f"{value.text}3" if "." in value.text else f"{value.text}.04"
    sheet.save()
    return sheet.at(ref)


@fault
def number_as_text(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    sheet.write(ref, "9.9")
    sheet.save()
    return sheet.at(ref)


@fault
def base_changed(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED, "base")
    sheet.cell(ref).find(f"{S}v").text = "77"
    sheet.save()
    return sheet.at(ref)


@fault
def row_of_bases_gone(parts: Parts) -> Where:
    sheet, row = page(parts, MARKED), row_of(first(parts, MARKED, "base"))
    gone = next(one for one in sheet.root.iter(f"{S}row") if one.get("r") == str(row))
    gone.getparent().remove(gone)
    sheet.save()
    root = lines(parts)
    for own in root:
        for line in list(own) if MARKED in own.get("id") else ():
            if row_of(line.get("element")) == row:
                own.remove(line)
    parts.put(LEDGER_PART, root)
    return sheet.at("C7")


@fault
def mark_turned(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    ref = first(parts, MARKED, "rest.mark", "[▲▼]")
    sheet.write(ref, "▲" if sheet.text(ref) == "▼" else "▼")
    sheet.save()
    return sheet.at(ref)


@fault
def stale_mark(parts: Parts) -> Where:
    """Leave a mark beside a figure that differs no longer, and claim it."""
    sheet, row = page(parts, MARKED), row_of(first(parts, MARKED))
    sheet.write(f"E{row}", "▲")
    sheet.save()
    root = lines(parts)
    own = next(one for one in root if MARKED in one.get("id"))
    address = next(line.get("address") for line in own if line.get("element") == f"D{row}")
    etree.SubElement(
        own, f"{LEDGER}line", element=f"E{row}", address=address, field="previous.mark", printed="▲"
    )
    parts.put(LEDGER_PART, root)
    return sheet.at(f"E{row}")


@fault
def mark_removed(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    ref = first(parts, MARKED, "rest.mark", "[▲▼]")
    sheet.cell(ref).getparent().remove(sheet.cell(ref))
    sheet.save()
    return sheet.at(ref)


@fault
def not_tested_removed(parts: Parts) -> Where:
    for sheet in pages(parts):
        for cell in sheet.cells():
            if sheet.text(cell.get("r")) == "n.t.":
                cell.getparent().remove(cell)
                sheet.save()
                return sheet.at(cell.get("r"))
    return None


@fault
def hidden_figure_shown(parts: Parts) -> Where:
    sheet, ref = page(parts, HIDDEN), first(parts, HIDDEN, state=r"\*")
    sheet.write(ref, SECRET, number=True)
    sheet.save()
    return sheet.at(ref)


@fault
def hidden_figure_shown_as_text(parts: Parts) -> Where:
    sheet, ref = page(parts, HIDDEN), first(parts, HIDDEN, state=r"\*")
    sheet.write(ref, SECRET)
    sheet.save()
    return sheet.at(ref)


@fault
def sign_of_another_state(parts: Parts) -> Where:
    sheet, ref = page(parts, HIDDEN), first(parts, HIDDEN, state=r"\*")
    sheet.write(ref, "–")
    sheet.save()
    return sheet.at(ref)


@fault
def figure_left_empty(parts: Parts) -> Where:
    sheet, ref = page(parts, HIDDEN), first(parts, HIDDEN, state=r"\*")
    sheet.cell(ref).getparent().remove(sheet.cell(ref))
    sheet.save()
    return sheet.at(ref)


@fault
def spare_cell(parts: Parts) -> Where:
    sheet = page(parts, HIDDEN)
    sheet.write("AZ7", "48", number=True)
    sheet.save()
    return sheet.at("AZ7")


@fault
def formula(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    sheet.cell(ref).insert(0, etree.Element(f"{S}f"))
    sheet.cell(ref)[0].text = "SUM(C8:C9)"
    sheet.save()
    return sheet.at(ref)


@fault
def formula_with_another_cached_value(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    formula(parts)
    sheet = page(parts, MARKED)
    sheet.cell(ref).find(f"{S}v").text = "8.8"
    sheet.save()
    return sheet.at(ref)


@fault
def formula_without_a_value(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    sheet.write("AA3", "", number=True)
    cell = sheet.cell("AA3")
    cell.clear()
    cell.set("r", "AA3")
    etree.SubElement(cell, f"{S}f").text = SECRET
    sheet.save()
    return sheet.at("AA3")


@fault
def decimals_hidden_by_a_number_format(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    percent = next(
        one for one in sheet.cells() if column_of(one.get("r")) == "C" and row_of(one.get("r")) == 8
    )
    sheet.cell(ref).set("s", percent.get("s"))
    sheet.save()
    return sheet.at(ref)


@fault
def low_base_without_its_sign(parts: Parts) -> Where:
    root = parts.xml("xl/styles.xml")
    for one in root.iter(f"{S}numFmt"):
        one.set("formatCode", one.get("formatCode").replace('"°"', ""))
    parts.put("xl/styles.xml", root)
    for own in lines(parts):
        for line in own:
            if line.get("printed").startswith("°"):
                return f"{own.get('id')}!{line.get('element')}"
    return None


@fault
def claim_removed(parts: Parts) -> Where:
    root, ref = lines(parts), first(parts, MARKED)
    own = next(one for one in root if MARKED in one.get("id"))
    own.remove(next(line for line in own if line.get("element") == ref))
    parts.put(LEDGER_PART, root)
    return f"{page(parts, MARKED).name}!{ref}"


@fault
def inserted_text_with_a_number(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    sheet.write("A30", f"By hand: East {SECRET}")
    sheet.save()
    assert strings(parts)
    return sheet.at("A30")


@fault
def two_cells_of_one_name(parts: Parts) -> Where:
    sheet, ref = page(parts, MARKED), first(parts, MARKED)
    made = copy.deepcopy(sheet.cell(ref))
    made.find(f"{S}v").text = SECRET
    sheet.cell(ref).addnext(made)
    sheet.save()
    return sheet.at("two cells")

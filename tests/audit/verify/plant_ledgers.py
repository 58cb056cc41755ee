"""Faults in what a deck says about itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from audit.verify.plant import (
    A,
    Parts,
    Where,
    fault,
    has_digit,
    shapes,
)
from audit.verify.plant_tables import cells


def ledger_part(parts: Parts) -> str:
    return next(
        name for name in parts if name.startswith("customXml/") and b"urn:wavedeck:ledger" in parts[name]
    )


@fault
def ledger_removed(parts: Parts) -> Where | None:
    parts.pop(ledger_part(parts))
    return 0, "customXml"


def edit_line(parts: Parts, choose: Callable[[Any], bool], edit: Callable[[Any], object]) -> Where | None:
    part = ledger_part(parts)
    root = parts.xml(part)
    for slide in root:
        for line in slide:
            if choose(line):
                edit(line)
                parts.put(part, root)
                return int(slide.get("number")), line.get("element").partition("/")[0]
    return None


@fault
def ledger_claims_another_wave(parts: Parts) -> Where | None:
    years = sorted(set(re.findall(r"/(20\d\d)\"", parts[ledger_part(parts)].decode())))
    if len(years) < 2:
        return None

    def older(line: Any) -> None:
        line.set("address", line.get("address")[:-4] + years[0])

    return edit_line(
        parts,
        lambda line: line.get("field") == "estimate" and line.get("address").endswith(years[-1]),
        older,
    )


@fault
def ledger_claims_an_unknown_figure(parts: Parts) -> Where | None:
    return edit_line(
        parts, lambda line: line.get("field") == "estimate", lambda line: line.set("address", "a/b/c/2024")
    )


@fault
def ledger_line_removed(parts: Parts) -> Where | None:
    return edit_line(
        parts,
        lambda line: line.get("field") == "estimate" and line.get("element").startswith("table:"),
        lambda line: line.getparent().remove(line),
    )


@fault
def cell_and_ledger_of_another_wave(parts: Parts) -> Where | None:
    """Print the figure of one wave under the name of another, and say so in the ledger."""
    part = ledger_part(parts)
    root = parts.xml(part)
    for slide in root:
        lines = [
            one for one in slide if one.get("element").startswith("table:") and one.get("field") == "estimate"
        ]
        for one in lines:
            for two in lines:
                same = one.get("address")[:-4] == two.get("address")[:-4]
                differing = same and one.get("printed") != two.get("printed")
                if differing and has_digit(one.get("printed")) and has_digit(two.get("printed")):
                    return _move(parts, part, root, slide, one=one, two=two)
    return None


def _move(parts: Parts, part: str, root: Any, slide: Any, *, one: Any, two: Any) -> Where:
    name, _, place = one.get("element").partition("/")
    match = re.fullmatch(r"r(\d+)c(\d+)", place)
    assert match
    for shape in shapes(parts, re.escape(name)):
        run = list(cells(shape)[int(match[1]) - 1][int(match[2]) - 1].iter(f"{A}t"))[-1]
        run.text = run.text.replace(one.get("printed"), two.get("printed"))
        parts.put(shape.part, shape.root)
    one.set("address", two.get("address")), one.set("printed", two.get("printed"))
    parts.put(part, root)
    return int(slide.get("number")), name


@fault
def base_and_ledger_of_another_group(parts: Parts) -> Where | None:
    """Print the base of one group under the name of another, and say so in the ledger."""
    part = ledger_part(parts)
    root = parts.xml(part)
    for slide in root:
        lines = [one for one in slide if one.get("element") == "base/p1" and one.get("field") == "base"]
        groups = {one.get("address").split("/")[2]: one for one in lines}
        if len(groups) > 2:
            one, two = list(groups.values())[-2:]
            runs = [
                run
                for shape in shapes(parts, "base")
                if shape.slide == int(slide.get("number"))
                for run in [shape]
            ]
            shape = runs[0]
            for run in shape.runs:
                if run.text == one.get("printed"):
                    run.text = two.get("printed")
            parts.put(shape.part, shape.root)
            one.set("address", two.get("address")), one.set("printed", two.get("printed"))
            parts.put(part, root)
            return int(slide.get("number")), "base"
    return None


@fault
def mark_forgotten(parts: Parts) -> Where | None:
    """Leave a mark out of a cell and out of the ledger, as a mistake of the renderer would."""
    part = ledger_part(parts)
    root = parts.xml(part)
    for slide in root:
        for line in slide:
            name, _, place = line.get("element").partition("/")
            match = re.fullmatch(r"r(\d+)c(\d+)", place)
            if line.get("field").endswith(".mark") and match:
                for shape in shapes(parts, re.escape(name)):
                    run = next(cells(shape)[int(match[1]) - 1][int(match[2]) - 1].iter(f"{A}t"))
                    run.text = ""
                    parts.put(shape.part, shape.root)
                slide.remove(line)
                parts.put(part, root)
                return int(slide.get("number")), name
    return None

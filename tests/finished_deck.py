"""Read a finished deck as zip and XML: layout, charts and tables of each slide."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECK = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True)
class FinishedSlide:
    """What stands on one slide.

    Attributes
    ----------
    layout
        Name of its layout.
    forms
        Form of each native chart with a workbook: bars, columns, stacked, line or scatter.
    tables
        Number of tables.
    texts
        All texts, in order.
    """

    layout: str
    forms: tuple[str, ...]
    tables: int
    texts: tuple[str, ...]


def read_deck(path: Path) -> list[FinishedSlide]:
    """Return the slides of a deck in order."""
    with zipfile.ZipFile(path) as deck:
        targets = {one: target for one, _, target in _relations(deck, "ppt/presentation.xml")}
        order = ET.fromstring(deck.read("ppt/presentation.xml")).iter(f"{_DECK}sldId")
        return [_slide(deck, targets[entry.attrib[f"{_OFFICE}id"]]) for entry in order]


def _relations(deck: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path in deck.namelist():
        for one in ET.fromstring(deck.read(path)).iter(f"{_REL}Relationship"):
            target = posixpath.normpath(posixpath.join(folder, one.attrib["Target"]))
            yield one.attrib["Id"], one.attrib["Type"].rpartition("/")[2], target


def _slide(deck: zipfile.ZipFile, part: str) -> FinishedSlide:
    content = ET.fromstring(deck.read(part))
    relations = list(_relations(deck, part))
    layout = next(target for _, kind, target in relations if kind == "slideLayout")
    named = ET.fromstring(deck.read(layout)).find(f"{_DECK}cSld")
    charts = [target for _, kind, target in relations if kind == "chart"]
    return FinishedSlide(
        layout="" if named is None else named.attrib.get("name", ""),
        forms=tuple(_form(deck, chart) for chart in charts if _has_workbook(deck, chart)),
        tables=sum(1 for _ in content.iter(f"{_DRAWING}tbl")),
        texts=tuple(one.text or "" for one in content.iter(f"{_DRAWING}t")),
    )


def _has_workbook(deck: zipfile.ZipFile, chart: str) -> bool:
    return any(kind == "package" and target in deck.namelist() for _, kind, target in _relations(deck, chart))


def _form(deck: zipfile.ZipFile, chart: str) -> str:
    plot = ET.fromstring(deck.read(chart)).find(f".//{_CHART}plotArea")
    assert plot is not None, chart
    kinds = {child.tag.removeprefix(_CHART) for child in plot if child.tag.endswith("Chart")}
    if kinds & {"scatterChart", "bubbleChart"}:
        return "scatter"
    bar = plot.find(f"{_CHART}barChart")
    if bar is None:
        return "line"
    grouping, direction = bar.find(f"{_CHART}grouping"), bar.find(f"{_CHART}barDir")
    if grouping is not None and "tacked" in grouping.attrib["val"]:
        return "stacked"
    return "columns" if direction is not None and direction.attrib["val"] == "col" else "bars"

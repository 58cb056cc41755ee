"""Faults with hidden points, headings, legends and matrices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from audit.verify.plant import (
    A,
    C,
    P,
    Parts,
    R,
    S,
    Shape,
    Where,
    fault,
    shapes,
)
from audit.verify.plant_chart_tools import (
    Chart,
    cell_at,
    change_digit,
    charts,
    edit_sheet,
    first_cell,
    set_number,
)


def hidden_point(parts: Parts) -> tuple[Chart, Any, int] | None:
    for chart in charts(parts):
        for series in chart.series():
            for label in series.iter(f"{C}dLbl"):
                if "".join(run.text or "" for run in label.iter(f"{A}t")).strip() == "*":
                    return chart, series, int(label.find(f"{C}idx").get("val"))
    return None


@fault
def chart_suppressed_value_stored(parts: Parts) -> Where | None:
    found = hidden_point(parts)
    if found is None:
        return None
    chart, series, place = found
    next(one for one in chart.values(series) if one.get("idx") == str(place)).find(f"{C}v").text = "7.6"
    parts.put(chart.part, chart.root)
    return chart.slide, chart.name


@fault
def chart_suppressed_value_in_workbook(parts: Parts) -> Where | None:
    found = hidden_point(parts)
    if found is None:
        return None
    chart, series, place = found
    edit_sheet(parts, chart, lambda root: set_number(root, first_cell(series, place), "7.6"))
    return chart.slide, f"workbook:{chart.name}"


@fault
def chart_suppressed_label_given(parts: Parts) -> Where | None:
    found = hidden_point(parts)
    if found is None:
        return None
    chart, series, place = found
    for label in series.iter(f"{C}dLbl"):
        if label.find(f"{C}idx").get("val") == str(place):
            next(label.iter(f"{A}t")).text = "7.6"
    parts.put(chart.part, chart.root)
    return chart.slide, chart.name


@fault
def chart_title_number(parts: Parts) -> Where | None:
    for chart in charts(parts):
        text = (
            f'<c:title xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}"><c:tx><c:rich><a:bodyPr/><a:p><a:r>'
            "<a:t>n = 612</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        )
        chart.root.find(f"{C}chart").insert(0, etree.fromstring(text))
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_axis_title_number(parts: Parts) -> Where | None:
    return change_digit(parts, "title")


@fault
def chart_frames_swapped(parts: Parts) -> Where | None:
    for shape in shapes(parts, r"chart:\w+:1"):
        links = list(shape.root.iter(f"{C}chart"))
        if len(links) > 1:
            one, two = links[0].get(f"{R}id"), links[1].get(f"{R}id")
            links[0].set(f"{R}id", two), links[1].set(f"{R}id", one)
            parts.put(shape.part, shape.root)
            return shape.slide, "chart:"
    return None


@fault
def panel_headings_swapped(parts: Parts) -> Where | None:
    found = list(shapes(parts, r"chart:\w+:\d:heading"))
    if len(found) < 2:
        return None
    names = [one.name for one in found[:2]]
    runs = [
        next(node.iter(f"{A}t"))
        for node in found[0].root.iter(f"{P}sp")
        if next(node.iter(f"{P}cNvPr")).get("name") in names
    ]
    runs[0].text, runs[1].text = runs[1].text, runs[0].text
    parts.put(found[0].part, found[0].root)
    return found[0].slide, "heading"


@fault
def legend_swapped(parts: Parts) -> Where | None:
    for shape in shapes(parts, r"chart:\w+:legend"):
        runs = [run for run in shape.runs if (run.text or "").strip(" \u00a0■")]
        if len(runs) > 1:
            runs[0].text, runs[1].text = runs[1].text, runs[0].text
            parts.put(shape.part, shape.root)
            return shape.slide, "legend"
    return None


@fault
def matrix_coordinate(parts: Parts) -> Where | None:
    for shape, part, root in _matrices(parts):
        for point in root.iter(f"{C}yVal"):
            value = next(point.iter(f"{C}v"))
            value.text = str(float(value.text) + 0.4)
            parts.put(part, root)
            return shape.slide, shape.name
    return None


@fault
def matrix_names_swapped(parts: Parts) -> Where | None:
    for shape, part, _ in _matrices(parts):
        chart = Chart(shape.slide, shape.name, part, None, _book(parts, part))

        def swap(sheet: Any) -> None:
            a, b = cell_at(sheet, "C2").find(f"{S}v"), cell_at(sheet, "C3").find(f"{S}v")
            a.text, b.text = b.text, a.text

        edit_sheet(parts, chart, swap)
        return shape.slide, f"workbook:{shape.name}"
    return None


@fault
def matrix_workbook_value(parts: Parts) -> Where | None:
    for shape, part, _ in _matrices(parts):
        chart = Chart(shape.slide, shape.name, part, None, _book(parts, part))
        edit_sheet(parts, chart, lambda root: set_number(root, "B3", "1.11"))
        return shape.slide, f"workbook:{shape.name}"
    return None


def _book(parts: Parts, part: str) -> str:
    return next(one for one in parts.targets(part).values() if one.endswith(".xlsx"))


def _matrices(parts: Parts) -> Iterator[tuple[Shape, str, Any]]:
    for shape in shapes(parts, r"chart:.*"):
        link = next(shape.node.iter(f"{C}chart"), None)
        part = "" if link is None else parts.targets(shape.part)[link.get(f"{R}id")]
        root = parts.xml(part) if part else None
        if root is not None and root.find(f".//{C}scatterChart") is not None:
            yield shape, part, root

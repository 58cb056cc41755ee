"""Faults in what charts store, show and are called."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from audit.verify.plant import (
    A,
    C,
    Parts,
    S,
    Where,
    fault,
)
from audit.verify.plant_chart_tools import (
    both,
    cell_at,
    change_digit,
    charts,
    edit_sheet,
    set_number,
    value_of,
)


@fault
def chart_stored_digit(parts: Parts) -> Where | None:
    for chart in charts(parts):
        point = chart.values(chart.series()[0])[0].find(f"{C}v")
        point.text = str(float(point.text) + 1)
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_workbook_digit(parts: Parts) -> Where | None:
    for chart in charts(parts):
        value = value_of(chart.values(chart.series()[0])[0]) + 1
        edit_sheet(parts, chart, lambda root: set_number(root, "B2", str(value)))  # noqa: B023
        return chart.slide, f"workbook:{chart.name}"
    return None


@fault
def chart_digit_in_both(parts: Parts) -> Where | None:
    for chart in charts(parts):
        both(parts, chart, chart.series()[0], 0, str(value_of(chart.values(chart.series()[0])[0]) + 1))
        return chart.slide, chart.name
    return None


@fault
def chart_unrounded_in_both(parts: Parts) -> Where | None:
    for chart in charts(parts):
        value = value_of(chart.values(chart.series()[0])[0])
        both(parts, chart, chart.series()[0], 0, str(value + 0.0123))
        return chart.slide, chart.name
    return None


@fault
def chart_unrounded_in_workbook(parts: Parts) -> Where | None:
    for chart in charts(parts):
        value = value_of(chart.values(chart.series()[0])[0])
        edit_sheet(parts, chart, lambda root: set_number(root, "B2", str(value + 0.00123)))  # noqa: B023
        return chart.slide, f"workbook:{chart.name}"
    return None


@fault
def chart_series_values_swapped(parts: Parts) -> Where | None:
    for chart in charts(parts, least=2):
        one, two = chart.series()[:2]
        pairs = list(zip(chart.values(one), chart.values(two), strict=True))
        kept = [(a.findtext(f"{C}v"), b.findtext(f"{C}v")) for a, b in pairs]
        if all(a == b for a, b in kept):
            continue
        for place, (a, b) in enumerate(kept):
            both(parts, chart, one, place, b)
            both(parts, chart, two, place, a)
        return chart.slide, chart.name
    return None


@fault
def chart_series_names_swapped(parts: Parts) -> Where | None:
    for chart in charts(parts, least=2):
        one, two = (series.find(f"{C}tx//{C}v") for series in chart.series()[:2])
        one.text, two.text = two.text, one.text
        parts.put(chart.part, chart.root)

        def swap(root: Any) -> None:
            a, b = cell_at(root, "B1").find(f"{S}v"), cell_at(root, "C1").find(f"{S}v")
            a.text, b.text = b.text, a.text

        edit_sheet(parts, chart, swap)
        return chart.slide, chart.name
    return None


@fault
def chart_series_order_turned(parts: Parts) -> Where | None:
    for chart in charts(parts, least=2):
        one, two = chart.series()[:2]
        two.addnext(one)
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_categories_swapped(parts: Parts) -> Where | None:
    for chart in charts(parts):
        names = [list(series.find(f"{C}cat").iter(f"{C}v")) for series in chart.series()]
        if len(names[0]) < 2:
            continue
        for own in names:
            own[0].text, own[1].text = own[1].text, own[0].text
        parts.put(chart.part, chart.root)

        def swap(root: Any) -> None:
            a, b = cell_at(root, "A2").find(f"{S}v"), cell_at(root, "A3").find(f"{S}v")
            a.text, b.text = b.text, a.text

        edit_sheet(parts, chart, swap)
        return chart.slide, chart.name
    return None


@fault
def chart_category_renamed(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for series in chart.series():
            next(series.find(f"{C}cat").iter(f"{C}v")).text = "Total (n = 4)"
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_value_of_another_wave(parts: Parts) -> Where | None:
    for chart in charts(parts, least=2):
        one, two = chart.series()[:2]
        for place, (a, b) in enumerate(zip(chart.values(one), chart.values(two), strict=True)):
            if value_of(a) != value_of(b) and value_of(a) and value_of(b):
                both(parts, chart, two, place, str(value_of(a)))
                return chart.slide, chart.name
    return None


@fault
def chart_label_digit(parts: Parts) -> Where | None:
    return change_digit(parts, "dLbl")


@fault
def chart_label_written_over(parts: Parts) -> Where | None:
    """Give a point without a label of its own one that says something else."""
    for chart in charts(parts):
        labels = next(chart.root.iter(f"{C}dLbls"), None)
        places = (
            {one.find(f"{C}idx").get("val") for one in labels.findall(f"{C}dLbl")}
            if labels is not None
            else ()
        )
        if labels is None or "0" in places:
            continue
        text = (
            f'<c:dLbl xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}"><c:idx val="0"/>'
            "<c:tx><c:rich><a:bodyPr/><a:p><a:r>"
            "<a:t>9.9</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>"
        )
        labels.insert(0, etree.fromstring(text))
        parts.put(chart.part, chart.root)
        return chart.slide, chart.name
    return None


@fault
def chart_mark_removed(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for label in chart.root.iter(f"{C}dLbl"):
            for run in label.iter(f"{A}t"):
                if any(sign in (run.text or "") for sign in "▲▼"):
                    run.text = re.sub("[▲▼]", "", run.text)
                    parts.put(chart.part, chart.root)
                    return chart.slide, chart.name
    return None


@fault
def chart_mark_turned(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for label in chart.root.iter(f"{C}dLbl"):
            for run in label.iter(f"{A}t"):
                if any(sign in (run.text or "") for sign in "▲▼"):
                    run.text = run.text.translate({ord("▲"): "▼", ord("▼"): "▲"})
                    parts.put(chart.part, chart.root)
                    return chart.slide, chart.name
    return None


@fault
def chart_mark_added(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for label in chart.root.iter(f"{C}dLbl"):
            runs = list(label.iter(f"{A}t"))
            if runs and not any("▲" in (run.text or "") or "▼" in (run.text or "") for run in runs):
                runs[-1].text = f"{runs[-1].text} ▲"
                parts.put(chart.part, chart.root)
                return chart.slide, chart.name
    return None


@fault
def chart_format_with_more_digits(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for code in chart.root.iter(f"{C}numFmt"):
            if code.getparent().tag == f"{C}dLbls" and "0.0" in code.get("formatCode"):
                code.set("formatCode", "0.000")
                parts.put(chart.part, chart.root)
                return chart.slide, chart.name
    return None


@fault
def chart_format_with_fewer_digits(parts: Parts) -> Where | None:
    for chart in charts(parts):
        for code in chart.root.iter(f"{C}numFmt"):
            if code.getparent().tag == f"{C}dLbls" and "0.0" in code.get("formatCode"):
                code.set("formatCode", "0")
                parts.put(chart.part, chart.root)
                return chart.slide, chart.name
    return None

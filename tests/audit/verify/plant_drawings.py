"""Faults in what a chart draws beside its values: lines, tables, formats, series out of sight."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from lxml import etree

from audit.verify.plant import A, C, Parts, Where, fault, has_digit
from audit.verify.plant_chart_tools import Chart, charts

C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"


def draw(parts: Parts, edit: Callable[[Chart], object]) -> Where | None:
    """Change the first chart that can be changed so."""
    for chart in charts(parts):
        if edit(chart) is not False:
            parts.put(chart.part, chart.root)
            return chart.slide, chart.name
    return None


def into(parent: Any, tag: str, **values: str) -> Any:
    return etree.SubElement(parent, f"{C}{tag}", **values)


@fault
def chart_trendline(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        line = etree.Element(f"{C}trendline")
        into(line, "trendlineType", val="linear"), into(line, "dispEq", val="1")
        chart.series()[0].find(f"{C}cat").addprevious(line)

    return draw(parts, add)


@fault
def chart_error_bars(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        bars = etree.Element(f"{C}errBars")
        into(bars, "errValType", val="fixedVal"), into(bars, "val", val="5.6")
        chart.series()[0].find(f"{C}cat").addprevious(bars)

    return draw(parts, add)


@fault
def chart_error_bars_of_their_own(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        bars = etree.Element(f"{C}errBars")
        cache = into(into(bars, "plus"), "numLit")
        into(into(cache, "pt", idx="0"), "v").text = "5.6"
        chart.series()[0].find(f"{C}cat").addprevious(bars)

    return draw(parts, add)


@fault
def chart_data_table(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: into(chart.root.find(f".//{C}plotArea"), "dTable"))


@fault
def chart_units_of_an_axis(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        units = into(next(chart.root.iter(f"{C}valAx")), "dispUnits")
        into(units, "builtInUnit", val="hundreds")

    return draw(parts, add)


def set_code(chart: Chart, code: str) -> bool:
    """Give the labels that show values another format."""
    done = False
    for labels in chart.root.iter(f"{C}dLbls"):
        own, shows = labels.find(f"{C}numFmt"), labels.find(f"{C}showVal")
        if own is not None and shows is not None and shows.get("val") == "1":
            own.set("formatCode", code)
            done = True
    return done


@fault
def chart_format_with_a_digit(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, '"5"0'))


@fault
def chart_format_with_an_escaped_digit(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, r"\50"))


@fault
def chart_format_that_says_a_number(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, '"5.6"'))


@fault
def chart_format_that_divides(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, "0.0,"))


@fault
def chart_format_that_multiplies(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, "0%"))


@fault
def chart_format_of_dates(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, "yyyy"))


@fault
def chart_format_of_powers(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, "0E+0"))


@fault
def chart_format_that_hides(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: set_code(chart, '[<40000]"";0'))


@fault
def chart_format_of_one_point(parts: Parts) -> Where | None:
    def add(chart: Chart) -> bool:
        labels = chart.series()[0].find(f"{C}dLbls")
        shows = None if labels is None else labels.find(f"{C}showVal")
        if shows is None or shows.get("val") != "1" or labels.find(f"{C}dLbl") is not None:
            return False
        label = etree.Element(f"{C}dLbl")
        into(label, "idx", val="0"), into(label, "numFmt", formatCode='"5"0.0', sourceLinked="0")
        into(label, "showVal", val="1")
        labels.insert(0, label)
        return True

    return draw(parts, add)


@fault
def chart_labels_of_percentages(parts: Parts) -> Where | None:
    def add(chart: Chart) -> bool:
        flags = [one for one in chart.root.iter(f"{C}showPercent") if one.get("val") == "0"]
        for one in flags:
            one.set("val", "1")
        return bool(flags)

    return draw(parts, add)


@fault
def chart_labels_of_the_whole_plot(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        plot = chart.series()[0].getparent()
        labels = etree.Element(f"{C}dLbls")
        into(labels, "numFmt", formatCode='"5.6"', sourceLinked="0"), into(labels, "showVal", val="1")
        chart.series()[-1].addnext(labels)
        for own in [one.find(f"{C}dLbls") for one in plot.iter(f"{C}ser")]:
            if own is not None:
                own.getparent().remove(own)

    return draw(parts, add)


@fault
def chart_filtered_series(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        plot = chart.series()[0].getparent()
        entry = into(into(plot, "extLst"), "ext", uri="{02D57815-91ED-43cb-92C2-25804820EDAC}")
        held = etree.SubElement(entry, f"{C15}filteredBarSeries")
        made = etree.SubElement(held, f"{C15}ser")
        for child in copy.deepcopy(chart.series()[0]):
            made.append(child)
        next(made.iter(f"{C}val")).find(f".//{C}v").text = "5.6"

    return draw(parts, add)


@fault
def chart_labels_from_cells(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        entry = into(into(chart.series()[0], "extLst"), "ext", uri="{1}")
        cells = etree.SubElement(entry, f"{C15}datalabelsRange")
        cache = etree.SubElement(cells, f"{C15}dlblRangeCache")
        into(into(cache, "pt", idx="0"), "v").text = "5.6"

    return draw(parts, add)


@fault
def chart_of_bubbles(parts: Parts) -> Where | None:
    def add(chart: Chart) -> None:
        cache = into(into(chart.series()[0], "bubbleSize"), "numLit")
        into(into(cache, "pt", idx="0"), "v").text = "5.6"

    return draw(parts, add)


@fault
def chart_shapes_of_its_own(parts: Parts) -> Where | None:
    for chart in charts(parts):
        text = f'<d xmlns:a="{A[1:-1]}"><a:t>East 5.6</a:t></d>'
        parts["ppt/drawings/drawing1.xml"] = text.encode()
        parts.relate(chart.part, "ppt/drawings/drawing1.xml", "chartUserShapes")
        return 0, "ppt/drawings/drawing1.xml"
    return None


@fault
def chart_workbook_elsewhere(parts: Parts) -> Where | None:
    for chart in charts(parts):
        path = f"ppt/charts/_rels/{chart.part.rpartition('/')[2]}.rels"
        root = parts.xml(path)
        for link in root:
            if link.get("Target", "").endswith(".xlsx"):
                link.set("Target", "file:///rows.xlsx"), link.set("TargetMode", "External")
        parts.put(path, root)
        return chart.slide, chart.name
    return None


@fault
def chart_comment_in_xml(parts: Parts) -> Where | None:
    return draw(parts, lambda chart: chart.root.append(etree.Comment("East 5.6")))


@fault
def chart_label_hidden_of_a_marked_point(parts: Parts) -> Where | None:
    def add(chart: Chart) -> bool:
        for label in chart.root.iter(f"{C}dLbl"):
            if label.find(f"{C}tx") is not None and any(has_digit(one.text) for one in label.iter(f"{A}t")):
                for child in list(label)[1:]:
                    label.remove(child)
                into(label, "delete", val="1")
                return True
        return False

    return draw(parts, add)

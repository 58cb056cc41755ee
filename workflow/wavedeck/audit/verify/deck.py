"""Verify a finished deck: every number of every slide, its notes, its charts and what lies outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wavedeck.audit.verify.axes import axis_phrases
from wavedeck.audit.verify.bases import check_bases
from wavedeck.audit.verify.bindings import Binding, Ledger, read_bindings
from wavedeck.audit.verify.drawn import Drawn, report_extras
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.layers import check_layers
from wavedeck.audit.verify.leaks import check_disclosure
from wavedeck.audit.verify.marks import check_marks, declared_marks
from wavedeck.audit.verify.matrices import account_matrix
from wavedeck.audit.verify.ooxml import open_package
from wavedeck.audit.verify.outside import check_outside, without_ledger
from wavedeck.audit.verify.pages import check_pages
from wavedeck.audit.verify.places import Place, check_labels
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.sight import check_sight
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Deck, Shape, Slide, read_slides
from wavedeck.audit.verify.tables import account_table
from wavedeck.audit.verify.texts import account_text
from wavedeck.audit.verify.visuals import account_chart, wave_notes
from wavedeck.audit.verify.waves import NOTES, check_waves

PAGE = "slide_number"
_PANEL = re.compile(r"^(chart:\w+):(\d+|means)$")
_HEADING = ":heading"


def verify_deck(path: Path, truth: Truth) -> Verification:
    """Account for every number of a deck.

    Parameters
    ----------
    path
        The finished file.
    truth
        The stores and what the study declares.

    Raises
    ------
    AuditError
        When the file is not there or no deck.
    """
    package = open_package(path)
    deck, ledger = read_slides(package), read_bindings(package)
    result = Verification()
    marks = declared_marks(truth.study)
    for slide in deck.slides:
        claims = ledger.slides.get(slide.id, {})
        account_slide(result, truth, slide, claims)
        check_marks(result, truth, claims, marks, slide=slide.number)
        check_waves(result, truth, slide, claims)
        check_sight(result, package, slide, claims)
    for part, shapes in deck.layouts.items():
        for shape in shapes:
            account_text(result, truth, shape.text, [], slide=0, element=f"{part}:{shape.name}")
    check_pages(result, deck, ledger)
    check_outside(result, truth, deck, ledger)
    check_layers(result, truth, deck)
    check_disclosure(result, truth, _printed(deck, ledger))
    return result if ledger.part else without_ledger(result)


def _printed(deck: Deck, ledger: Ledger) -> Iterator[tuple[int, Binding]]:
    for slide in deck.slides:
        for claims in ledger.slides.get(slide.id, {}).values():
            yield from ((slide.number, one) for one in claims)


def account_slide(result: Verification, truth: Truth, slide: Slide, claims: dict[str, list[Binding]]) -> None:
    """Account for every number of a slide by what the file claims of its shapes."""
    printed = [one for own in claims.values() for one in own]
    for shape in slide.shapes:
        own = claims.get(shape.element, [])
        if shape.chart is not None:
            _account_chart(result, truth, slide, shape, claims)
        elif shape.rows is not None:
            account_table(result, truth, shape, own, slide=slide.number)
        else:
            _account_words(result, truth, slide, shape, claims)
            check_bases(result, truth, shape, own, slide=slide.number, printed=printed)
        _account_alternative(result, truth, slide, shape, claims)
    _account_headings(result, truth, slide, claims)
    _account_notes(result, truth, slide, claims.get(NOTES, []))
    _report_gone(result, slide, claims)


def _account_words(
    result: Verification, truth: Truth, slide: Slide, shape: Shape, claims: dict[str, list[Binding]]
) -> None:
    own = [one for one in claims.get(shape.element, []) if one.field != "numbering"]
    if shape.element == PAGE and SLIDE_NUMBER in shape.text:
        for one in own:
            _account_page(result, slide, one)
        rest = shape.text.replace(SLIDE_NUMBER, "")
        account_text(result, truth, rest, [], slide=slide.number, element=shape.element)
        return
    if shape.name.endswith(_HEADING):
        own = [one for one in claims.get(shape.name.removesuffix(_HEADING), []) if not one.place]
    known = _known(truth, slide, shape)
    account_text(
        result, truth, shape.text, own, slide=slide.number, element=shape.element, known=known, lines=True
    )


def _account_page(result: Verification, slide: Slide, claim: Binding) -> None:
    result.account(slide.number, PAGE, "page", str(slide.number), address=claim.address, name="page")


def _known(truth: Truth, slide: Slide, shape: Shape) -> list[str]:
    """Return names that a legend, a key or a heading repeats from its chart."""
    charts = [one for one in slide.shapes if one.chart is not None]
    if "legend" in shape.name:
        return [series.title for one in charts if one.chart for series in one.chart.series]
    if shape.name.startswith("key:"):
        return [shape.text.casefold()] if _is_key(shape, charts) else []
    if shape.name.endswith(":means:heading"):
        name = shape.name.removesuffix(_HEADING)
        return [one.chart.series[0].title for one in charts if one.name == name and one.chart]
    cut = [phrase for one in charts if one.chart for phrase in axis_phrases(truth, one.chart)]
    return [*wave_notes(truth), *cut]


def _is_key(shape: Shape, charts: list[Shape]) -> bool:
    """Tell whether a line of a key is a number and the name of a point of the matrix."""
    number, _, name = shape.text.partition(" ")
    held = {
        str(value)
        for one in charts
        if one.chart and one.chart.workbook
        for sheet in one.chart.workbook.sheets
        for value in sheet.cells.values()
    }
    return shape.name.endswith(f":{number}") and name.strip() in held


def _account_chart(
    result: Verification, truth: Truth, slide: Slide, shape: Shape, claims: dict[str, list[Binding]]
) -> None:
    assert shape.chart is not None
    places: dict[str, list[Binding]] = {}
    panel = _PANEL.match(shape.name)
    own = [one for one in claims.get(shape.element, []) if one.place]
    if panel:
        own += [one for one in claims.get(panel[1], []) if re.fullmatch(r"[cs]\d+", one.place)]
    for one in own:
        places.setdefault(one.place, []).append(one)
    drawn = Drawn(slide.number, shape.element, shape.chart, places)
    report_extras(result, drawn)
    if any(series.across is not None for series in shape.chart.series):
        account_matrix(result, truth, drawn, claims)
    else:
        account_chart(result, truth, drawn)


def _account_alternative(
    result: Verification, truth: Truth, slide: Slide, shape: Shape, claims: dict[str, list[Binding]]
) -> None:
    if not shape.alt:
        for one in claims.get(f"alt:{shape.element}", []):
            result.fault(slide.number, one.element, "edited", f"'{one.printed}' of {one.source} is gone")
        return
    own = claims.get(f"alt:{shape.element}", [])
    known = [shape.alt] if shape.name.startswith("link:") and _is_contents(slide, shape) else []
    known += [one.text for one in slide.shapes if one.name == f"{shape.name}{_HEADING}"]
    account_text(
        result, truth, shape.alt, own, slide=slide.number, element=f"alt:{shape.element}", known=known
    )


def _is_contents(slide: Slide, shape: Shape) -> bool:
    """Tell whether the text of a link is that of a line of the contents: its number and title."""
    lines = [row for one in slide.shapes for row in one.rows or ()]
    return shape.alt in {" ".join(filter(None, row[:-1])) for row in lines}


def _account_headings(
    result: Verification, truth: Truth, slide: Slide, claims: dict[str, list[Binding]]
) -> None:
    """Hold the headings of panels against the figures under them, and legends against their series."""
    groups: dict[str, list[Place]] = {}
    texts = {one.name: one.text for one in slide.shapes}
    for shape in slide.shapes:
        panel = _PANEL.match(shape.name)
        if panel and shape.chart and f"{shape.name}{_HEADING}" in texts and panel[2] != "means":
            own = tuple(one.address for one in claims.get(shape.name, []) if one.place)
            heading = f"{shape.name}{_HEADING}"
            groups.setdefault(panel[1], []).append(Place(heading, texts[heading], own))
    for places in groups.values():
        check_labels(result, truth, places, slide=slide.number)
    for shape in slide.shapes:
        _check_legend(result, slide, shape)


def _check_legend(result: Verification, slide: Slide, shape: Shape) -> None:
    parts = [name for one in shape.text.split("■") if (name := _one_spaced(one))]
    if "legend" not in shape.name or not parts:
        return
    name = shape.name.replace("legend:", "chart:").removesuffix(":legend")
    charts = [one.chart for one in slide.shapes if one.name in (name, f"{name}:1") and one.chart]
    for chart in charts:
        titles = [_one_spaced(one.title) for one in chart.series]
        scatter = any(one.across is not None for one in chart.series)
        order = [] if scatter else [titles.index(one) for one in parts if one in titles]
        strange = [one for one in parts if one not in titles]
        if strange or order != sorted(order):
            message = f"the legend says {', '.join(parts)}; the series are {', '.join(titles)}"
            result.fault(slide.number, shape.element, "mismatch", message)


def _one_spaced(text: str) -> str:
    return " ".join(text.removesuffix(" ○").split())


def _account_notes(result: Verification, truth: Truth, slide: Slide, claims: list[Binding]) -> None:
    texts = [one for one in slide.notes if one.text and SLIDE_NUMBER not in one.text]
    body = max(texts, key=lambda one: len(one.text), default=None)
    for shape in slide.notes:
        own = claims if shape is body else []
        text = shape.text.replace(SLIDE_NUMBER, "")
        account_text(result, truth, text, own, slide=slide.number, element=NOTES, lines=True)
        cells = (cell for row in shape.rows or () for cell in row)
        for other in (shape.alt, *cells):
            account_text(result, truth, other, [], slide=slide.number, element=NOTES)
    if body is None:
        for one in claims:
            result.fault(slide.number, one.element, "edited", f"'{one.printed}' of {one.source} is gone")


def _report_gone(result: Verification, slide: Slide, claims: dict[str, list[Binding]]) -> None:
    """Report claims of shapes that are no longer on the slide."""
    present = {shape.element for shape in slide.shapes} | {NOTES}
    for name, own in claims.items():
        shape = name.removeprefix("alt:")
        known = shape in present or any(
            shape.startswith(f"{one}:") for one in present if one.startswith("chart:")
        )
        panels = any(one.startswith(f"{shape}:") for one in present)
        if not known and not panels and not name.startswith("alt:"):
            for one in own:
                result.fault(slide.number, one.element, "edited", f"'{one.printed}' of {one.source} is gone")

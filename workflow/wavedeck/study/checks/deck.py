"""Check deck.yaml: indicators, items, categories, groups, waves, parts."""

from __future__ import annotations

from collections.abc import Sequence

from wavedeck.study.checks.impact import check_matrix
from wavedeck.study.checks.shapes import extent
from wavedeck.study.checks.vocabulary import AnyIndicator, Problems, Vocabulary, plural, unknown
from wavedeck.study.deck import (
    ChartSlide,
    ChartSpec,
    DeckSpec,
    MatrixSlide,
    Order,
    QuotesSlide,
    QuotesSpec,
    ResultsSlide,
    Selection,
    Slide,
    TableSlide,
    TableSpec,
    View,
    WaveRef,
)
from wavedeck.study.groups import ALL
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import CompositionIndicator, RangeIndicator
from wavedeck.study.shape import Location


def check_deck(deck: DeckSpec, names: Vocabulary) -> Problems:
    """Check that what deck.yaml shows is computed."""
    for place, slide in enumerate(deck.slides):
        yield from _check_slide(slide, ("slides", place), names)


def _check_slide(slide: Slide, path: Location, names: Vocabulary) -> Problems:
    yield from _check_part_name(slide.part, (*path, "part"), names)
    yield from names.check_waves(slide.waves, path)
    if isinstance(slide, ChartSlide):
        yield from _check_chart(slide.chart, slide, (*path, "chart"), names)
    elif isinstance(slide, TableSlide):
        yield from _check_table(slide.table, slide, (*path, "table"), names)
    elif isinstance(slide, MatrixSlide):
        yield from check_matrix(slide, path, names)
    elif isinstance(slide, QuotesSlide):
        yield from _check_quotes(slide, slide, path, names)
    elif isinstance(slide, ResultsSlide):
        for column, one in enumerate(slide.across):
            for place, view in enumerate(one.down):
                yield from _check_view(view, slide, (*path, "across", column, "down", place), names)


def _check_view(view: View, slide: Slide, path: Location, names: Vocabulary) -> Problems:
    if view.chart is not None:
        yield from _check_chart(view.chart, slide, (*path, "chart"), names)
    if view.table is not None:
        yield from _check_table(view.table, slide, (*path, "table"), names)
    if view.quotes is not None:
        yield from _check_quotes(view.quotes, slide, (*path, "quotes"), names)


def _check_part_name(part: str | None, path: Location, names: Vocabulary) -> Problems:
    if part is not None and part not in names.parts:
        yield path, unknown("part", part, names.parts)


def _part(slide: Slide, selection: Selection | None, names: Vocabulary) -> str | None:
    own = selection.part if selection else None
    only = names.parts[0] if len(names.parts) == 1 else None
    return own or slide.part or only


def _check_selection(selection: Selection, slide: Slide, path: Location, names: Vocabulary) -> Problems:
    yield from _check_part_name(selection.part, (*path, "part"), names)
    part = _part(slide, selection, names)
    if part is None:
        yield path[:-1], f"needs 'part': the study has {plural('part', names.parts)}"
    known = names.every_indicator
    for place, name in enumerate(selection.indicators):
        if name not in known:
            yield (*path, "indicators", place), unknown("indicator", name, tuple(known), listed=False)
        elif part in names.parts:
            yield from _check_in_part(name, known[name], part, (*path, "indicators", place))
    chosen = {name: known[name] for name in selection.indicators if name in known}
    yield from _check_dimensions(selection, chosen, path, names)
    yield from _check_labels(selection, chosen, part, path, names)
    yield from _check_waves(selection.waves, (*path, "waves"), names)
    yield from names.check_groups(
        selection.groups, (*path, "groups"), [part] if part in names.parts else None
    )
    for inner, outer in selection.within.items():
        own = [part] if part in names.parts else None
        yield from names.check_single(inner, (*path, "within", inner), own)
        yield from names.check_single(outer, (*path, "within", inner), own)
    if part in names.parts:
        yield from _check_computed(selection, chosen, part, path, names)


def _check_in_part(name: str, indicator: AnyIndicator, part: str | None, path: Location) -> Problems:
    if indicator.parts is not None and part not in indicator.parts:
        yield path, f"indicator '{name}' is only in {plural('part', indicator.parts)}, not in part {part}"


def _check_dimensions(
    selection: Selection, chosen: dict[str, AnyIndicator], path: Location, names: Vocabulary
) -> Problems:
    extents = [extent(indicator, names) for indicator in chosen.values()]
    for key, noun in (("items", "item"), ("categories", "category")):
        known = tuple(dict.fromkeys(name for one in extents for name in getattr(one, key)))
        if key == "categories" and any(isinstance(one, CompositionIndicator) for one in chosen.values()):
            known = (*known, ALL)
        for place, name in enumerate(getattr(selection, key) or ()):
            if chosen and name not in known:
                yield (*path, key, place), unknown(f"{noun} of {', '.join(chosen)}", name, known)


def _check_labels(
    selection: Selection, chosen: dict[str, AnyIndicator], part: str | None, path: Location, names: Vocabulary
) -> Problems:
    extents = [extent(indicator, names) for indicator in chosen.values()]
    inner = [name for one in extents for name in (*one.items, *one.categories)]
    groups = names.expand(selection.groups, part) if part in names.parts else ()
    means = [selection.means] if isinstance(selection, ChartSpec) and selection.means else []
    known = tuple(dict.fromkeys([*chosen, *means, *inner, *(groups or ()), *names.waves]))
    for name in selection.labels:
        if chosen and name not in known:
            yield (*path, "labels", name), unknown("id in this chart or table", name, known, listed=False)


def _check_waves(waves: Sequence[WaveRef] | str, path: Location, names: Vocabulary) -> Problems:
    for place, wave in enumerate([] if isinstance(waves, str) else waves):
        yield from _check_wave(wave, (*path, place), names)


def _check_wave(wave: WaveRef, path: Location, names: Vocabulary) -> Problems:
    if isinstance(wave, str) and wave not in ("first", *names.waves):
        yield path, unknown("wave", wave, ("first", *names.waves))
    elif isinstance(wave, int) and wave > 0:
        yield (
            path,
            f"{wave} lies ahead: 0 is the wave being built, -1 the one before; a named wave is in quotes",
        )
    elif isinstance(wave, int) and -wave >= len(names.waves):
        yield path, f"{wave} goes back too far: the study has {plural('wave', names.waves)}"


def _check_computed(
    selection: Selection, chosen: dict[str, AnyIndicator], part: str | None, path: Location, names: Vocabulary
) -> Problems:
    for place, asked in enumerate(selection.groups):
        groups = names.expand([asked], part or "")
        for name, indicator in chosen.items():
            computed = _groups_of(indicator, part or "", names)
            lacking = [group for group in groups or () if computed is not None and group not in computed]
            if lacking:
                has = ", ".join(indicator.groups)
                message = f"indicator '{name}' is not computed for {', '.join(lacking)} (its groups: {has})"
                file = "impact.yaml" if isinstance(indicator, ImpactIndicator) else "indicators.yaml"
                yield (*path, "groups", place), f"{message}; add '{asked}' to them in {file}"


def _groups_of(indicator: AnyIndicator, part: str, names: Vocabulary) -> tuple[str, ...] | None:
    if isinstance(indicator, RangeIndicator) and isinstance(indicator.over, list):
        return ("all",)
    shares = indicator.of if isinstance(indicator, CompositionIndicator) else []
    return names.expand([*indicator.groups, *shares], part)


def _check_table(table: TableSpec, slide: Slide, path: Location, names: Vocabulary) -> Problems:
    yield from _check_selection(table, slide, path, names)
    yield from _check_order(table.order, table, (*path, "order"), names)
    for place, cell in enumerate(table.cells):
        for dimension in cell.at:
            if dimension not in (*table.rows, *table.columns):
                message = f"'{dimension}' is neither among rows nor among columns"
                yield (*path, "cells", place, "at", dimension), message


def _check_chart(chart: ChartSpec, slide: Slide, path: Location, names: Vocabulary) -> Problems:
    yield from _check_selection(chart, slide, path, names)
    yield from _check_order(chart.order, chart, (*path, "order"), names)
    if chart.means is not None:
        means = names.indicators.indicators.get(chart.means)
        if means is None:
            known = tuple(names.indicators.indicators)
            yield (*path, "means"), unknown("indicator", chart.means, known, listed=False)
        else:
            yield from _check_in_part(chart.means, means, _part(slide, chart, names), (*path, "means"))
    if chart.panels and chart.kind != "panels":
        yield (*path, "panels"), f"kind '{chart.kind}' has no panels; kind 'panels' has"
    if chart.kind == "panels" and not chart.panels:
        yield path, "kind 'panels' needs 'panels': what each panel is"
    used = [chart.rows, *filter(None, (chart.series, chart.panels))]
    for dimension in sorted({name for name in used if used.count(name) > 1}):
        yield path, f"'{dimension}' is used twice among rows, series and panels"
    if chart.minimum is not None and chart.maximum is not None and chart.minimum >= chart.maximum:
        yield (*path, "minimum"), f"{chart.minimum:g} is not below maximum, {chart.maximum:g}"


def _check_order(order: Order, selection: Selection, path: Location, names: Vocabulary) -> Problems:
    yield from _check_wave(order.wave, (*path, "wave"), names)
    if order.group is not None:
        yield from names.check_single(
            order.group, (*path, "group"), [selection.part] if selection.part else None
        )


def _check_quotes(quotes: QuotesSpec, slide: Slide, path: Location, names: Vocabulary) -> Problems:
    part = _part(slide, None, names)
    if part is None:
        yield path, f"needs 'part': the study has {plural('part', names.parts)}"
    parts = [part] if part in names.parts else None
    if quotes.selection is not None:
        yield from names.check_selection(quotes.selection, (*path, "selection"))
    if quotes.variable is not None:
        yield from names.check_field(quotes.variable, (*path, "variable"), parts or [])
    for place, quote in enumerate(quotes.quotes):
        yield from names.check_single(quote.group, (*path, "quotes", place, "group"), parts)

"""Whether heads and names of rows are those of the figures under and beside them."""

from __future__ import annotations

from collections import defaultdict

from wavedeck.audit.verify.book.layout import Layout
from wavedeck.audit.verify.book.read import Place
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.places import names_of
from wavedeck.audit.verify.result import Verification
from wavedeck.narrative.book_names import indicator_name, measure_of
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL, CROSS

Row = tuple[str, str, str]
Column = tuple[str, str]


def check_heads(result: Verification, truth: Truth, layout: Layout) -> set[Place]:
    """Report heads and names that belong to other figures, and return the cells with those that do not.

    Each column is of one group and wave, each row of one indicator, item and category; so columns or rows
    that changed places are found, and the figure of one wave under the name of another.
    """
    columns: dict[int, dict[Column, Place]] = defaultdict(dict)
    rows: dict[int, dict[Row, Place]] = defaultdict(dict)
    for place, own in layout.claims.figures.items():
        columns[place[1]].setdefault((own.group, own.wave), place)
        rows[place[0]].setdefault((own.indicator, own.item, own.category), place)
    for place, own in layout.claims.bases.items():
        if place[0] >= layout.first[0]:
            columns[place[1]].setdefault((own.group, own.wave), place)
    fine: set[Place] = set()
    for column, found in columns.items():
        for place in found.values():
            _check_column(result, truth, layout, column, place)
    for row, named in rows.items():
        for place in named.values():
            fine |= _check_row(result, truth, layout, row, place)
    return fine


def _address(layout: Layout, place: Place) -> Address:
    return layout.claims.figures.get(place) or layout.claims.bases[place]


def _check_column(result: Verification, truth: Truth, layout: Layout, column: int, place: Place) -> None:
    address, element = _address(layout, place), layout.claims.element(place)
    if _plain(layout.group(column)) not in names_of(truth, address, "group"):
        wrong = f"over it stands group '{layout.group(column)}', but it is of '{address.group}' ({address})"
        result.fault(0, element, "mismatch", wrong)
    if layout.wave(column) != truth.labels.wave(address.wave):
        wrong = f"over it stands '{layout.wave(column)}', but it is of wave {address.wave} ({address})"
        result.fault(0, element, "mismatch", wrong)
    if layout.set(column) not in sets_of(truth, layout.words, address):
        wrong = f"over it stands '{layout.set(column)}', to which group '{address.group}' does not belong"
        result.fault(0, element, "mismatch", wrong)


def sets_of(truth: Truth, words: dict[str, str], address: Address) -> set[str]:
    """Return what the set of groups over a figure may be called."""
    if address.group == ALL:
        return {truth.labels.text(truth.study.settings.parts[address.part].label)}
    if CROSS in address.group:
        return {words["crossed"]}
    book = truth.study.group_book
    declared = book.groups.breakdowns
    own = {
        truth.labels.text(declared[name].label) for name in declared if address.group in book.members(name)
    }
    return own or {words["groups"]}


def _check_row(result: Verification, truth: Truth, layout: Layout, row: int, place: Place) -> set[Place]:
    address, fine = _address(layout, place), set[Place]()
    for dimension, column in layout.stub.items():
        text = layout.sheet.text((row, column))
        if _plain(text) in {_plain(one) for one in row_names(truth, layout.words, address, dimension)}:
            fine.add((row, column))
            continue
        wrong = f"the row is called '{text}', but its figures are those of {address}"
        result.fault(0, layout.claims.element((row, column)), "mismatch", wrong)
    return fine


def row_names(truth: Truth, words: dict[str, str], address: Address, dimension: str) -> set[str]:
    """Return what a column of names may say of a figure."""
    own = indicator_name(truth.labels, words, address.indicator)
    if dimension == "indicator":
        return {own}
    if dimension == "measure":
        return {measure_of(truth.labels, words, address.indicator)}
    if dimension == "category" and not address.category:
        return {own}
    return names_of(truth, address, dimension) if getattr(address, dimension) else {own}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def check_measures(result: Verification, layout: Layout) -> None:
    """Report rows of bases that are called otherwise than the field they print."""
    column = layout.stub.get("measure", 0)
    for place in layout.claims.bases:
        claim, text = layout.claims.first(place), layout.sheet.text((place[0], column))
        if claim is not None and claim.field in COUNTS and text != layout.words[claim.field]:
            wrong = f"the row is called '{text}', but it holds {claim.source}"
            result.fault(0, layout.claims.element(place), "mismatch", wrong)

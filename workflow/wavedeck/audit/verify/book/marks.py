"""Whether every mark of significance is that of the test in the store, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.audit.verify.book.layout import Layout
from wavedeck.audit.verify.book.read import Place
from wavedeck.audit.verify.expected import MARK_SIGNS, Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.figures.records import Comparison
from wavedeck.study.address import Address

KINDS = ("previous", "stated", "rest")


def check_marks(result: Verification, truth: Truth, layout: Layout) -> set[Place]:
    """Hold columns of marks against the tests of the newest wave's figures beside them.

    Returns
    -------
    set
        The cells of marks, accounted for or reported here.
    """
    seen, places = set[tuple[str, str]](), set[Place]()
    figure_columns = {column for _, column in layout.claims.figures}
    for column in layout.columns:
        if column not in figure_columns:
            places |= {
                place for place in layout.sheet.cells if place[1] == column and place[0] in layout.rows
            }
            places |= {
                place for place in layout.claims.by_place if place[1] == column and place[0] in layout.rows
            }
            for row in layout.rows:
                _check_cell(result, truth, layout, (row, column), seen)
    for place in layout.claims.figures:
        _check_missing(result, truth, layout, place, seen)
    return places


def _check_cell(
    result: Verification, truth: Truth, layout: Layout, place: Place, seen: set[tuple[str, str]]
) -> None:
    address, text = _beside(truth, layout, place), layout.sheet.text(place)
    if address is None:
        if text:
            wrong = f"'{text}' stands beside no figure of wave {truth.wave}"
            result.fault(0, layout.claims.element(place), "orphan", wrong)
        return
    kinds = list(_kinds(truth, layout, place[1], address))
    right = {_sign(truth.store.comparison(str(address), kind), layout.words): kind for kind in kinds}
    if text not in right:
        known = " or ".join(f"'{one}'" for one in right) or "none: nothing is compared so"
        wrong = f"the mark '{text}' under '{layout.wave(place[1])}', but that of {address} is {known}"
        result.fault(0, layout.claims.element(place), "mismatch", wrong)
        return
    seen |= {(str(address), kind) for kind in kinds}
    if text in MARK_SIGNS.values():
        element = layout.claims.element(place)
        result.account(0, element, "mark", text, address=str(address), name=f"{right[text]}.mark")


def _beside(truth: Truth, layout: Layout, place: Place) -> Address | None:
    """Return the figure of the newest wave in the same row and group."""
    own = (layout.claims.figures.get((place[0], column)) for column in layout.spans.get(place[1], ()))
    return next((one for one in own if one is not None and one.wave == truth.wave), None)


def _kinds(truth: Truth, layout: Layout, column: int, address: Address) -> Iterator[str]:
    """Yield what a column of marks compares with, by its head."""
    head = layout.wave(column)
    if head == layout.words["others"]:
        yield "rest"
        return
    waves = truth.study.waves_until(truth.wave)
    against = {
        "previous": waves[-2] if len(waves) > 1 else "",
        "stated": truth.study.settings.tests.stated_wave,
    }
    for kind, wave in against.items():
        if wave and head == layout.words["against"].format(wave=truth.labels.wave(wave)):
            item = truth.store.comparison(str(address), kind)
            if item is None or not item.against or Address.parse(item.against).wave == wave:
                yield kind


def _sign(item: Comparison | None, words: dict[str, str]) -> str:
    if item is None or not item.mark:
        return words["not_tested"]
    return MARK_SIGNS.get(item.mark, "")


def _check_missing(
    result: Verification,
    truth: Truth,
    layout: Layout,
    place: Place,
    seen: set[tuple[str, str]],
) -> None:
    address = layout.claims.figures[place]
    figure = truth.store.figures.get(str(address))
    if address.wave != truth.wave or figure is None or not figure.is_shown:
        return
    for kind in KINDS:
        item = truth.store.comparison(str(address), kind)
        if item is not None and item.mark in MARK_SIGNS and (str(address), kind) not in seen:
            missing = f"the mark {MARK_SIGNS[item.mark]} of {address} ({kind}) is missing"
            result.fault(0, layout.claims.element(place), "mismatch", missing)

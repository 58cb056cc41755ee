"""Whether every base is that of the figures above it."""

from __future__ import annotations

from collections import defaultdict

from wavedeck.audit.verify.book.layout import Layout
from wavedeck.audit.verify.book.read import Place
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.rounding import half_up

#: Kinds of figures whose bases no table gives.
BASELESS = frozenset({"count", "gross", "response_rate", "benchmark", "range"})
_NAMES = ("indicator", "item", "category")


def check_bases(result: Verification, truth: Truth, layout: Layout) -> set[Place]:
    """Report bases of other figures than those above them, and figures without a base.

    A row of bases holds for the rows with figures directly above, other rows of bases left out, that
    have the same names; the word for a base in a column of names stands for every name there.

    Returns
    -------
    set
        The names of rows of bases, which are those of rows with figures.
    """
    figure_rows, base_rows = (
        set(layout.rows),
        {row for row, _ in layout.claims.bases if row > layout.first[0]},
    )
    fine, covered = set[Place](), defaultdict[str, set[int]](set)
    for row in sorted(base_rows - figure_rows):
        above = _rows_above(layout, row, figure_rows, base_rows)
        for column in layout.columns:
            claim = layout.claims.first((row, column))
            if claim is not None and (row, column) in layout.claims.bases:
                covered[claim.field].update(above)
                _check_cell(result, truth, layout, (row, column), above)
        fine |= {(row, layout.stub[name]) for name in _NAMES if name in layout.stub and above}
    for name in COUNTS:
        _check_covered(result, truth, layout, name, covered=covered[name])
    return fine


def _rows_above(layout: Layout, row: int, figures: set[int], bases: set[int]) -> list[int]:
    place = row - 1
    while place in bases:
        place -= 1
    found = []
    while place in figures:
        found.append(place)
        place -= 1
    return [one for one in found if all(_same(layout, row, one, name) for name in _NAMES)]


def _same(layout: Layout, row: int, figure: int, name: str) -> bool:
    text = layout.named(row, name)
    return text in (layout.words["bases"], layout.named(figure, name))


def _check_cell(result: Verification, truth: Truth, layout: Layout, place: Place, above: list[int]) -> None:
    claim, element = layout.claims.first(place), layout.claims.element(place)
    addresses = [own for row in above if (own := layout.claims.figures.get((row, place[1]))) is not None]
    if claim is None or claim.address not in {str(one) for one in addresses}:
        wrong = f"the base is that of {claim.address if claim else 'nothing'}, which is not above it"
        result.fault(0, element, "mismatch", wrong)
        return
    right = truth.rounded(claim)
    for address in addresses:
        figure = truth.store.figures.get(str(address))
        value = getattr(figure, claim.field) if figure is not None else None
        if figure is None or not figure.is_shown or figure.statistic in BASELESS or value is None:
            continue
        if half_up(value, 0) != right:
            wrong = f"the base '{claim.printed}' is not that of {address}: {half_up(value, 0)}"
            result.fault(0, element, "mismatch", wrong)


def _check_covered(
    result: Verification, truth: Truth, layout: Layout, name: str, *, covered: set[int]
) -> None:
    """Report figures without a row of bases of a kind; where nothing is weighted, one kind will do."""
    for (row, column), address in layout.claims.figures.items():
        if row in covered or (name != "base" and not _is_weighted(truth, address.part)):
            continue
        figure = truth.store.figures.get(str(address))
        if figure is None or figure.statistic in BASELESS or not figure.is_shown:
            continue
        if getattr(figure, name) is not None:
            element = layout.claims.element((row, column))
            result.fault(0, element, "edited", f"no row '{layout.words[name]}' holds for {address}")


def _is_weighted(truth: Truth, part: str) -> bool:
    weighting = truth.study.weighting.parts.get(part)
    return weighting is not None and weighting.method != "none"

"""Account for a table: each cell, then whether heads and rows name their figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.places import Place, check_labels
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Shape
from wavedeck.audit.verify.texts import account_text
from wavedeck.study.address import Address

_CELL = re.compile(r"r(\d+)c(\d+)$")
Claims = dict[tuple[int, int], list[Binding]]


def account_table(
    result: Verification, truth: Truth, shape: Shape, claims: list[Binding], *, slide: int
) -> None:
    """Hold a table against its claims; places are rows and grid columns from 0."""
    rows = shape.rows or ()
    found: Claims = defaultdict(list)
    for one in claims:
        match = _CELL.match(one.place)
        if match:
            found[int(match[1]) - 1, int(match[2]) - 1].append(one)
    _check_size(result, shape, found, slide)
    fine = _check_heads(result, truth, shape, found, slide) | _check_rows(result, truth, shape, found, slide)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            element = f"{shape.element}/r{r + 1}c{c + 1}"
            known = [text] if element in fine else []
            own = sorted(found.pop((r, c), []), key=lambda one, text=text: text.find(one.printed))  # type: ignore[misc]
            account_text(result, truth, text, own, slide=slide, element=element, known=known)
    for gone in [one for own in found.values() for one in own]:
        result.fault(slide, gone.element, "edited", f"'{gone.printed}' of {gone.source} is gone")


def _check_size(result: Verification, shape: Shape, found: Claims, slide: int) -> None:
    rows = shape.rows or ()
    for word, held, there in (
        ("row", max((row for row, _ in found), default=-1) + 1, len(rows)),
        ("column", max((column for _, column in found), default=-1) + 1, max(map(len, rows), default=0)),
    ):
        if there < held:
            message = f"a {word} is gone: figures stood in {held} {word}s, there are {there}"
            result.fault(slide, shape.element, "edited", message)


def _value(claims: list[Binding]) -> str:
    """Return the address of the figure in a cell; nothing for names of waves and bases."""
    own = [
        one
        for one in claims
        if one.address.count("/") == 3 and one.field not in COUNTS and not one.field.endswith(".mark")
    ]
    return own[0].address if own else ""


def _figures(found: Claims) -> dict[tuple[int, int], str]:
    return {place: address for place, own in found.items() if (address := _value(own))}


def _check_heads(result: Verification, truth: Truth, shape: Shape, found: Claims, slide: int) -> set[str]:
    figures, rows = _figures(found), shape.rows or ()
    first = min((row for row, _ in figures), default=0)
    fine: set[str] = set()
    columns = {column for _, column in figures}
    for r in range(first):
        places = []
        for c, text in enumerate(rows[r]):
            covered = [c]
            while (r, covered[-1] + 1) in shape.merged:
                covered.append(covered[-1] + 1)
            own = tuple(address for (_, column), address in sorted(figures.items()) if column in covered)
            if (
                text
                and own
                and c in columns
                and (r, c) not in shape.merged
                and not _is_base(found.get((r, c), []))
            ):
                places.append(Place(f"{shape.element}/r{r + 1}c{c + 1}", text, own))
        fine |= check_labels(result, truth, places, slide=slide)
    _check_bases(result, figures, found, slide)
    return fine


def _is_base(claims: list[Binding]) -> bool:
    return any(one.field in COUNTS for one in claims)


def _check_bases(
    result: Verification, figures: dict[tuple[int, int], str], found: Claims, slide: int
) -> None:
    """Report bases in a column that are those of another wave or indicator than its figures."""
    for (row, column), own in found.items():
        addresses = [Address.parse(one) for (_, c), one in figures.items() if c == column]
        for claim in own:
            if claim.field not in COUNTS or not addresses or (row, column) in figures:
                continue
            base = Address.parse(claim.address)
            for name in ("indicator", "wave", "group", "category"):
                values = {getattr(one, name) for one in addresses}
                if getattr(base, name) not in values and not (
                    name in ("group", "category") and len(values) > 1
                ):
                    wrong = f"the base is that of {claim.address}, the figures over it are of another {name}"
                    result.fault(slide, claim.element, "mismatch", wrong)


def _check_rows(result: Verification, truth: Truth, shape: Shape, found: Claims, slide: int) -> set[str]:
    figures, fine = _figures(found), set[str]()
    for stub, columns in _blocks(shape, figures):
        inner, outer = list[Place](), list[tuple[str, str, list[str]]]()
        for r, row in enumerate(shape.rows or ()):
            own = [figures[r, c] for c in columns if (r, c) in figures]
            element = f"{shape.element}/r{r + 1}c{stub + 1}"
            if own:
                inner.append(Place(element, row[stub], tuple(own)))
                if outer:
                    outer[-1][2].extend(own)
            elif row[stub] and r > min(line for line, _ in figures) - 2:
                outer.append((element, row[stub], []))
        fine |= check_labels(result, truth, inner, slide=slide)
        heads = [Place(element, text, tuple(own)) for element, text, own in outer if own]
        fine |= check_labels(result, truth, heads, slide=slide) if len(heads) > 1 else set()
    return fine


def _blocks(shape: Shape, figures: dict[tuple[int, int], str]) -> Iterator[tuple[int, list[int]]]:
    """Yield the column of row names and the columns of figures of each block side by side."""
    with_figures = {column for _, column in figures}
    width = max((len(row) for row in shape.rows or ()), default=0)
    stub, columns = 0, list[int]()
    for column in range(width):
        if column in with_figures:
            columns.append(column)
            continue
        if columns:
            yield stub, columns
            columns = []
        stub = column
    if columns:
        yield stub, columns

"""Whether every mark of significance that a chart or table declares is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import MARK_SIGNS, Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.study.deck import ChartSlide, ResultsSlide, TableSlide
from wavedeck.study.load import Study

_MEANS = ":means"


def declared_marks(study: Study) -> dict[str, tuple[str, bool]]:
    """Return what the marks of each chart and table compare with, and whether means stand beside it."""
    return dict(_declared(study))


def _declared(study: Study) -> Iterator[tuple[str, tuple[str, bool]]]:
    for slide in study.deck.slides:
        if isinstance(slide, ChartSlide):
            yield f"chart:{slide.id}", (slide.chart.marks, slide.chart.means is not None)
        elif isinstance(slide, TableSlide):
            yield f"table:{slide.id}", (slide.table.marks, False)
        elif isinstance(slide, ResultsSlide):
            for name, view in slide.views():
                if view.chart is not None:
                    yield f"chart:{name}", (view.chart.marks, view.chart.means is not None)
                if view.table is not None:
                    yield f"table:{name}", (view.table.marks, False)


def check_marks(
    result: Verification,
    truth: Truth,
    claims: Mapping[str, Sequence[Binding]],
    declared: Mapping[str, tuple[str, bool]],
    *,
    slide: int,
) -> None:
    """Report figures of the newest wave whose mark is missing, or compares with something else.

    Parameters
    ----------
    result, truth
        Take what is found; store and study.
    claims
        Shape -> what it prints.
    declared
        As `declared_marks` gives it.
    slide
        Number of the slide.
    """
    for shape, own in claims.items():
        name = ":".join(shape.split(":")[:2])
        kind, means = declared.get(name, ("none", False))
        if kind == "none" or (means and not shape.endswith(_MEANS)):
            continue
        marked = {one.element: one.field for one in own if one.field.endswith(".mark")}
        for one in own:
            if one.field == "estimate":
                _check(result, truth, one, kind, marked.get(one.element, ""), slide=slide)


def _check(
    result: Verification, truth: Truth, claim: Binding, kind: str, printed: str, *, slide: int
) -> None:
    figure, item = truth.store.figures.get(claim.address), truth.store.comparison(claim.address, kind)
    if figure is None or figure.wave != truth.wave or not figure.is_shown or item is None:
        return
    sign = MARK_SIGNS.get(item.mark, "")
    if sign and not printed:
        message = f"the mark {sign} of {claim.address} ({kind}) is missing"
        result.fault(slide, claim.element, "mismatch", message)
    if printed and printed != f"{kind}.mark":
        message = f"its mark is that against '{printed.removesuffix('.mark')}', declared is '{kind}'"
        result.fault(slide, claim.element, "mismatch", message)

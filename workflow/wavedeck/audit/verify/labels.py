"""Account for the labels of a chart's points: texts of their own, or values in a format."""

from __future__ import annotations

import re
from decimal import Decimal

from wavedeck.audit.verify.drawn import Drawn, Point
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.texts import account_text

#: Percent from which on a part of a bar is wide enough for its label.
_NARROW = 10


def account_label(result: Verification, truth: Truth, drawn: Drawn, point: Point) -> None:
    """Hold the label of a point against its claims: a text of its own, or the value in a format."""
    series, name, place = point.series, point.name, point.place
    claims, element = drawn.claims.get(name, []), f"{drawn.element}/{name}"
    if place in series.deleted:
        _report_unlabelled(result, truth, drawn, point)
        return
    own = series.labels.get(place)
    if own is not None:
        ordered = sorted(claims, key=lambda one: own.find(one.printed))
        account_text(result, truth, own, ordered, slide=drawn.slide, element=element, known=[series.title])
        return
    for one in claims:
        if one.field.endswith(".mark"):
            result.fault(drawn.slide, element, "edited", f"the mark '{one.printed}' of {one.source} is gone")
    claim = drawn.value_claim(name)
    figure = truth.store.figures.get(claim.address) if claim else None
    value = series.values.number(place)
    if claim is None or figure is None or value is None or not series.shows:
        return
    printed = code_prints(series.codes.get(place, series.code), value)
    if printed is None:
        _report_unlabelled(result, truth, drawn, point)
        return
    if truth.rounded(claim) is None:
        result.fault(drawn.slide, element, "mismatch", f"its label is a number, but {claim.source} has none")
    elif printed != (figure.decimals, "%" in claim.printed):
        wrong = f"its label has {printed[0]} decimals{' and a percent sign' * printed[1]}"
        result.fault(drawn.slide, element, "mismatch", f"{wrong}, but '{claim.printed}' is declared")


def _report_unlabelled(result: Verification, truth: Truth, drawn: Drawn, point: Point) -> None:
    """Report a label that is not there, of a figure that is no small part of a bar."""
    claim = drawn.value_claim(point.name)
    value = None if claim is None else truth.rounded(claim)
    marked = any(one.field.endswith(".mark") for one in drawn.claims.get(point.name, ()))
    narrow = claim is not None and "%" in claim.printed and value is not None and value < _NARROW
    if claim is not None and value is not None and (marked or not narrow):
        message = f"the label '{claim.printed}' of {claim.source} is gone"
        result.fault(drawn.slide, f"{drawn.element}/{point.name}", "edited", message)


def code_prints(code: str, value: Decimal) -> tuple[int, bool] | None:
    """Return decimals and percent sign with which a number format prints a value; None for nothing.

    >>> code_prints('[<4]"";0"%"', Decimal(3)), code_prints('[<4]"";0"%"', Decimal(40))
    (None, (0, True))
    """
    sections = re.findall(r'(?:"[^"]*"|[^;"])+', code) or ["General"]
    chosen = sections[0]
    for section in sections:
        condition = re.match(r"\[([<>]=?)(-?[\d.]+)\]", section)
        if condition is None:
            continue
        less, limit = condition[1].startswith("<"), Decimal(condition[2])
        met = value < limit if less else value > limit
        chosen = section if met or (condition[1].endswith("=") and value == limit) else sections[-1]
        break
    else:
        if len(sections) > 1 and value < 0:
            chosen = sections[1]
        elif len(sections) > 2 and value == 0:
            chosen = sections[2]
    plain = re.sub(r"\[[^]]*\]", "", chosen)
    digits = re.sub(r'"[^"]*"', "", plain)
    if not re.search(r"[0#]|General", digits):
        return None
    decimals = re.search(r"\.([0#]+)", digits)
    if "General" in digits:
        return max(0, -int(value.normalize().as_tuple().exponent)), "%" in plain
    return len(decimals[1]) if decimals else 0, "%" in plain

"""Whether a line with bases names the groups and waves whose answers it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.match import Found, match
from wavedeck.audit.verify.places import names_of
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Shape
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL, CROSS

DIMENSIONS = ("group", "wave")


def check_bases(
    result: Verification,
    truth: Truth,
    shape: Shape,
    claims: Sequence[Binding],
    *,
    slide: int,
    printed: Sequence[Binding],
) -> None:
    """Report bases that are not those of the figures on the slide, or not those of the wave beside them.

    Parameters
    ----------
    result, truth
        Take what is found; store and study.
    shape, claims
        The line with bases.
    slide
        Number of the slide.
    printed
        Everything else that the slide prints.
    """
    if not shape.element.startswith("base"):
        return
    figures = [
        Address.parse(one.address)
        for one in printed
        if one.address.count("/") == 3 and one.field not in COUNTS
    ]
    found = match(shape.text, claims).found
    for place, one in enumerate(found):
        if one.binding.field not in COUNTS:
            continue
        base = Address.parse(one.binding.address)
        if figures:
            _check_shown(result, base, one, figures, slide)
        _check_wave(result, base, one, found[place + 1 :], slide)
        _check_group(result, truth, base, one, shape.text, slide)


def _check_shown(
    result: Verification, base: Address, one: Found, figures: Sequence[Address], slide: int
) -> None:
    waves = {figure.wave for figure in figures}
    groups = {figure.group for figure in figures} | {figure.category for figure in figures}
    if base.wave not in waves or (base.group not in groups and base.group != ALL):
        message = f"the base '{one.binding.printed}' is that of {base}, of which the slide shows nothing"
        result.fault(slide, one.binding.element, "mismatch", message)


def _check_wave(result: Verification, base: Address, one: Found, later: Sequence[Found], slide: int) -> None:
    """Hold a base against the next name of a wave: n = 48 (2023)."""
    following = next((other.binding for other in later if other.binding.field == "wave"), None)
    if following is not None and following.address != base.wave:
        message = f"the base '{one.binding.printed}' is that of wave {base.wave}, beside it stands {following.printed}"
        result.fault(slide, one.binding.element, "mismatch", message)


def _check_group(
    result: Verification, truth: Truth, base: Address, one: Found, text: str, slide: int
) -> None:
    """Hold a base against the name before it: North n = 22."""
    before = re.split(r"[;,:]\s|\)\s|–|\n", text[: one.start])[-1]
    named = " ".join(re.sub(r"n\s*=.*$", "", before).casefold().split())
    if not named:
        return
    own = names_of(truth, base, "group") | names_of(truth, base, "item") | names_of(truth, base, "category")
    others = {
        name
        for group in _groups(truth, base.part)
        if group != base.group
        for name in names_of(truth, Address(base.part, base.indicator, "", "", group, base.wave), "group")
    }
    if named in others and named not in own:
        message = f"the base '{one.binding.printed}' is that of {base}, beside it stands '{before.strip()}'"
        result.fault(slide, one.binding.element, "mismatch", message)


def _groups(truth: Truth, part: str) -> list[str]:
    return [name for name in truth.study.group_book.names(part) if CROSS not in name]

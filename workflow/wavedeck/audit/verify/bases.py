"""Whether a line with bases names the groups and waves whose answers it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import COUNTS, Truth
from wavedeck.audit.verify.match import Found, match
from wavedeck.audit.verify.places import names_of
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Shape
from wavedeck.audit.verify.tokens import value_of
from wavedeck.narrative.wording import wording
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL, CROSS

#: Kinds of figures whose bases no line gives.
_BASELESS = ("count", "gross", "response_rate", "benchmark", "range")


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
    _check_range(result, truth, shape, found, slide=slide, printed=printed)
    for place, one in enumerate(found):
        if one.binding.field not in COUNTS:
            continue
        base = Address.parse(one.binding.address)
        if figures:
            _check_shown(result, base, one, figures, slide)
        _check_wave(result, base, one, found[place + 1 :], slide)
        _check_group(result, truth, base, one, text=shape.text, slide=slide)


def _check_range(
    result: Verification,
    truth: Truth,
    shape: Shape,
    found: Sequence[Found],
    *,
    slide: int,
    printed: Sequence[Binding],
) -> None:
    """Hold a range of bases, n = 15 to 40 (2023), against those of the figures of that wave."""
    word = wording(truth.language)["range"].format(low="", high="").strip()
    visuals = _visuals(shape, printed)
    for low, high, wave in zip(found, found[1:], found[2:], strict=False):
        between = shape.text[low.end : high.start].strip()
        before = re.split(r"[;:,]\s", shape.text[: low.start])[-1]
        is_range = between == word and wave.binding.field == "wave" and re.fullmatch(r"n\s*=\s*", before)
        if not is_range or {low.binding.field, high.binding.field} - set(COUNTS):
            continue
        ends = _ends(truth, visuals, wave.binding.address)
        found_ends = tuple(value_of(one.binding.printed, truth.language) for one in (low, high))
        if ends and found_ends not in ends:
            known = " or ".join(f"{first} to {last}" for first, last in ends)
            message = f"the bases run from {found_ends[0]} to {found_ends[1]}, those of the figures {known}"
            result.fault(slide, low.binding.element, "mismatch", message)


def _ends(truth: Truth, visuals: Mapping[str, Sequence[Binding]], wave: str) -> list[tuple[Decimal, Decimal]]:
    """Return the smallest and largest base in a wave: of everything on the slide, and of each visual."""
    found = []
    for own in ([one for each in visuals.values() for one in each], *visuals.values()):
        bases = [
            figure.base
            for one in own
            if (figure := truth.store.figures.get(one.address)) is not None
            and (figure.wave, figure.is_shown) == (wave, True)
            and figure.base is not None
            and figure.statistic not in _BASELESS
        ]
        if bases:
            found.append((Decimal(round(min(bases))), Decimal(round(max(bases)))))
    return list(dict.fromkeys(found))


def _visuals(shape: Shape, printed: Sequence[Binding]) -> dict[str, list[Binding]]:
    """Return the figures of each chart or table that a line with bases belongs to."""
    own = shape.element.partition(":")[2]
    own = re.escape(own) if own else r"\w+"
    names = rf"(?:chart:{own}(?::\w+)?/s\d+p|table:{own}/r)\d"
    found: dict[str, list[Binding]] = {}
    for one in printed:
        if re.match(names, one.element) and one.field == "estimate":
            found.setdefault(one.shape.partition(":")[2].partition(":")[0], []).append(one)
    return found


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
        printed = one.binding.printed
        message = f"the base '{printed}' is that of wave {base.wave}, beside it stands {following.printed}"
        result.fault(slide, one.binding.element, "mismatch", message)


def _check_group(
    result: Verification, truth: Truth, base: Address, one: Found, *, text: str, slide: int
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

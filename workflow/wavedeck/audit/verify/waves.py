"""Whether the wave that a claim names follows from what stands beside the number.

A figure of an earlier wave needs that wave's name: in the same paragraph of a text, among the labels of a
chart or table, or over it. Without one a reader takes every number for the newest wave's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.match import Found, match
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Shape, Slide

NOTES = "notes"
_OVER = re.compile(r"^(?:title|subtitle|question|legend)|heading$|legend$")
#: What may stand between a number and the name of its wave: a bracket, a short preposition.
_BESIDE = re.compile(r"\s*\(?\s*(?:\w{1,3}\s+)?")
#: What may stand before the name of a wave that opens a line.
_BEFORE = re.compile(r"\s*(?:\w{1,3}\s+)?")
_UNNAMED = "'{one.printed}' is claimed of {one.source}, but nothing beside it names that wave"


@dataclass(frozen=True)
class Mention:
    """The name of a wave in a line of text."""

    start: int
    end: int
    wave: str
    name: str


def check_waves(
    result: Verification, truth: Truth, slide: Slide, claims: Mapping[str, Sequence[Binding]]
) -> None:
    """Report claims of a wave that nothing beside the number names, or that stand beside another's name.

    Parameters
    ----------
    result, truth
        Take what is found; store and study.
    slide, claims
        The slide, and what the file claims of each of its shapes.
    """
    over = "\n".join(_over(slide))
    for shape in slide.shapes:
        for element, text in _texts(shape):
            own = claims.get(element, [])
            if element == shape.element and (shape.chart is not None or shape.rows is not None):
                figures = [one for one in _of_visual(shape, claims) if _is_figure(one)]
                _check_named(result, truth, slide.number, figures, f"{text}\n{over}")
            elif not element.startswith("base"):
                lists = element.startswith("alt:")
                _check_text(result, truth, slide.number, own, text, lists=lists)
    notes = max((one.text for one in slide.notes), key=len, default="")
    _check_text(result, truth, slide.number, claims.get(NOTES, []), notes, lists=False)


def _is_figure(one: Binding) -> bool:
    return one.address.count("/") == 3 and not one.field.rpartition(".")[0]


def _of_visual(shape: Shape, claims: Mapping[str, Sequence[Binding]]) -> Iterator[Binding]:
    """Yield the claims of a chart or table, those of its panels and points included."""
    for element, own in claims.items():
        if element == shape.element or element.startswith(f"{shape.element}:"):
            yield from own


def _over(slide: Slide) -> Iterator[str]:
    """Yield what is said over the visuals of a slide: its titles, questions, headings and legends."""
    yield from (one.text for one in slide.shapes if _OVER.search(one.name))


def _texts(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield what a shape says, and its alternative text, each with the element of its claims."""
    if shape.chart is not None:
        names = [name for one in shape.chart.series for name in (one.title, *one.categories.points.values())]
        yield shape.element, "\n".join((*names, *shape.chart.texts))
    elif shape.rows is not None:
        yield shape.element, "\n".join(cell for row in shape.rows for cell in row)
    else:
        yield shape.element, shape.text
    if shape.alt:
        yield f"alt:{shape.element}", shape.alt


def _check_text(
    result: Verification, truth: Truth, slide: int, claims: Sequence[Binding], text: str, *, lists: bool
) -> None:
    """Check each paragraph by itself; where a text lists waves, a number may be of any of them."""
    lines = text.split("\n")
    found = match(text, claims).found
    for number, line in enumerate(lines):
        start = sum(len(one) + 1 for one in lines[:number])
        own = [
            Found(one.binding, one.start - start, one.end - start)
            for one in found
            if start <= one.start <= start + len(line) and _is_figure(one.binding)
        ]
        if lists:
            _check_named(result, truth, slide, [one.binding for one in own], line)
        _check_line(result, truth, slide, own, line, lists=lists)


def _check_named(
    result: Verification, truth: Truth, slide: int, claims: Sequence[Binding], text: str
) -> None:
    """Report claims of an earlier wave whose name is nowhere in a text."""
    for one in claims:
        wave = _wave_of(one)
        known = wave in truth.study.wave_names and wave != truth.wave
        if known and not any(_whole(name).search(text) for name in _names(truth, wave)):
            result.fault(slide, one.element, "mismatch", _UNNAMED.format(one=one))


def _check_line(
    result: Verification, truth: Truth, slide: int, found: Sequence[Found], line: str, *, lists: bool
) -> None:
    """Hold claims against the name of a wave that stands beside them, or else before or after them."""
    mentions = sorted(_mentions(truth, line), key=lambda one: one.start)
    beside = {one: _beside(one, mentions, line) for one in found}
    taken = {mention for mention in beside.values() if mention is not None}
    spare = [one for one in mentions if one not in taken]
    for one, mention in beside.items():
        wave = _wave_of(one.binding)
        if wave not in truth.study.wave_names:
            continue
        if mention is not None:
            if mention.wave != wave:
                message = f"'{one.binding.printed}' is claimed of {one.binding.source}, beside it stands"
                result.fault(slide, one.binding.element, "mismatch", f"{message} '{mention.name}'")
        elif wave != truth.wave and not lists and wave not in _near(one, mentions, spare):
            result.fault(slide, one.binding.element, "mismatch", _UNNAMED.format(one=one.binding))


def _beside(one: Found, mentions: Sequence[Mention], line: str) -> Mention | None:
    """Return the name behind a number (7.4 in 2011), or before it (2011 (7.4); In 2011: 877 of 5,049)."""
    for mention in mentions:
        behind = mention.start >= one.end and _BESIDE.fullmatch(line[one.end : mention.start])
        before = mention.end <= one.start and line[mention.end : one.start] == " ("
        if behind or before:
            return mention
    first = next((mention for mention in mentions), None)
    later = [mention for mention in mentions[1:] if mention.end <= one.start]
    opens = first is not None and _BEFORE.fullmatch(line[: first.start]) and line[first.end :][:1] == ":"
    return first if opens and not later else None


def _near(one: Found, mentions: Sequence[Mention], spare: Sequence[Mention]) -> set[str]:
    """Return the waves named before and after a number, where those names belong to no other number."""
    before = [mention for mention in mentions if mention.end <= one.start]
    after = [mention for mention in mentions if mention.start >= one.end]
    return {mention.wave for mention in (*before[-1:], *after[:1]) if mention in spare}


def _mentions(truth: Truth, line: str) -> Iterator[Mention]:
    """Yield the names of waves in a line."""
    for wave in truth.study.wave_names:
        for name in _names(truth, wave):
            yield from (Mention(each.start(), each.end(), wave, name) for each in _whole(name).finditer(line))


def _names(truth: Truth, wave: str) -> set[str]:
    return {truth.labels.wave(wave), *truth.names_of(wave)}


def _wave_of(one: Binding) -> str:
    return one.address.rpartition("/")[2]


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,]){re.escape(name)}(?![\w%])", re.IGNORECASE)

"""Numbers in XML that no viewer shows in a text: remarks, tips, formulas, extensions, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from wavedeck.audit.verify.ooxml import A, C, Element, P
from wavedeck.audit.verify.tokens import has_number

#: Attributes that hold words.
_SPEAKING = ("tooltip", "invalidUrl", "name", "descr", "title", "alt", "prompt", "error", "codeName")
#: Ids that programs make for styles.
_ID = re.compile(r"\{[0-9A-Fa-f-]{36}\}")
_GUIDE = f"{A}gd"
_STORED = ("tx", "cat", "val", "xVal", "yVal", "errBars")
Test = Callable[[Element], bool]


def stray_numbers(root: Element, is_read: Test, is_named: Test) -> Iterator[tuple[Element, str]]:
    """Yield each text with a number that none of the readers looks at, with its element.

    Parameters
    ----------
    root
        A part.
    is_read
        Tells of an element whether its text is read.
    is_named
        Tells of an element whether its names and descriptions are read.
    """
    for one in root.iter():
        plain = isinstance(one.tag, str)
        if one.text and has_number(one.text) and not (plain and is_read(one)):
            yield from ((one, text) for text in [one.text.strip()] if not _ID.fullmatch(text))
        if one.tail and has_number(one.tail):
            yield one, one.tail.strip()
        if plain and one.tag != _GUIDE and not is_named(one):
            yield from ((one, value) for value in _spoken(one))
    yield from ((root, one.text) for one in _before(root) if one.text and has_number(one.text))


def _before(root: Element) -> Iterator[Element]:
    yield from root.itersiblings(preceding=True)
    yield from root.itersiblings()


def _spoken(one: Element) -> Iterator[str]:
    for name, value in one.attrib.items():
        if str(name).rpartition("}")[2] in _SPEAKING and has_number(value):
            yield value


def never(one: Element) -> bool:
    """Say of every element that it is not read."""
    del one
    return False


def in_text(one: Element) -> bool:
    """Tell whether an element is the text of a run or field in the words of a shape or cell."""
    if one.tag != f"{A}t" or one.getparent().tag not in (f"{A}r", f"{A}fld"):
        return False
    return any(above.tag in (f"{P}txBody", f"{A}txBody") for above in one.iterancestors())


def in_chart(one: Element) -> bool:
    """Tell whether an element is a stored value, a name, a label or a title of a chart."""
    if one.tag == f"{A}t":
        return any(above.tag in (f"{C}title", f"{C}dLbl") for above in one.iterancestors())
    if one.tag == f"{C}formatCode":
        return True
    chain = [one, *one.iterancestors()]
    within = [below for below, above in pairwise(chain) if above.tag == f"{C}ser"]
    return any(below.tag == f"{C}{name}" for below in within for name in _STORED)


def shape_of(one: Element) -> str:
    """Return the name of the shape that an element belongs to; nothing outside shapes."""
    for above in (one, *one.iterancestors()):
        for holder in above.iterchildren(
            f"{P}nvSpPr", f"{P}nvGraphicFramePr", f"{P}nvPicPr", f"{P}nvCxnSpPr"
        ):
            return str(next(holder.iter(f"{P}cNvPr")).get("name", ""))
    return ""


def is_of_a_shape(one: Element) -> bool:
    """Tell whether an element names a shape: those of a whole slide name none."""
    return one.tag == f"{P}cNvPr" and one.getparent().getparent().tag != f"{P}spTree"

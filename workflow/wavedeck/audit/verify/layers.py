"""Account for every layer of a deck that is no text of a slide: names, tips, masters, remarks in XML."""

from __future__ import annotations

import re

from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.ooxml import A, Element, P, Package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import SLIDE_NUMBER, Deck, element_of, paragraph_text
from wavedeck.audit.verify.stray import in_chart, in_text, is_of_a_shape, never, shape_of, stray_numbers
from wavedeck.audit.verify.texts import account_text

_HOUSE = re.compile(r"/(?:slideLayouts|slideMasters|notesMasters|handoutMasters)/[^/]+\.xml$")
_NUMBERED = re.compile(r"[^\d]*\d{1,2}")
_SETTINGS = re.compile(r"(?:/theme/[^/]+|/(?:presentation|presProps|viewProps|tableStyles))\.xml$")


def check_layers(result: Verification, truth: Truth, deck: Deck) -> None:
    """Report numbers that stand in a deck without being read by a person who looks at its slides."""
    package = deck.package
    for place, message in package.oddities:
        result.fault(0, place, "orphan", message)
    for slide in deck.slides:
        _check_slide(result, package, slide.part, slide.number)
        for part in package.targets(slide.part, "notesSlide"):
            _check_slide(result, package, part, slide.number, notes=True)
        for shape in slide.shapes:
            if shape.chart is not None:
                _check_chart(result, package, shape.chart.part, slide.number, shape.element)
    for part in sorted(package.parts):
        if _HOUSE.search(part):
            _check_house(result, truth, package, part)
        elif _SETTINGS.search(part):
            _check_settings(result, truth, package, part)
    _check_links(result, deck)


def _check_slide(
    result: Verification, package: Package, part: str, number: int, *, notes: bool = False
) -> None:
    for one, text in stray_numbers(package.xml(part), in_text, is_of_a_shape):
        element = "notes" if notes else element_of(shape_of(one)) or "slide"
        result.fault(number, element, "orphan", f"'{text[:60]}' stands {_where(one)}, out of sight")
    for field in package.xml(part).iter(f"{A}fld"):
        text = field.findtext(f"{A}t") or ""
        if field.get("type", "").startswith("slidenum") and text not in ("", SLIDE_NUMBER, str(number)):
            element = "notes" if notes else element_of(shape_of(field))
            result.fault(number, element, "edited", f"its field holds '{text}', the slide is number {number}")


def _check_chart(result: Verification, package: Package, part: str, number: int, element: str) -> None:
    for one, text in stray_numbers(package.xml(part), in_chart, never):
        result.fault(number, element, "orphan", f"'{text[:60]}' stands {_where(one)}, out of sight")


def _where(one: Element) -> str:
    return f"in {one.tag.rpartition('}')[2]}" if isinstance(one.tag, str) else "in a remark"


def _check_house(result: Verification, truth: Truth, package: Package, part: str) -> None:
    """Hold what masters and layouts say, also where slides cover it or no slide uses it."""
    root = package.xml(part)
    for paragraph in root.iter(f"{A}p"):
        text = paragraph_text(paragraph)
        if not _is_sample(paragraph, text):
            account_text(result, truth, text, [], slide=0, element=part)
    for one, text in stray_numbers(root, in_text, _names_a_shape):
        result.fault(0, part, "orphan", f"'{text[:60]}' stands {_where(one)}, out of sight")


def _is_sample(paragraph: Element, text: str) -> bool:
    """Tell whether a text shows what a date or the number of a chapter will look like."""
    dated = any(one.get("type", "").startswith("datetime") for one in paragraph.iter(f"{A}fld"))
    return bool(re.fullmatch(r"\d{1,2}", text)) or (dated and bool(re.fullmatch(r"[\d/.-]+", text)))


def _names_a_shape(one: Element) -> bool:
    """Tell whether an element names a shape of a layout, as programs number them."""
    plain = one.tag == f"{P}cNvPr" and not one.get("descr") and not one.get("title")
    return plain and _NUMBERED.fullmatch(one.get("name", "")) is not None


def _check_settings(result: Verification, truth: Truth, package: Package, part: str) -> None:
    named = "tableStyles" in part
    for one, text in stray_numbers(package.xml(part), never, lambda one: named or _is_listed(one)):
        account_text(result, truth, text, [], slide=0, element=part)
        if not isinstance(one.tag, str):
            result.fault(0, part, "orphan", f"'{text[:60]}' stands in a remark")


def _is_listed(one: Element) -> bool:
    """Tell whether an element names a section, which is looked at by itself, or one of a theme's colours."""
    name = str(one.tag).rpartition("}")[2]
    return name == "section" or (name == "custClr" and bool(_NUMBERED.fullmatch(one.get("name", ""))))


def _check_links(result: Verification, deck: Deck) -> None:
    """Report links that lead out of the file."""
    numbers = {slide.part: slide.number for slide in deck.slides}
    for part in ("", *sorted(deck.package.parts)):
        for one in deck.package.relations(part) if not part.endswith(".rels") else ():
            if one.external:
                place = ("slide", "edited") if part in numbers else (part or "file", "edited")
                message = f"a link leads out of the file, to {one.target[:60]}"
                result.fault(numbers.get(part, 0), place[0], "edited", message)

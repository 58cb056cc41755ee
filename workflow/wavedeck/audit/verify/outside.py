"""Account for what stands outside slides: properties, comments, hidden slides, names, loose parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.verify.bindings import Ledger
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.ooxml import DECK, Package
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Deck, Slide
from wavedeck.audit.verify.texts import account_text
from wavedeck.audit.verify.tokens import has_number, tokens

#: Parts in which no text of a report stands.
_SILENT = re.compile(
    r"(^\[Content_Types\]\.xml$|\.rels$|/theme/|/slideMasters/|/slideLayouts/|/notesMasters/"
    r"|/(?:presentation|presProps|viewProps|tableStyles)\.xml$|^docProps/app|itemProps\d*\.xml$"
    r"|/slides/slide\d+\.xml$|/notesSlides/|/charts/(?:chart|style|colors)\d*\.xml$|/embeddings/)"
)
_HOUSE = ("/slideLayouts/", "/slideMasters/", "/theme/", "/notesMasters/")
_PICTURE = re.compile(r"\.(png|jpe?g|gif|emf|wmf|svg|tiff?|bmp|jfif)$", re.IGNORECASE)
_STAMP = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z?$")
#: Parts that only a slide brings before anybody's eyes.
_SHOWN = re.compile(r"/(?:slides/slide|notesSlides/notes|charts/chart\d|embeddings/)")


def check_outside(result: Verification, truth: Truth, deck: Deck, ledger: Ledger) -> None:
    """Report numbers and loose parts outside the visible slides."""
    for slide in deck.slides:
        if slide.hidden:
            result.fault(slide.number, "slide", "edited", "the slide is hidden")
        _check_names(result, truth, slide)
    _check_parts(result, truth, deck, ledger)
    _check_sections(result, truth, deck.package)
    _check_missing_slides(result, deck, ledger)


def without_ledger(found: Verification) -> Verification:
    """Return one line for all that cannot be accounted for without a ledger, and what leaks all the same."""
    result = Verification(found.accounts)
    lost = sum(one.problem == "orphan" for one in found.faults)
    message = "the ledger is gone: a program that drops it saved this deck, as LibreOffice does"
    result.fault(0, "customXml", "orphan", f"{message}; {lost} numbers cannot be accounted for")
    for one in found.faults:
        if one.problem == "leak":
            result.fault(one.slide, one.element, one.problem, one.message)
    return result


def _check_sections(result: Verification, truth: Truth, package: Package) -> None:
    for one in package.xml(package.main(DECK)).iter("{*}section"):
        account_text(result, truth, one.get("name", ""), [], slide=0, element="section")


def _check_missing_slides(result: Verification, deck: Deck, ledger: Ledger) -> None:
    present = {slide.id for slide in deck.slides}
    for own_id, number in ledger.numbers.items():
        if own_id not in present:
            result.fault(int(number), "slide", "edited", "the slide is gone")
    declared = {
        slide.id: int(ledger.numbers[slide.id]) for slide in deck.slides if slide.id in ledger.numbers
    }
    stayed = in_order(list(declared.values()))
    for slide in deck.slides:
        place = declared.get(slide.id)
        if place is None and ledger.part and _speaks(slide):
            result.fault(slide.number, "slide", "edited", "the slide was added by hand")
        elif place is not None and place not in stayed:
            result.fault(slide.number, "slide", "edited", f"the slide was moved; it stood at place {place}")


def in_order(places: Sequence[int]) -> frozenset[int]:
    """Return as many places as possible that still follow each other; the others were moved.

    >>> sorted(in_order([1, 2, 4, 5, 3]))
    [1, 2, 4, 5]
    """
    runs: list[tuple[int, ...]] = [()]
    for place in places:
        before = max((one for one in reversed(runs) if one[-1:] < (place,)), key=len)
        runs.append((*before, place))
    longest = max(runs, key=len)
    return frozenset(longest)


def _speaks(slide: Slide) -> bool:
    return any(has_number(shape.text) for shape in slide.shapes)


def _check_names(result: Verification, truth: Truth, slide: Slide) -> None:
    """Report numbers in names of shapes that are no machine ids of the study's slides."""
    ids = "|".join(map(re.escape, sorted(_slide_ids(truth), key=len, reverse=True)))
    machine = re.compile(rf"(?:[a-z]+:)?(?:{ids}|[a-z_]+)(?:_\d+)?(?::\d+|:[a-z]+)*")
    known = re.compile(r"[a-z]+(?:_[a-z]+)*(?:_\d+)?(?::\d+)?")
    for shape in (*slide.shapes, *slide.notes):
        name = shape.name
        if has_number(name) and not machine.fullmatch(name) and not known.fullmatch(name):
            if shape in slide.notes and re.fullmatch(r"[A-Z][A-Za-z ]+ \d", name):
                continue
            message = f"the shape's name '{name}' holds a number and is no name of the report"
            result.fault(slide.number, f"name:{name}", "orphan", message)


def _slide_ids(truth: Truth) -> set[str]:
    found: set[str] = set()
    for slide in truth.study.deck.slides:
        found.add(slide.id)
        views = getattr(slide, "views", None)
        found |= {name for name, _ in views()} if callable(views) else set()
    return found


def _check_parts(result: Verification, truth: Truth, deck: Deck, ledger: Ledger) -> None:
    package, read = deck.package, set(_read(deck))
    titles = [shape.text for slide in deck.slides for shape in slide.shapes if shape.element == "title"]
    for part in sorted(package.parts):
        if part.endswith("/") or part == ledger.part:
            continue
        loose = part not in package.reached and not part.endswith(".rels") and part != "[Content_Types].xml"
        if loose:
            result.fault(0, part, "orphan", "nothing in the file refers to this part")
        if part.startswith("docProps/") and part.endswith(".xml"):
            _check_properties(result, truth, package, part, titles)
        elif "comment" in part.lower() and "uthors" not in part and part.endswith(".xml"):
            _check_comments(result, truth, package, part)
        elif _SHOWN.search(part) and part not in read:
            result.fault(0, part, "orphan", "no slide shows this part")
        elif not _SILENT.search(part) or loose:
            _check_other(result, truth, package, part)


def _read(deck: Deck) -> Iterator[str]:
    """Yield the parts that slides show, and the workbooks behind their charts."""
    for slide in deck.slides:
        yield slide.part
        yield from deck.package.targets(slide.part, "notesSlide")
        for shape in slide.shapes:
            if shape.chart is not None:
                yield shape.chart.part
                yield from deck.package.targets(shape.chart.part, "package")


def _check_properties(
    result: Verification, truth: Truth, package: Package, part: str, titles: list[str]
) -> None:
    """Account for properties; dates and counts that programs write themselves are none."""
    published = {wave.published for wave in truth.study.settings.waves}
    for one in package.xml(part).iter():
        name, text = str(one.tag).rpartition("}")[2], (one.text or "").strip()
        if one.get("name"):
            account_text(result, truth, one.get("name"), [], slide=0, element=part)
        if not has_number(text) or (name in _COUNTED and _COUNT.fullmatch(text)):
            continue
        if _STAMP.match(text):
            if text[:10] in published:
                result.account(0, f"{part}:{name}", "constant", text, address="study/waves", name="published")
            continue
        account_text(result, truth, text, [], slide=0, element=f"{part}:{name}", known=titles)


#: What programs count and number in properties.
_COUNTED = (
    *(
        "revision",
        "version",
        "AppVersion",
        "TotalTime",
        "Words",
        "Characters",
        "CharactersWithSpaces",
        "Lines",
    ),
    *("Pages", "Paragraphs", "Slides", "Notes", "HiddenSlides", "MMClips", "DocSecurity", "i4"),
)
_COUNT = re.compile(r"\d+(?:\.\d+)*")


def _check_comments(result: Verification, truth: Truth, package: Package, part: str) -> None:
    holders = [one for one in package.parts if one.endswith(".rels") and _refers(package, one, part)]
    place = re.search(r"slide(\d+)\.xml", holders[0]) if holders else None
    text = " ".join(filter(None, (words.strip() for words in package.xml(part).itertext())))
    if not text:
        return
    message = f"there is a comment: '{text[:60]}'"
    result.fault(int(place[1]) if place else 0, f"comment:{part}", "edited", message)
    for token in tokens(text, truth.language):
        hidden = truth.hidden_like(token.text)
        if hidden:
            result.fault(0, f"comment:{part}", "leak", f"'{token.text}' is the hidden value of {hidden}")


def _refers(package: Package, rels: str, part: str) -> bool:
    name = part.rpartition("/")[2].encode()
    return name in package.parts[rels]


def _check_other(result: Verification, truth: Truth, package: Package, part: str) -> None:
    """Report numbers in parts that reports do not have; pictures are looked at by people."""
    if _PICTURE.search(part) and _is_of_the_house(package, part):
        return
    if _PICTURE.search(part):
        result.fault(0, part, "edited", "a picture, which verification cannot read, is in the file")
        return
    if not part.startswith("customXml/"):
        result.fault(0, part, "edited", "reports have no such part")
    if not part.endswith((".xml", ".rels")):
        return
    try:
        found = list(_words(package, part))
    except AuditError as error:
        result.fault(0, part, "orphan", f"the part cannot be read: {error}")
        return
    for text in found:
        account_text(result, truth, text, [], slide=0, element=part)


def _is_of_the_house(package: Package, part: str) -> bool:
    """Tell whether only layouts, masters and themes use a picture, as they do a logo."""
    users = {one for one in package.parts if part in {rel.target for rel in package.relations(one)}}
    return bool(users) and all(any(kind in one for kind in _HOUSE) for one in users)


def _words(package: Package, part: str) -> Iterator[str]:
    """Yield the texts of a part, those of attributes that speak included."""
    for one in package.xml(part).iter():
        yield from (text.strip() for text in (one.text, one.tail) if text and has_number(text))
        for name, value in one.attrib.items():
            spoken = str(name).rpartition("}")[2] in ("val", "name", "value", "descr", "title")
            if spoken and has_number(value):
                yield value

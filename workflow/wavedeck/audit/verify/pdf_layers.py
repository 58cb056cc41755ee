"""What a PDF holds beside its pages: information, bookmarks, remarks, layers, earlier versions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Deck, Slide
from wavedeck.audit.verify.tokens import has_number, tokens

if TYPE_CHECKING:
    import pikepdf

_ROOT = (
    *("/Type", "/Pages", "/Metadata", "/Outlines", "/OpenAction", "/StructTreeRoot", "/ViewerPreferences"),
    *("/MarkInfo", "/Lang", "/PageMode", "/PageLayout", "/Version"),
)
_PAGE = (
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Resources", "/Annots"),
    *("/Tabs", "/StructParents", "/Group"),
)
_WRITTEN_BY_PROGRAMS = ("/CreationDate", "/ModDate", "/Producer", "/Creator")
_TOLD_BY_PROGRAMS = (
    *("CreateDate", "ModifyDate", "MetadataDate", "Producer", "PDFVersion", "CreatorTool", "part"),
    *("DocumentID", "InstanceID"),
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?")
_DRAWS = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")
_END = re.compile(rb"%%EOF\s*$")
#: Letters that a program keeps at least of a title in a bookmark.
_LEAST_KEPT = 60
_DESCRIBING = ("/Alt", "/ActualText", "/E", "/T")


def check_layers(result: Verification, truth: Truth, path: Path, deck: Deck) -> None:
    """Report what stands in a PDF where no page shows it.

    Parameters
    ----------
    result, truth
        Take what is found; for the language of numbers.
    path
        The PDF.
    deck
        The deck it was made of.
    """
    import pikepdf

    data = path.read_bytes()
    if len(re.findall(rb"startxref", data)) > 1:
        result.fault(0, "pdf:file", "edited", "it holds an earlier version of itself")
    if _END.search(data) is None:
        result.fault(0, "pdf:file", "orphan", "something stands behind its end")
    with pikepdf.open(path) as pdf:
        _check_root(result, pdf)
        known = _known(deck)
        for place, text in _texts(pdf):
            if not _is_known(" ".join(text.split()), known, len(pdf.pages)):
                for token in tokens(text, truth.language):
                    result.fault(
                        0, f"pdf:{place}", "orphan", f"the number '{token.text}' belongs to no figure"
                    )
        _check_pages(result, pdf, [slide for slide in deck.slides if not slide.hidden])


def _check_root(result: Verification, pdf: pikepdf.Pdf) -> None:
    for key in pdf.Root:
        if key not in _ROOT:
            result.fault(0, f"pdf:{key}", "orphan", "PDF of reports has no such part")
    opens = pdf.Root.get("/OpenAction")
    if isinstance(opens, _dictionary()):
        result.fault(0, "pdf:/OpenAction", "orphan", "opening the file starts something")


def _known(deck: Deck) -> set[str]:
    """Return the texts that a PDF repeats from its deck, on one line each."""
    texts = [one for slide in deck.slides for one in _said(slide)]
    core = "docProps/core.xml"
    if core in deck.package.parts:
        texts += [text for text in deck.package.xml(core).itertext() if text.strip()]
    return {" ".join(one.split()) for one in texts}


def _is_known(text: str, known: set[str], last: int) -> bool:
    """Tell whether a text is one of the deck: whole, cut as bookmarks are, or counted where two are alike."""
    cut = len(text) >= _LEAST_KEPT and any(one.startswith(text) for one in known)
    return cut or bool({text, re.sub(r" \(\d{1,2}\)$", "", text)} & known) or _is_page(text, last)


def _said(slide: Slide) -> Iterator[str]:
    for shape in slide.shapes:
        yield from (shape.name, shape.alt, shape.text, *shape.paragraphs, *shape.alt.split("\n"))
        yield from (cell for row in shape.rows or () for cell in row)


def _texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield every text outside pages with its place: information, metadata, bookmarks, descriptions."""
    for name, value in pdf.docinfo.items():
        if name not in _WRITTEN_BY_PROGRAMS:
            yield name, f"{value}"
    if "/Metadata" in pdf.Root:
        yield from (("/Metadata", text) for text in _told(pdf.Root.Metadata.read_bytes()))
    for one in pdf.objects:
        if isinstance(one, _dictionary()):
            keys = (*_DESCRIBING, "/Title") if "/Parent" in one or "/S" in one else _DESCRIBING
            yield from ((key, str(one[key])) for key in keys if key in one and _is_text(one[key]))


def _dictionary() -> type:
    import pikepdf

    return pikepdf.Dictionary


def _array() -> type:
    import pikepdf

    return pikepdf.Array


def _is_text(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.String)


def _told(data: bytes) -> Iterator[str]:
    """Yield texts with numbers of the metadata that are no dates and no versions of programs."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iter():
        plain = isinstance(one.tag, str)
        values: Iterable[Any] = (one.text, one.tail, *(one.attrib.values() if plain else ()))
        for text in values:
            told = plain and one.tag.rpartition("}")[2] in _TOLD_BY_PROGRAMS
            if text and has_number(text) and not told and not _STAMP.fullmatch(text.strip()):
                yield text.strip().replace("&amp;", "&")


def _check_pages(result: Verification, pdf: pikepdf.Pdf, slides: list[Slide]) -> None:
    drawn = [set(_pictures(page.obj)) for page in pdf.pages]
    used = Counter(one for own in drawn for one in own)
    for number, page in enumerate(pdf.pages, start=1):
        slide = slides[number - 1] if number <= len(slides) else None
        place = f"pdf:page {number}"
        for key in page.obj:
            if key not in _PAGE:
                result.fault(number, place, "orphan", f"pages of reports have no {key}")
        for note in page.get("/Annots", []):
            for message in _odd_note(note, slides):
                result.fault(number, place, "edited", message)
        rare = any(used[one] * 2 <= len(pdf.pages) for one in drawn[number - 1])
        if rare and slide is not None and not any(shape.is_picture for shape in slide.shapes):
            result.fault(number, place, "edited", "a picture, which verification cannot read, is on the page")


def _pictures(one: Any) -> Iterator[tuple[int, int]]:
    """Yield the pictures that a page, or a form on it, draws."""
    held = one.get("/Resources", {}).get("/XObject", {})
    for name in dict.fromkeys(_DRAWS.findall(_content(one))):
        found = held.get(name.decode("latin-1"))
        if found is not None and found.get("/Subtype") == "/Image":
            if not _is_plain(found):
                yield found.objgen
        elif found is not None:
            yield from _pictures(found)


def _is_plain(image: Any) -> bool:
    """Tell whether a picture is of one colour all over, as an area that is seen through."""
    import pikepdf

    try:
        bands: Any = pikepdf.PdfImage(image).as_pil_image().convert("RGB").getextrema()
    except (pikepdf.PdfError, pikepdf.UnsupportedImageTypeError, OSError):
        return False
    return all(low == high for low, high in bands)


def _content(one: Any) -> bytes:
    """Return what a page or form draws."""
    if "/Contents" not in one:
        return bytes(one.read_bytes()) if hasattr(one, "read_bytes") and "/Length" in one else b""
    content: Any = one["/Contents"]
    listed = isinstance(content, _array())
    streams = [content[place] for place in range(len(content))] if listed else [content]
    return b"\n".join(bytes(each.read_bytes()) for each in streams)


def _odd_note(note: Any, slides: list[Slide]) -> Iterator[str]:
    """Yield what is wrong with a remark or link: only links within the file belong there."""
    words = str(note.get("/Contents", ""))
    if note.get("/Subtype") != "/Link":
        yield f"there is a remark: '{words[:60]}'"
    elif "/A" in note or "/AA" in note:
        yield "a link leads out of the file or starts something"
    elif has_number(words) and not _is_page(words, len(slides)):
        yield f"a link says '{words[:60]}'"


def _is_page(words: str, last: int) -> bool:
    """Tell whether a text names a page: p. 3."""
    found = re.fullmatch(r"[a-z]{1,4}\.? (\d+)", words)
    return found is not None and 1 <= int(found[1]) <= last

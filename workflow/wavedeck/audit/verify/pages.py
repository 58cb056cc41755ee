"""Account for pages, chapters, and the numbers that a viewer draws before paragraphs."""

from __future__ import annotations

from wavedeck.audit.verify.bindings import Binding, Ledger
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.slides import Deck, Shape, Slide


def check_pages(result: Verification, deck: Deck, ledger: Ledger) -> None:
    """Hold page numbers against where their slides stand, and chapter numbers against their order."""
    targets = _targets(deck)
    chapters = _chapters(deck, ledger)
    for slide in deck.slides:
        for shape, claims in ledger.slides.get(slide.id, {}).items():
            for claim in claims:
                if claim.field == "page" and shape != "slide_number":
                    _check_page(result, slide, claim, targets)
                if claim.field == "chapter":
                    _check_chapter(result, slide, claim, chapters)
        for one in slide.shapes:
            _check_numbering(result, slide, one, ledger.of(slide.id, one.element))


def _targets(deck: Deck) -> dict[str, int]:
    """Return the slide that each link of the contents leads to."""
    return {
        shape.name.removeprefix("link:"): deck.number_of(shape.target)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.name.startswith("link:") and shape.target
    }


def _check_page(result: Verification, slide: Slide, claim: Binding, targets: dict[str, int]) -> None:
    key = claim.address.removeprefix("study/deck.")
    if str(targets.get(key, "")) != claim.printed:
        found = targets.get(key, "nowhere")
        message = f"page {claim.printed}, but its link leads to slide {found}"
        result.fault(slide.number, claim.element, "mismatch", message)


def _chapters(deck: Deck, ledger: Ledger) -> dict[str, str]:
    """Return the number of each chapter and section by counting dividers."""
    found: dict[str, str] = {}
    chapter = section = 0
    for slide in deck.slides:
        for claim in ledger.of(slide.id, "number"):
            if claim.field == "chapter":
                below = "." in claim.printed
                chapter, section = (chapter, section + 1) if below else (chapter + 1, 0)
                found[claim.address] = f"{chapter}.{section}" if section else str(chapter)
    return found


def _check_chapter(result: Verification, slide: Slide, claim: Binding, chapters: dict[str, str]) -> None:
    right = chapters.get(claim.address, "")
    if claim.printed != right:
        message = f"chapter {claim.printed}, but it is number {right or 'of no chapter'}"
        result.fault(slide.number, claim.element, "mismatch", message)


def _check_numbering(result: Verification, slide: Slide, shape: Shape, claims: list[Binding]) -> None:
    declared = {claim.place: claim.printed for claim in claims if claim.field == "numbering"}
    for place, number in enumerate(shape.numbers, start=1):
        if number and declared.get(f"p{place}") != str(number):
            message = f"the paragraph is numbered {number}, declared is {declared.get(f'p{place}', 'none')}"
            result.fault(slide.number, f"{shape.element}/p{place}", "edited", message)
        elif number:
            element = f"{shape.element}/p{place}"
            result.account(slide.number, element, "page", str(number), address="study/deck", name="numbering")

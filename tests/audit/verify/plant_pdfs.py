"""Faults in a PDF, planted with a reader of PDF. Imports nothing of the library."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf

PdfFault = Callable[[pikepdf.Pdf], "int | None"]
PDF_FAULTS: dict[str, PdfFault] = {}


def pdf_fault(function: PdfFault) -> PdfFault:
    PDF_FAULTS[function.__name__] = function
    return function


def digits_of(font: pikepdf.Object) -> dict[int, str]:
    """Return the codes of a font that draw a digit."""
    if "/ToUnicode" not in font:
        return {}
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>", text)
    found = {int(code, 16): chr(int(sign, 16)) for code, sign in pairs}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, listed in re.findall(r"<(..)>\s*<(..)>\s*\[(.*?)\]", block, re.DOTALL):
            signs = re.findall(r"<([0-9A-Fa-f]{4})>", listed)
            found |= {int(first, 16) + i: chr(int(sign, 16)) for i, sign in enumerate(signs)}
            assert int(first, 16) <= int(last, 16)
    return {code: sign for code, sign in found.items() if sign.isdigit()}


def change_digit(pdf: pikepdf.Pdf, number: int) -> int | None:
    """Draw another digit where a page draws one."""
    page = pdf.pages[number - 1]
    fonts = {name: digits_of(font) for name, font in page.Resources.Font.items()}
    font, done, made = "", False, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = str(operands[0])
        if str(operator) in ("TJ", "Tj") and not done:
            changed, done = _changed(operands, fonts.get(font, {}))
            made.append((changed, operator))
        else:
            made.append((operands, operator))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
    return number if done else None


def _changed(operands: list, digits: dict[int, str]) -> tuple[list, bool]:  # type: ignore[type-arg]
    listed = isinstance(operands[0], pikepdf.Array)
    pieces = list(operands[0]) if listed else list(operands)
    for place, piece in enumerate(pieces):
        if not isinstance(piece, pikepdf.String):
            continue
        codes = bytearray(bytes(piece))
        for position, code in enumerate(codes):
            others = [one for one, sign in digits.items() if sign != digits.get(code)]
            if code in digits and others:
                codes[position] = others[0]
                pieces[place] = pikepdf.String(bytes(codes))
                return [pikepdf.Array(pieces)] if listed else pieces, True
    return list(operands), False


def _pages_with_digits(pdf: pikepdf.Pdf) -> list[int]:
    found = []
    for number, page in enumerate(pdf.pages, start=1):
        fonts = page.Resources.get("/Font", {})
        if sum(len(digits_of(font)) for font in fonts.values()) > 3:
            found.append(number)
    return found


@pdf_fault
def pdf_digit(pdf: pikepdf.Pdf) -> int | None:
    for number in _pages_with_digits(pdf):
        if change_digit(pdf, number):
            return number
    return None


@pdf_fault
def pdf_digit_on_a_later_page(pdf: pikepdf.Pdf) -> int | None:
    for number in reversed(_pages_with_digits(pdf)):
        if change_digit(pdf, number):
            return number
    return None


def write_on(pdf: pikepdf.Pdf, number: int, drawn: bytes) -> int:
    """Add something to a page, with a font of its own."""
    page = pdf.pages[number - 1]
    page.Resources.Font["/F99"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.contents_add(pdf.make_stream(b"q " + drawn + b" Q"))
    return number


@pdf_fault
def pdf_number_stamped(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"BT /F99 12 Tf 30 30 Td (n = 612) Tj ET")


@pdf_fault
def pdf_number_in_white(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"1 1 1 rg BT /F99 1 Tf 30 30 Td (East 7.6) Tj ET")


@pdf_fault
def pdf_pages_swapped(pdf: pikepdf.Pdf) -> int | None:
    page = pdf.pages[7]
    del pdf.pages[7]
    pdf.pages.insert(4, page)
    return 5


@pdf_fault
def pdf_page_removed(pdf: pikepdf.Pdf) -> int | None:
    del pdf.pages[7]
    return 0


@pdf_fault
def pdf_title(pdf: pikepdf.Pdf) -> int | None:
    pdf.docinfo["/Subject"] = "East has 7.6"
    return 0


@pdf_fault
def pdf_remark(pdf: pikepdf.Pdf) -> int | None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[10, 10, 20, 20],
        Contents=pikepdf.String("East has 7.6"),
    )
    page = pdf.pages[7]
    page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(note)])
    return 8


def planted(source: Path, target: Path, fault: PdfFault) -> int | None:
    """Write a PDF with a fault; return the page."""
    with pikepdf.open(source) as pdf:
        page = fault(pdf)
        pdf.save(target)
    return page

"""Faults in a PDF away from what its pages show. Imports nothing of the library."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from audit.verify.plant_pdfs import pdf_fault, write_on

SAID = String("East has 7.6")


@pdf_fault
def pdf_layer_switched_off(pdf: pikepdf.Pdf) -> int | None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("rows")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[7]
    page.Resources.Properties = Dictionary(L9=layer)
    return write_on(pdf, 8, b"/OC /L9 BDC BT /F99 12 Tf 30 30 Td (East 7.6) Tj ET EMC")


@pdf_fault
def pdf_text_beside_the_page(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"BT /F99 12 Tf 5000 30 Td (East 7.6) Tj ET")


@pdf_fault
def pdf_text_that_is_not_drawn(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"BT 3 Tr /F99 12 Tf 30 30 Td (East 7.6) Tj ET")


@pdf_fault
def pdf_text_of_no_size(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"BT /F99 0.01 Tf 30 30 Td (East 7.6) Tj ET")


@pdf_fault
def pdf_text_that_says_otherwise(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"/Span <</ActualText (7.6)>> BDC BT /F99 12 Tf 30 30 Td (x) Tj ET EMC")


@pdf_fault
def pdf_text_cut_off_by_the_page(pdf: pikepdf.Pdf) -> int | None:
    return write_on(pdf, 8, b"BT /F99 12 Tf 30 -300 Td (East 7.6) Tj ET")


def remark(pdf: pikepdf.Pdf, **entries: object) -> int:
    note = Dictionary(Type=Name.Annot, Rect=[10, 10, 20, 20], **entries)
    page = pdf.pages[7]
    page["/Annots"] = Array([*page.get("/Annots", []), pdf.make_indirect(note)])
    return 8


@pdf_fault
def pdf_free_text(pdf: pikepdf.Pdf) -> int | None:
    return remark(pdf, Subtype=Name.FreeText, RC=SAID)


@pdf_fault
def pdf_highlight(pdf: pikepdf.Pdf) -> int | None:
    return remark(pdf, Subtype=Name.Highlight, T=SAID)


@pdf_fault
def pdf_file_as_remark(pdf: pikepdf.Pdf) -> int | None:
    return remark(pdf, Subtype=Name.FileAttachment, FS=Dictionary(F=String("rows.csv")))


@pdf_fault
def pdf_link_out(pdf: pikepdf.Pdf) -> int | None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/?east=7.6"))
    return remark(pdf, Subtype=Name.Link, A=action)


@pdf_fault
def pdf_link_text(pdf: pikepdf.Pdf) -> int | None:
    return remark(pdf, Subtype=Name.Link, Contents=SAID)


@pdf_fault
def pdf_picture(pdf: pikepdf.Pdf) -> int | None:
    image = pdf.make_stream(bytes(range(240)) * 10)
    image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8))
    image.ColorSpace = Name.DeviceGray
    page = pdf.pages[7]
    if "/XObject" not in page.Resources:
        page.Resources.XObject = Dictionary()
    page.Resources.XObject["/P99"] = image
    return write_on(pdf, 8, b"q 100 0 0 100 0 0 cm /P99 Do Q")


@pdf_fault
def pdf_private_data(pdf: pikepdf.Pdf) -> int | None:
    pdf.pages[7].obj.PieceInfo = Dictionary(East=Dictionary(Private=SAID))
    return 8


@pdf_fault
def pdf_form(pdf: pikepdf.Pdf) -> int | None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("east"), V=String("7.6")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return 0


@pdf_fault
def pdf_attachment(pdf: pikepdf.Pdf) -> int | None:
    pdf.attachments["rows.csv"] = b"East,7.6"
    return 0


@pdf_fault
def pdf_script(pdf: pikepdf.Pdf) -> int | None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=SAID)
    return 0


@pdf_fault
def pdf_page_labels(pdf: pikepdf.Pdf) -> int | None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=SAID)]))
    return 0


@pdf_fault
def pdf_metadata(pdf: pikepdf.Pdf) -> int | None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"<dc:format>", b"<dc:format>East 7.6, "))
    return 0


@pdf_fault
def pdf_remark_in_metadata(pdf: pikepdf.Pdf) -> int | None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"<dc:format>", b"<!-- East 7.6 --><dc:format>"))
    return 0


@pdf_fault
def pdf_bookmark(pdf: pikepdf.Pdf) -> int | None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("East has 7.6", 7))
    return 0


@pdf_fault
def pdf_alternative_text(pdf: pikepdf.Pdf) -> int | None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/Alt" in one:
            one.Alt = String(f"{one.Alt} East has 7.6")
            return 0
    return None


@pdf_fault
def pdf_information_of_its_own(pdf: pikepdf.Pdf) -> int | None:
    pdf.docinfo["/East"] = "7.6"
    return 0


def behind(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\nEast has 7.6\n")


def earlier_version(path: Path) -> None:
    """Put a change behind the file, as programs do that save quickly."""
    data = path.read_bytes()
    start = int(data.rpartition(b"startxref")[2].split()[0])
    added = b"9999 0 obj\n(East has 7.6)\nendobj\n"
    table = b"xref\n9999 1\n%010d 00000 n \n" % len(data)
    root = data.rpartition(b"/Root ")[2].split(b"R")[0] + b"R"
    end = b"trailer\n<< /Size 10000 /Prev %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(data + added + table + end % (start, root, len(data) + len(added)))


#: What is done to the file after it was written.
BEHIND = {"bytes_behind": behind, "earlier_version": earlier_version}

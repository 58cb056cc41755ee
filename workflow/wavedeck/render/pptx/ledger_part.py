"""The ledger inside the deck itself: a custom XML part that says which shape prints which figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from wavedeck.render.pptx.printed import Printed

NAMESPACE = "urn:wavedeck:ledger"
PLACE = "/customXml/item1.xml"
CONTENT_TYPE = "application/xml"


def write_ledger_part(
    presentation: Presentation,
    lines: Sequence[Printed],
    slide_ids: Mapping[int, int],
    *,
    report: Mapping[str, str],
) -> None:
    """Put the ledger into a deck, by the slides' own ids, so that slides may be moved.

    Parameters
    ----------
    presentation
        The deck.
    lines
        What is printed where.
    slide_ids
        Number of each slide -> its id in the file.
    report
        Study, wave and language.
    """
    root = etree.Element(f"{{{NAMESPACE}}}ledger", dict(report), nsmap={None: NAMESPACE})
    for number, own in groupby(sorted(lines, key=_slide), key=_slide):
        slide = etree.SubElement(root, f"{{{NAMESPACE}}}slide", id=str(slide_ids[number]), number=str(number))
        for line in own:
            names = ("element", "address", "field", "printed")
            etree.SubElement(slide, f"{{{NAMESPACE}}}line", {name: getattr(line, name) for name in names})
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(PLACE), CONTENT_TYPE, presentation.part.package, blob)
    presentation.part.relate_to(part, RT.CUSTOM_XML)


def _slide(line: Printed) -> int:
    return line.slide

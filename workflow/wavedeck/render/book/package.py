"""What a workbook carries beside its sheets: its own ledger, and nothing that changes from day to day."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Mapping

from lxml import etree
from xlsxwriter.utility import xl_rowcol_to_cell

from wavedeck.render.book.describe import Sheet
from wavedeck.render.pptx.ledger_part import NAMESPACE, PLACE

_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ITEM, _PROPERTIES = PLACE.lstrip("/"), "customXml/itemProps1.xml"
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
BOOK_KIND = "tables"


def ledger_of(sheets: Iterable[Sheet], report: Mapping[str, str]) -> bytes:
    """Return the ledger as XML: which cell of which sheet prints which field of which figure."""
    root = etree.Element(f"{{{NAMESPACE}}}ledger", {"kind": BOOK_KIND, **report}, nsmap={None: NAMESPACE})
    for sheet in sheets:
        own = etree.SubElement(root, f"{{{NAMESPACE}}}sheet", id=sheet.name)
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                for claim in cell.claims if cell is not None else ():
                    etree.SubElement(
                        own,
                        f"{{{NAMESPACE}}}line",
                        element=xl_rowcol_to_cell(r, c),
                        address=claim.address,
                        field=claim.field,
                        printed=claim.printed,
                    )
    return _bytes(root)


def with_ledger(blob: bytes, ledger: bytes) -> bytes:
    """Return a workbook with a ledger as a custom XML part, which Excel keeps and does not show."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, _related(name, source.read(name)))
        target.writestr(_ITEM, ledger)
        target.writestr(_PROPERTIES, _properties())
        target.writestr(f"customXml/_rels/{_ITEM.rpartition('/')[2]}.rels", _item_relations())
    return out.getvalue()


def _related(name: str, data: bytes) -> bytes:
    if name == "[Content_Types].xml":
        root = etree.fromstring(data)
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{_PROPERTIES}", ContentType=_CONTENT_TYPE)
        return _bytes(root)
    if name == _WORKBOOK_RELATIONS:
        root = etree.fromstring(data)
        _relate(root, "rIdLedger", "customXml", f"../{_ITEM}")
        return _bytes(root)
    return data


def _relate(root: etree._Element, own: str, kind: str, target: str) -> None:
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=own, Type=f"{_KIND}/{kind}", Target=target)


def _properties() -> bytes:
    own = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()}}}"
    root = etree.Element(f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": own}, nsmap={"ds": _STORE})
    references = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": NAMESPACE})
    return _bytes(root)


def _item_relations() -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    _relate(root, "rId1", "customXmlProps", _PROPERTIES.rpartition("/")[2])
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

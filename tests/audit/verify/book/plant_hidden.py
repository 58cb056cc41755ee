"""Faults where nobody looks: hidden cells and sheets, names, properties, formats, other parts."""

from __future__ import annotations

import re

from lxml import etree

from audit.verify.book.plant_tools import HIDDEN, LEDGER_PART, SECRET, SIMPLE, Where, fault, lines, page
from audit.verify.plant import LEDGER, Parts, R, S


@fault
def hidden_column_with_a_hidden_value(parts: Parts) -> Where:
    sheet = page(parts, HIDDEN)
    sheet.write("AZ7", SECRET, number=True)
    columns = sheet.root.find(f"{S}cols")
    etree.SubElement(columns, f"{S}col", min="52", max="52", width="9", hidden="1")
    sheet.save()
    return sheet.at("column AZ")


@fault
def hidden_row(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    next(one for one in sheet.root.iter(f"{S}row") if one.get("r") == "7").set("hidden", "1")
    sheet.save()
    return sheet.at("row 7")


@fault
def column_without_width(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    sheet.root.find(f"{S}cols")[2].set("width", "0")
    sheet.save()
    return sheet.at("column C")


@fault
def hidden_sheet(parts: Parts) -> Where:
    root = parts.xml("xl/workbook.xml")
    entry = next(one for one in root.iter(f"{S}sheet") if SIMPLE in one.get("name"))
    entry.set("state", "veryHidden")
    parts.put("xl/workbook.xml", root)
    return SIMPLE


@fault
def added_hidden_sheet(parts: Parts) -> Where:
    rows = f'<sheetData><row r="1"><c r="A1"><v>{SECRET}</v></c></row></sheetData>'
    parts["xl/worksheets/sheet99.xml"] = f'<worksheet xmlns="{S[1:-1]}">{rows}</worksheet>'.encode()
    own = parts.relate("xl/workbook.xml", "xl/worksheets/sheet99.xml", "worksheet")
    root = parts.xml("xl/workbook.xml")
    entry = etree.SubElement(root.find(f"{S}sheets"), f"{S}sheet", name="Rows", sheetId="99", state="hidden")
    entry.set(f"{R}id", own)
    parts.put("xl/workbook.xml", root)
    return "Rows!A1"


@fault
def sheet_removed(parts: Parts) -> Where:
    root = parts.xml("xl/workbook.xml")
    entry = next(one for one in root.iter(f"{S}sheet") if SIMPLE in one.get("name"))
    entry.getparent().remove(entry)
    parts.put("xl/workbook.xml", root)
    return SIMPLE


@fault
def sheet_removed_with_its_ledger(parts: Parts) -> Where:
    sheet_removed(parts)
    root = lines(parts)
    root.remove(next(one for one in root if SIMPLE in one.get("id")))
    parts.put(LEDGER_PART, root)
    return "tables"


@fault
def comment(parts: Parts) -> Where:
    text = f"<text><t>East has {SECRET}</t></text>"
    listed = f'<commentList><comment ref="A1" authorId="0">{text}</comment></commentList>'
    own = f'<comments xmlns="{S[1:-1]}"><authors><author>x</author></authors>{listed}</comments>'
    parts["xl/comments1.xml"] = own.encode()
    parts.relate(page(parts, SIMPLE).part, "xl/comments1.xml", "comments")
    return "comments1.xml"


@fault
def defined_name(parts: Parts) -> Where:
    root = parts.xml("xl/workbook.xml")
    names = root.find(f"{S}definedNames")
    etree.SubElement(names, f"{S}definedName", name="east", hidden="1").text = SECRET
    parts.put("xl/workbook.xml", root)
    return "name:east"


@fault
def value_in_a_built_in_name(parts: Parts) -> Where:
    root = parts.xml("xl/workbook.xml")
    name = next(root.iter(f"{S}definedName"))
    name.text = f"{name.text},{SECRET}"
    parts.put("xl/workbook.xml", root)
    return name.get("name")


@fault
def document_property(parts: Parts) -> Where:
    root = parts.xml("docProps/core.xml")
    etree.SubElement(root, "{http://purl.org/dc/elements/1.1/}description").text = f"East has {SECRET}"
    parts.put("docProps/core.xml", root)
    return "docProps/core.xml"


@fault
def date_of_the_file(parts: Parts) -> Where:
    blob = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"2024-06-28T", "2024-07-01T", blob).encode()
    return "docProps/core.xml"


@fault
def company_of_the_file(parts: Parts) -> Where:
    blob = parts["docProps/app.xml"].decode()
    parts["docProps/app.xml"] = blob.replace("</Company>", f" {SECRET}</Company>").encode()
    return "docProps/app.xml/Company"


@fault
def custom_property(parts: Parts) -> Where:
    parts["docProps/custom.xml"] = f"<Properties><property>{SECRET}</property></Properties>".encode()
    return "docProps/custom.xml"


@fault
def digit_in_a_number_format(parts: Parts) -> Where:
    root = parts.xml("xl/styles.xml")
    code = next(one for one in root.iter(f"{S}numFmt") if one.get("formatCode") == '0"%"')
    code.set("formatCode", '"9"0"%"')
    parts.put("xl/styles.xml", root)
    return "xl/styles.xml"


@fault
def value_in_an_unused_string(parts: Parts) -> Where:
    root = parts.xml("xl/sharedStrings.xml")
    etree.SubElement(etree.SubElement(root, f"{S}si"), f"{S}t").text = f"East {SECRET}"
    parts.put("xl/sharedStrings.xml", root)
    return "sharedStrings.xml"


@fault
def value_in_a_header(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    header = next(sheet.root.iter(f"{S}oddHeader"))
    header.text = f"{header.text} {SECRET}"
    sheet.save()
    return sheet.at("page")


@fault
def value_in_a_tooltip(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    next(sheet.root.iter(f"{S}hyperlink")).set("tooltip", SECRET)
    sheet.save()
    return sheet.at("hyperlink")


@fault
def value_in_a_validation(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    found = etree.Element(f"{S}dataValidations")
    etree.SubElement(found, f"{S}dataValidation", prompt=SECRET, sqref="A1")
    sheet.root.find(f"{S}sheetData").addnext(found)
    sheet.save()
    return sheet.at("dataValidations")


@fault
def link_outside(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    path = f"xl/worksheets/_rels/{sheet.part.rpartition('/')[2]}.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    parts[path] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="file:///c:/5.6.xlsx" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    return sheet.part


@fault
def value_in_the_ledger(parts: Parts) -> Where:
    root = lines(parts)
    next(root.iter(f"{LEDGER}line")).set("note", SECRET)
    parts.put(LEDGER_PART, root)
    return "ledger"


@fault
def value_in_a_second_part_of_xml(parts: Parts) -> Where:
    parts["customXml/item2.xml"] = f"<east>{SECRET}</east>".encode()
    return "customXml/item2.xml"

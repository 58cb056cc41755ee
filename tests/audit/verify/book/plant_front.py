"""Faults in titles, questions, contents and the sheet on how to read a table book."""

from __future__ import annotations

from typing import Any

from audit.verify.book.plant_tools import MARKED, SIMPLE, Where, claimed, fault, first, page, relabel
from audit.verify.plant import Parts, S


@fault
def title_of_another_table(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    sheet.write("A1", "3. Response")
    sheet.save()
    return sheet.at("A1")


@fault
def number_of_a_table(parts: Parts) -> Where:
    sheet = page(parts, SIMPLE)
    sheet.write("A1", "4. In the sample")
    sheet.save()
    return sheet.at("A1")


@fault
def number_in_a_question(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    sheet.write("A2", f"{sheet.text('A2')} (46%)")
    sheet.save()
    return sheet.at("A2")


@fault
def link_to_another_table(parts: Parts) -> Where:
    sheet = page(parts, "Contents")
    links = [one for one in sheet.root.iter(f"{S}hyperlink") if one.get("ref").startswith("C")]
    links[0].set("location", links[1].get("location"))
    sheet.save()
    return sheet.at(links[0].get("ref"))


@fault
def base_in_the_contents(parts: Parts) -> Where:
    sheet, ref = page(parts, "Contents"), first(parts, "Contents", "base")
    sheet.cell(ref).find(f"{S}v").text = "55"
    sheet.save()
    return sheet.at(ref)


@fault
def base_of_another_table_in_the_contents(parts: Parts) -> Where:
    found = [one.attrib for one in claimed(parts, "Contents", lambda line: line.get("field") == "base")]
    one, other = found[0], next(own for own in found if own["printed"] not in ("*", found[0]["printed"]))
    sheet = page(parts, "Contents")
    sheet.swap(one["element"], other["element"])
    sheet.save()
    places = {one["element"]: dict(other), other["element"]: dict(one)}

    def lie(line: Any) -> None:
        if line.get("field") == "base" and line.get("element") in places:
            line.attrib.update({**places[line.get("element")], "element": line.get("element")})

    relabel(parts, "Contents", lie)
    return sheet.at(one["element"])


@fault
def threshold_in_the_reading_sheet(parts: Parts) -> Where:
    sheet = page(parts, "How to read")
    for cell in sheet.cells():
        text = sheet.text(cell.get("r"))
        if "fewer than 5 " in text:
            sheet.write(cell.get("r"), text.replace("fewer than 5 ", "fewer than 9 "))
            sheet.save()
            return sheet.at(cell.get("r"))
    return None


@fault
def level_in_the_reading_sheet(parts: Parts) -> Where:
    sheet = page(parts, "How to read")
    for cell in sheet.cells():
        text = sheet.text(cell.get("r"))
        if "95%" in text:
            sheet.write(cell.get("r"), text.replace("95%", "99%"))
            sheet.save()
            return sheet.at(cell.get("r"))
    return None


@fault
def question_of_another_table(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    sheet.write("A2", "Question: How likely are you to recommend us?")
    sheet.save()
    return sheet.at("A2")


@fault
def other_respondents(parts: Parts) -> Where:
    sheet = page(parts, MARKED)
    sheet.write("A3", "Base: readers")
    sheet.save()
    return sheet.at("A3")


@fault
def part_in_the_contents(parts: Parts) -> Where:
    sheet = page(parts, "Contents")
    sheet.write("B6", "Readers")
    sheet.save()
    return sheet.at("B6")

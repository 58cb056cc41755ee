"""Faults in texts, notes and alternative texts."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from lxml import etree

from audit.verify.plant import (
    A,
    P,
    Parts,
    R,
    Where,
    change_run,
    changed,
    fault,
    has_digit,
    shapes,
)


@fault
def title_digit(parts: Parts) -> Where | None:
    return change_run(parts, "title", changed)


@fault
def body_digit(parts: Parts) -> Where | None:
    return change_run(parts, "(text:|box:)?(body|lead|block_1)", changed)


@fault
def body_decimal_added(parts: Parts) -> Where | None:
    return change_run(parts, "body", lambda text: f"{text}1", r"\d+[.,]\d")


@fault
def title_sign_added(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: f"−{text}", r"\d+[.,]?\d*%?")


@fault
def title_percent_removed(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: text.replace("%", ""), r"\d+%")


@fault
def title_percent_added(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: f"{text}%", r"\d+[.,]\d")


@fault
def title_number_added(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: f"{text}, 9 of 10", r"[^\d]{6,}")


@fault
def title_half_added(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: f"{text} ½", r"[^\d]{6,}")


@fault
def title_mark_added(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda text: f"▲ {text}", r"\d+[.,]?\d*%?")


@fault
def title_number_removed(parts: Parts) -> Where | None:
    return change_run(parts, "title", lambda _: "", r"\d+[.,]\d")


@fault
def subtitle_year(parts: Parts) -> Where | None:
    return change_run(parts, "subtitle|title", changed, r"\d{4}")


@fault
def question_number(parts: Parts) -> Where | None:
    return change_run(parts, "question", lambda text: f"{text} (n = 12)", r"[^\d]+")


@fault
def base_digit(parts: Parts) -> Where | None:
    return change_run(parts, "base", changed, r"\d+")


@fault
def base_year(parts: Parts) -> Where | None:
    return change_run(parts, "base", changed, r"\d{4}")


@fault
def base_of_another_wave(parts: Parts) -> Where | None:
    for shape in shapes(parts, "base"):
        runs = [run for run in shape.runs if re.fullmatch(r"\d{4}", run.text or "")]
        if len(runs) > 1 and runs[0].text != runs[-1].text:
            runs[0].text, runs[-1].text = runs[-1].text, runs[0].text
            parts.put(shape.part, shape.root)
            return shape.slide, "base"
    return None


@fault
def base_of_another_group(parts: Parts) -> Where | None:
    for shape in shapes(parts, "base"):
        runs = [run for run in shape.runs if re.fullmatch(r"\d{1,3}", run.text or "")]
        differing = [run for run in runs[1:] if run.text != runs[0].text]
        if differing:
            runs[0].text, differing[-1].text = differing[-1].text, runs[0].text
            parts.put(shape.part, shape.root)
            return shape.slide, "base"
    return None


@fault
def footnote_constant(parts: Parts) -> Where | None:
    return change_run(parts, "footnote", changed, r"\d+%?")


@fault
def quote_number(parts: Parts) -> Where | None:
    return change_run(parts, "(body|body_2|quotes.*)", lambda text: text[:-1] + " in 30 days”", r"[“‘].*[”’]")


@fault
def dummy_mark_number(parts: Parts) -> Where | None:
    return change_run(parts, "dummy_mark", lambda text: f"{text} 7", r".+")


@fault
def agency_number(parts: Parts) -> Where | None:
    return change_run(parts, "agency", lambda text: f"{text} 24", r".+")


@fault
def divider_number(parts: Parts) -> Where | None:
    return change_run(parts, "number", changed, r"\d+")


@fault
def slide_number_typed(parts: Parts) -> Where | None:
    for shape in shapes(parts, "slide_number"):
        field = next(shape.node.iter(f"{A}fld"), None)
        if field is not None:
            run = etree.SubElement(field.getparent(), f"{A}r")
            etree.SubElement(run, f"{A}t").text = "99"
            field.getparent().replace(field, run)
            parts.put(shape.part, shape.root)
            return shape.slide, "slide_number"
    return None


@fault
def paragraph_added(parts: Parts) -> Where | None:
    for shape in shapes(parts, "body", f"{A}p"):
        body = shape.node.find(f"{P}txBody")
        added = etree.SubElement(etree.SubElement(etree.SubElement(body, f"{A}p"), f"{A}r"), f"{A}t")
        added.text = "Of these 12% came back."
        parts.put(shape.part, shape.root)
        return shape.slide, "body"
    return None


@fault
def text_box_added(parts: Parts) -> Where | None:
    for shape in shapes(parts, "title"):
        made = copy.deepcopy(shape.node)
        properties = next(made.iter(f"{P}cNvPr"))
        properties.set("name", "remark"), properties.set("id", "99")
        for run in made.iter(f"{A}t"):
            run.text = ""
        next(made.iter(f"{A}t")).text = "4.9"
        shape.node.getparent().append(made)
        parts.put(shape.part, shape.root)
        return shape.slide, "remark"
    return None


@fault
def contents_page(parts: Parts) -> Where | None:
    for shape in shapes(parts, "table:contents"):
        shape.runs[-1].text = changed(shape.runs[-1].text)
        parts.put(shape.part, shape.root)
        return shape.slide, "table:contents"
    return None


@fault
def contents_chapter(parts: Parts) -> Where | None:
    for shape in shapes(parts, "table:contents"):
        shape.runs[0].text = changed(shape.runs[0].text)
        parts.put(shape.part, shape.root)
        return shape.slide, "table:contents"
    return None


@fault
def contents_link(parts: Parts) -> Where | None:
    found = list(shapes(parts, "link:.*"))
    if len(found) < 2:
        return None
    links = [next(one.node.iter(f"{A}hlinkClick")) for one in found[:2]]
    same = list(found[1].root.iter(f"{A}hlinkClick"))
    same[0].set(f"{R}id", links[1].get(f"{R}id"))
    parts.put(found[1].part, found[1].root)
    return found[0].slide, "table:contents"


@fault
def note_digit(parts: Parts) -> Where | None:
    for number, part in enumerate(parts.slides(), start=1):
        for target in parts.targets(part).values():
            root = parts.xml(target) if "notesSlide" in target else None
            for run in root.iter(f"{A}t") if root is not None else ():
                if has_digit(run.text):
                    run.text = changed(run.text)
                    parts.put(target, root)
                    return number, "notes"
    return None


@fault
def note_number_added(parts: Parts) -> Where | None:
    for number, part in enumerate(parts.slides(), start=1):
        for target in parts.targets(part).values():
            if "notesSlide" in target:
                root = parts.xml(target)
                run = list(root.iter(f"{A}t"))[-1]
                run.text = f"{run.text} It was 6,1 last year."
                parts.put(target, root)
                return number, "notes"
    return None


def change_alt(parts: Parts, name: str, edit: Callable[[str], str], wanted: str) -> Where | None:
    for shape in shapes(parts, name):
        properties = next(shape.node.iter(f"{P}cNvPr"))
        if re.search(wanted, properties.get("descr", "")):
            properties.set("descr", edit(properties.get("descr")))
            parts.put(shape.part, shape.root)
            return shape.slide, f"alt:{shape.name}"
    return None


@fault
def alt_digit_of_chart(parts: Parts) -> Where | None:
    edit = lambda text: re.sub(r"\((\d+[.,]\d)\)", lambda one: f"({changed(one[1])})", text, count=1)  # noqa: E731
    return change_alt(parts, "chart:.*", edit, r"\(\d+[.,]\d\)")


@fault
def alt_digit_of_table(parts: Parts) -> Where | None:
    return change_alt(parts, "table:(?!contents).*", _first_number, r"\d+%|\d[.,]\d")


def _first_number(text: str) -> str:
    return re.sub(r"\d+%|\d+[.,]\d", lambda one: changed(one[0]), text, count=1)


@fault
def alt_year(parts: Parts) -> Where | None:
    edit = lambda text: re.sub(r"20\d\d", lambda one: changed(one[0]), text, count=1)  # noqa: E731
    return change_alt(parts, "chart:.*", edit, r"20\d\d")


@fault
def alt_other_value_of_the_chart(parts: Parts) -> Where | None:
    def swap(text: str) -> str:
        both = re.findall(r"\((\d+[.,]\d)\)", text)
        return text.replace(f"({both[0]})", f"({both[1]})", 1)

    return change_alt(parts, "chart:.*", swap, r"\((\d+[.,]\d)\).*\((?!\1)\d+[.,]\d\)")


@fault
def alt_added_to_a_text(parts: Parts) -> Where | None:
    for shape in shapes(parts, "title"):
        next(shape.node.iter(f"{P}cNvPr")).set("descr", "The mark was 6.9 in fact")
        parts.put(shape.part, shape.root)
        return shape.slide, "alt:title"
    return None


@fault
def alt_title_attribute(parts: Parts) -> Where | None:
    for shape in shapes(parts, "chart:.*"):
        next(shape.node.iter(f"{P}cNvPr")).set("title", "n = 3 in the East")
        parts.put(shape.part, shape.root)
        return shape.slide, f"alt:{shape.name}"
    return None

"""Plant faults in a finished deck, as a careless or dishonest hand would. Imports nothing of the library.

Each fault is a function that changes the parts of a deck in place and returns where it did so: the number
of the slide (0 for the file as a whole) and a piece of the element's name. ``None`` says that the deck has
nothing to which it could be done.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LEDGER = "{urn:wavedeck:ledger}"
Where = tuple[int, str]
Fault = Callable[["Parts"], "Where | None"]
FAULTS: dict[str, Fault] = {}


class Parts(dict[str, bytes]):
    """The parts of an Office file by name."""

    @classmethod
    def read(cls, source: Path | bytes) -> Parts:
        opened = io.BytesIO(source) if isinstance(source, bytes) else source
        with zipfile.ZipFile(opened) as file:
            return cls({name: file.read(name) for name in file.namelist()})

    def blob(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in self.items():
                file.writestr(name, data)
        return out.getvalue()

    def xml(self, part: str) -> Any:
        return etree.fromstring(self[part])

    def put(self, part: str, content: Any) -> None:
        self[part] = etree.tostring(content, xml_declaration=True, encoding="UTF-8", standalone=True)

    def targets(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self:
            return {}
        found = self.xml(path).iter(f"{REL}Relationship")
        return {
            one.get("Id"): posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip("/")
            for one in found
        }

    def slides(self) -> list[str]:
        targets = self.targets("ppt/presentation.xml")
        listed = self.xml("ppt/presentation.xml").iter(f"{P}sldId")
        return [targets[one.get(f"{R}id")] for one in listed]

    def relate(self, part: str, target: str, kind: str) -> str:
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        base = f'<Relationships xmlns="{REL[1:-1]}"/>'
        root = self.xml(path) if path in self else etree.fromstring(base)
        own = f"rIdP{len(root) + 1}"
        kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        etree.SubElement(root, f"{REL}Relationship", Id=own, Type=kinds + kind, Target=f"/{target}")
        self.put(path, root)
        return own


@dataclass
class Shape:
    """A shape of a slide."""

    slide: int
    part: str
    root: Any
    node: Any

    @property
    def name(self) -> str:
        return next(self.node.iter(f"{P}cNvPr")).get("name")

    @property
    def runs(self) -> list[Any]:
        return list(self.node.iter(f"{A}t"))


def fault(function: Fault) -> Fault:
    FAULTS[function.__name__] = function
    return function


def shapes(parts: Parts, name: str = "", tag: str = "") -> Iterator[Shape]:
    for number, part in enumerate(parts.slides(), start=1):
        root = parts.xml(part)
        for node in root.iter(f"{P}sp", f"{P}graphicFrame"):
            own = next(node.iter(f"{P}cNvPr")).get("name")
            if re.fullmatch(name or ".*", own) and (not tag or next(node.iter(tag), None) is not None):
                yield Shape(number, part, root, node)


def other(digit: str) -> str:
    return str((int(digit) + 3) % 10)


def changed(text: str) -> str:
    """Return a text with its last digit changed."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    return text[: places[-1]] + other(text[places[-1]]) + text[places[-1] + 1 :]


def has_digit(text: str | None) -> bool:
    return bool(text) and any(sign.isdigit() for sign in text or "")


def change_run(parts: Parts, name: str, edit: Callable[[str], str], wanted: str = r".*\d.*") -> Where | None:
    for shape in shapes(parts, name):
        for run in shape.runs:
            if re.fullmatch(wanted, run.text or "", re.DOTALL):
                run.text = edit(run.text)
                parts.put(shape.part, shape.root)
                return shape.slide, shape.name.removeprefix("text:").removeprefix("box:")
    return None

"""Read an Office file as zip and XML, without the libraries that write one."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.verify.zips import odd_in_zip
from wavedeck.study.paths import shown

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
Element = Any
DECK, WORKBOOK = "presentation", "workbook"
#: How files begin that PowerPoint or Excel protected with a password, and those of before 2007.
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


@dataclass(frozen=True)
class Relation:
    """A link from one part to another, or outside."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True)
class Package:
    """The parts of an Office file, and what its zip holds beside them."""

    name: str
    parts: dict[str, bytes]
    oddities: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @cached_property
    def reached(self) -> frozenset[str]:
        """Return the parts that something refers to, from the file's root on."""
        found: set[str] = set()
        waiting = [one.target for one in self.relations("")]
        while waiting:
            part = waiting.pop()
            if part in self.parts and part not in found:
                found.add(part)
                waiting += [one.target for one in self.relations(part) if not one.external]
        return frozenset(found)

    def xml(self, part: str) -> Element:
        """Return a part as XML.

        Raises
        ------
        AuditError
            When it is not there or no XML.
        """
        if part not in self.parts:
            raise AuditError(f"{self.name}: it has no part {part}, though others refer to it")
        try:
            return etree.fromstring(self.parts[part], _PARSER)
        except etree.XMLSyntaxError as error:
            raise AuditError(f"{self.name}: part {part} is no XML: {error}") from error

    def main(self, tag: str) -> str:
        """Return the part that holds the presentation or the workbook itself.

        Raises
        ------
        AuditError
            When the file is something else, or a piece of what it was.
        """
        found = next(iter(self.targets("", "officeDocument")), "")
        if not found or etree.QName(self.xml(found)).localname != tag:
            raise AuditError(f"{self.name}: this is no {tag}; was it cut off, or given another name?")
        return found

    def relations(self, part: str) -> list[Relation]:
        """Return what a part refers to; of the file itself for ''."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.parts:
            return []
        return [_relation(one, folder) for one in self.xml(path).iter(f"{_REL}Relationship")]

    def targets(self, part: str, kind: str) -> list[str]:
        """Return the parts of one kind that a part refers to."""
        return [one.target for one in self.relations(part) if one.kind == kind and not one.external]


def _relation(one: Element, folder: str) -> Relation:
    external = one.get("TargetMode") == "External"
    target = one.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(one.get("Id"), one.get("Type", "").rpartition("/")[2], target, external)


def open_package(path: Path) -> Package:
    """Read an Office file.

    Raises
    ------
    AuditError
        When it is not there or no Office file.
    """
    if not path.is_file():
        raise AuditError(f"{shown(path)}: there is no such file")
    return read_package(path.read_bytes(), shown(path))


def read_package(blob: bytes, name: str) -> Package:
    """Read an Office file that stands in memory.

    Raises
    ------
    AuditError
        When it is no Office file.
    """
    if blob.startswith(_COMPOUND):
        raise AuditError(f"{name}: it needs a password, or is older than 2007; save it anew")
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as opened:
            if any(one.flag_bits & _ENCRYPTED for one in opened.infolist()):
                raise AuditError(f"{name}: its parts need a password; save it without one")
            parts = {one: opened.read(one) for one in opened.namelist()}
            return Package(name, parts, tuple(odd_in_zip(opened, blob)))
    except _DAMAGE as error:
        raise AuditError(f"{name}: this is no Office file, or a damaged one ({error})") from error

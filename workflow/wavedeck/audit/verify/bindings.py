"""Read what a file says about itself: which shape prints which figure. Claims, to be checked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from wavedeck.audit.verify.ooxml import Element, Package

NAMESPACE = "{urn:wavedeck:ledger}"
ROOT = f"{NAMESPACE}ledger"


@dataclass(frozen=True)
class Binding:
    """One claim of the file: an element prints a field of a figure, or a declared text."""

    element: str
    address: str
    field: str
    printed: str

    @property
    def shape(self) -> str:
        """Return the element without the place in it."""
        return self.element.rpartition("/")[0] or self.element

    @property
    def place(self) -> str:
        """Return the place within the shape: p2, r3c4, s1p2."""
        return self.element.rpartition("/")[2] if "/" in self.element else ""

    @property
    def source(self) -> str:
        """Return address and field as messages show them."""
        return f"{self.address} ({self.field})"


@dataclass
class Ledger:
    """All claims of a file, by slide and shape; those of shapes that were met are taken out."""

    part: str = ""
    study: str = ""
    wave: str = ""
    language: str = ""
    slides: dict[str, dict[str, list[Binding]]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def of(self, slide: str, shape: str) -> list[Binding]:
        """Return the claims of a shape of a slide."""
        return self.slides.get(slide, {}).get(shape, [])


def read_bindings(package: Package) -> Ledger:
    """Read the ledger part of an Office file; an empty one where it has none."""
    for part in sorted(package.parts):
        if not part.startswith("customXml/") or not part.endswith(".xml") or "Props" in part:
            continue
        root = package.xml(part)
        if root.tag == ROOT:
            slides = {one.get("id"): _shapes(one) for one in root}
            numbers = {one.get("id"): one.get("number") for one in root}
            return Ledger(
                part, root.get("study", ""), root.get("wave", ""), root.get("language", ""), slides, numbers
            )
    return Ledger()


def _shapes(slide: Element) -> dict[str, list[Binding]]:
    found: dict[str, list[Binding]] = defaultdict(list)
    for line in slide:
        one = Binding(*(line.get(name, "") for name in ("element", "address", "field", "printed")))
        found[one.shape].append(one)
    return dict(found)

"""Write a deck onto the house template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from wavedeck.render.pptx.contents import ContentsEntry
from wavedeck.render.pptx.ledger_part import write_ledger_part
from wavedeck.render.pptx.package import save_normalised
from wavedeck.render.pptx.paragraphs import element
from wavedeck.render.pptx.placeholders import SLIDE_NUMBER, find_layout
from wavedeck.render.pptx.printed import Printed
from wavedeck.render.pptx.sections import write_sections
from wavedeck.render.pptx.slide import SlideWriter
from wavedeck.render.style import HouseStyle
from wavedeck.render.xmltypes import XmlElement
from wavedeck.study.errors import RenderError, did_you_mean

__all__ = ["ContentsEntry", "DeckProperties", "DeckWriter", "Printed", "SlideWriter"]


@dataclass(frozen=True)
class DeckProperties:
    """What the file says about itself; dates come from the study, never from the clock."""

    title: str
    author: str
    created: dt.date
    subject: str = ""
    keywords: str = ""
    study: str = ""
    wave: str = ""


class DeckWriter:
    """A deck in the making.

    Parameters
    ----------
    template
        The house template.
    style
        The house style that belongs to it.
    language
        Language tag of all text, such as ``nl-NL``.
    dummy_mark
        Text that marks every slide of a deck on dummy data, or None.

    Examples
    --------
    >>> deck = DeckWriter(template, style, language="en-GB")  # doctest: +SKIP
    >>> deck.add_slide("text", key="intro").write("title", "Passengers are content")  # doctest: +SKIP
    28.0
    """

    def __init__(
        self, template: Path, style: HouseStyle, *, language: str, dummy_mark: str | None = None
    ) -> None:
        self.template, self.style, self.language, self.dummy_mark = template.name, style, language, dummy_mark
        self._presentation = _open(template)
        self._slides: dict[str, SlideWriter] = {}
        self._sections: list[tuple[str, list[str]]] = []
        self._links: list[tuple[SlideWriter, XmlElement, str]] = []
        self._numbers: list[tuple[SlideWriter, Any, str, str]] = []
        self._printed: list[Printed] = []

    @property
    def printed(self) -> tuple[Printed, ...]:
        """Return which figure was printed where, in the order of writing."""
        return tuple(self._printed)

    @property
    def slides(self) -> tuple[SlideWriter, ...]:
        """Return the slides in order."""
        return tuple(self._slides.values())

    def start_section(self, name: str) -> None:
        """Let the slides that follow belong to a section."""
        self._sections.append((name, []))

    def add_slide(self, layout: str, *, key: str) -> SlideWriter:
        """Append a slide.

        Parameters
        ----------
        layout
            Name of the layout in the template.
        key
            The slide's own name, by which links find it.

        Raises
        ------
        RenderError
            When the template has no such layout or the key is in use.
        """
        number = len(self._slides) + 1
        if key in self._slides:
            raise RenderError(f"slide {number}: the key '{key}' is taken by slide {self._slides[key].number}")
        try:
            found = find_layout(self._presentation, layout, template=self.template)
        except RenderError as error:
            raise RenderError(f"slide {number} '{key}': {error}") from error
        writer = SlideWriter(
            self, self._presentation.slides.add_slide(found), key=key, layout=layout, number=number
        )
        self._slides[key] = writer
        if self._sections:
            self._sections[-1][1].append(key)
        if writer.has(SLIDE_NUMBER):
            self.record([Printed(number, SLIDE_NUMBER, f"study/deck.{key}", "page", str(number))])
        if self.dummy_mark:
            writer.write("dummy_mark", self.dummy_mark)
        return writer

    def record(self, lines: Iterable[Printed]) -> None:
        """Add lines to the ledger."""
        self._printed.extend(lines)

    def link_later(self, slide: SlideWriter, properties: XmlElement, key: str) -> None:
        """Remember a link until all slides exist."""
        self._links.append((slide, properties, key))

    def number_later(self, run: Any, key: str, slide: SlideWriter, *, place: str) -> None:
        """Remember a run that will hold the number of a slide, and its place in the ledger."""
        self._numbers.append((slide, run, key, place))

    def _target(self, slide: SlideWriter, key: str) -> SlideWriter:
        if key not in self._slides:
            raise RenderError(
                f"{slide.place}: link to unknown slide '{key}'{did_you_mean(key, self._slides)}"
            )
        return self._slides[key]

    def _resolve_links(self) -> None:
        for slide, properties, key in self._links:
            target = self._target(slide, key)
            relation = slide.slide.part.relate_to(target.slide.part, RT.SLIDE)
            link = element("a:hlinkClick", properties, action="ppaction://hlinksldjump")
            link.set(qn("r:id"), relation)
        for slide, run, key, place in self._numbers:
            run.text = str(self._target(slide, key).number)
            self.record([Printed(slide.number, place, f"study/deck.{key}", "page", run.text)])
        self._links, self._numbers = [], []

    def _write_sections(self, title: str) -> None:
        if not self._sections:
            return
        listed = {key for _, keys in self._sections for key in keys}
        before = [key for key in self._slides if key not in listed]
        sections = [(title, before)] if before else []
        sections += [(name, keys) for name, keys in self._sections if keys]
        ids = [(name, [self._slides[key].slide.slide_id for key in keys]) for name, keys in sections]
        write_sections(self._presentation, ids)

    def save(self, path: Path, properties: DeckProperties) -> None:
        """Finish the deck and write it whole, with the same bytes for the same content.

        Parameters
        ----------
        path
            Where the file goes.
        properties
            What the file says about itself.

        Raises
        ------
        RenderError
            When the deck has no slides or a link leads nowhere.
        """
        if not self._slides:
            raise RenderError(f"deck {path.name} has no slides")
        self._resolve_links()
        for slide in self.slides:
            slide.remove_unused()
        self._write_sections(properties.title)
        stamp = dt.datetime.combine(properties.created, dt.time())
        self._describe(properties, stamp)
        ids = {slide.number: slide.slide.slide_id for slide in self.slides}
        report = {"study": properties.study, "wave": properties.wave, "language": self.language}
        write_ledger_part(self._presentation, self.printed, ids, report=report)
        save_normalised(self._presentation, path, stamp=stamp)

    def _describe(self, properties: DeckProperties, stamp: dt.datetime) -> None:
        core = self._presentation.core_properties
        core.title, core.author, core.subject = properties.title, properties.author, properties.subject
        core.keywords, core.language, core.last_modified_by = (
            properties.keywords,
            self.language,
            properties.author,
        )
        core.created = core.modified = stamp
        core.comments, core.revision = "", 1


def _open(template: Path) -> Any:
    if not template.is_file():
        raise RenderError(f"template {template} does not exist")
    try:
        return Presentation(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError) as error:
        raise RenderError(f"template {template} is not a PowerPoint file") from error

"""One slide to write, and how its texts get onto it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wavedeck.narrative.fences import BODY
from wavedeck.narrative.passage import Line, Passage
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.footers import Note, in_one
from wavedeck.render.compose.problems import Problems
from wavedeck.render.compose.texts import blocks_of, in_area, refuse_other_areas, runs_of
from wavedeck.render.pptx.deck import SlideWriter
from wavedeck.render.pptx.flow import TextBlock
from wavedeck.render.pptx.free import write_flow
from wavedeck.render.text import Paragraph, TextLike
from wavedeck.study.deck import Slide
from wavedeck.study.errors import RenderError
from wavedeck.study.paths import shown


@dataclass(frozen=True)
class Chapter:
    """A divider with its number and title."""

    slide: str
    number: str
    title: str
    level: int


@dataclass(frozen=True)
class Page:
    """One slide to write: what is declared, what its template says, and the chapters of the deck.

    `counted` holds per area the number given last on the slides that this one continues.
    """

    context: Context
    slide: Slide
    passage: Passage
    chapters: Sequence[Chapter]
    problems: Problems = field(default_factory=lambda: Problems(at_once=True))
    counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """Return the template of the slide's text, as messages show it."""
        name = f"{self.slide.text or self.slide.id}.{self.context.language}.j2"
        return shown(self.context.templates / name)

    def lines(self, area: str = BODY) -> list[Line]:
        """Return what the template says in an area."""
        return in_area(self.passage, area)

    def blocks(self, area: str = BODY) -> tuple[TextBlock, ...]:
        """Return the text and boxes of an area."""
        return blocks_of(self.lines(area), counted=self.counted.get(area, 0))


def first_that_fits(written: SlideWriter, page: Page, offered: Sequence[Sequence[Note]]) -> Sequence[Note]:
    """Return the first of several sets of footnotes that fits with those of the template; else the last."""
    own = [runs_of(line) for line in page.passage.foot]
    fitting = (notes for notes in offered if written.fits("footnote", in_one([*notes, *own])))
    return next(fitting, offered[-1])


def write_foot(written: SlideWriter, page: Page, notes: Iterable[Note] = ()) -> None:
    """Write footnotes: those that figures need, then those of the template."""
    own = (runs_of(line) for line in page.passage.foot)
    write_given(written, page, "footnote", in_one([*notes, *own]))


def write_title(written: SlideWriter, page: Page) -> None:
    """Write the title of the template."""
    if not page.passage.title.pieces:
        mistake = f"slide '{page.slide.id}': its template has no title; start it with a line '# …'"
        page.problems.note(RenderError(mistake), page.template)
        return
    with page.problems.noted(page.template):
        written.write("title", Paragraph(runs_of(page.passage.title)))


def write_body(written: SlideWriter, page: Page, name: str = BODY) -> None:
    """Write the text outside areas into a placeholder, and refuse areas."""
    with page.problems.noted(page.template):
        refuse_other_areas(page.slide, page.passage, [BODY])
        blocks = page.blocks()
        if blocks:
            write_flow(written, name, blocks)


def write_given(written: SlideWriter, page: Page, name: str, content: TextLike | None) -> None:
    """Write a text that the study's settings give, where there is one."""
    if content:
        with page.problems.noted():
            written.write(name, content)


def write_first(written: SlideWriter, page: Page, name: str, offered: Sequence[Paragraph]) -> None:
    """Write the first of several texts, from long to short, that fits; the last if none does."""
    if offered:
        chosen = next((one for one in offered if written.fits(name, one)), offered[-1])
        write_given(written, page, name, chosen)

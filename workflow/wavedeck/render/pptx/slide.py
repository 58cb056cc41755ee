"""Fill the placeholders of one slide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn

from wavedeck.render.boxes import EMU, Box
from wavedeck.render.chart.description import Chart
from wavedeck.render.chart.matrix import Matrix
from wavedeck.render.chart.native import add_chart
from wavedeck.render.pptx import printed
from wavedeck.render.pptx.contents import ContentsEntry, contents_style, contents_table, fitting_entries
from wavedeck.render.pptx.fit import Fit, fit, split_columns
from wavedeck.render.pptx.paragraphs import element, write_paragraphs
from wavedeck.render.pptx.placeholders import SLIDE_NUMBER, name_placeholders
from wavedeck.render.pptx.table import add_table
from wavedeck.render.style import TextSizes
from wavedeck.render.table import Table
from wavedeck.render.text import Paragraph, Run, TextLike, paragraphs
from wavedeck.render.xmltypes import XmlElement
from wavedeck.study.errors import RenderError, did_you_mean

if TYPE_CHECKING:
    from wavedeck.render.pptx.deck import DeckWriter


SECOND_COLUMN = "_2"
FEET = ("question", "base", "footnote", "dummy_mark", SLIDE_NUMBER)


class SlideWriter:
    """One slide, filled by the names of its layout's placeholders."""

    def __init__(self, deck: DeckWriter, slide: Any, *, key: str, layout: str, number: int) -> None:
        self.deck, self.slide = deck, slide
        self.key, self.layout, self.number = key, layout, number
        self._holders = name_placeholders(slide)
        self._filled: set[str] = {SLIDE_NUMBER}

    @property
    def place(self) -> str:
        """Return words that tell a reader which slide this is."""
        return f"slide {self.number} '{self.key}' (layout {self.layout})"

    def has(self, name: str) -> bool:
        """Tell whether the layout has a placeholder."""
        return name in self._holders

    def holder(self, name: str) -> Any:
        """Return a placeholder by name, or say which ones the layout has."""
        if name not in self._holders:
            known = sorted(set(self._holders) - {SLIDE_NUMBER})
            raise RenderError(
                f"{self.place}: template {self.deck.template} has no placeholder '{name}' in this layout"
                f"{did_you_mean(name, known)}; it has {', '.join(known)}"
            )
        return self._holders[name]

    def box(self, name: str) -> Box:
        """Return the rectangle of a placeholder in inches."""
        return Box.of(self.holder(name))

    def sizes(self, name: str) -> TextSizes:
        """Return the type sizes declared for a placeholder of this layout."""
        style = self.deck.style
        name = name.removesuffix(SECOND_COLUMN)
        return style.text.get(f"{self.layout}.{name}") or style.sizes(name)

    def write(self, name: str, content: TextLike) -> float:
        """Write text into a placeholder at the largest declared size that fits.

        Parameters
        ----------
        name
            Name of the placeholder.
        content
            A string, a paragraph, or several of both.

        Returns
        -------
        float
            The size of body text in points.

        Raises
        ------
        RenderError
            When the layout lacks the placeholder or the text does not fit at the smallest size.
        """
        parts = self._columns(name, paragraphs(content))
        size = min(self._fit(part, text).size for part, text in parts)
        for part, text in parts:
            self._write_body(part, text, size)
        return size

    def fits(self, name: str, content: TextLike) -> bool:
        """Tell whether text fits a placeholder."""
        box, family = self.box(name), self.deck.style.fonts.measure
        found, _ = fit(
            paragraphs(content), width=box.width, height=box.height, spec=self.sizes(name), family=family
        )
        return found is not None

    def _columns(self, name: str, text: Sequence[Paragraph]) -> list[tuple[str, Sequence[Paragraph]]]:
        """Divide text over a placeholder and the second column that its layout may have."""
        second = f"{name}{SECOND_COLUMN}"
        if second not in self._holders:
            return [(name, text)]
        family = self.deck.style.fonts.measure
        width = self.box(name).width
        left, right = split_columns(text, width=width, spec=self.sizes(name), family=family)
        return [(name, left), (second, right)] if right else [(name, left)]

    def _fit(self, name: str, text: Sequence[Paragraph]) -> Fit:
        box, spec = self.box(name), self.sizes(name)
        found, tried = fit(
            text,
            width=box.width,
            height=box.height,
            spec=spec,
            family=self.deck.style.fonts.measure,
        )
        if found is None:
            first = " / ".join(one.text for one in text)
            shown = first if len(first) <= 90 else f"{first[:90]}…"
            limit = f", at most {spec.max_lines} lines" if spec.max_lines else ""
            raise RenderError(
                f"{self.place}: text in '{name}' does not fit {box.width:.1f} x {box.height:.2f} in{limit}: "
                f"at {tried.size:g} pt it takes {tried.lines} lines and {tried.height:.2f} in. "
                f"Shorten it: '{shown}'"
            )
        return found

    def _write_body(self, name: str, text: Sequence[Paragraph], size: float) -> None:
        self.fill_text(self.holder(name), name, text, size=size, share=self.sizes(name).space_after)

    def fill_text(
        self, shape: Any, name: str, text: Sequence[Paragraph], *, size: float, share: float
    ) -> None:
        """Write paragraphs into a shape at a size that is known to fit, and record their figures."""
        write_paragraphs(
            shape.text_frame._txBody,
            text,
            style=self.deck.style,
            size=size,
            share=share,
            language=self.deck.language,
            on_run=self._link,
        )
        self._filled.add(name)
        self.deck.record(printed.of_text(self.number, name, text))

    def _link(self, properties: XmlElement, run: Run) -> None:
        if run.link is not None:
            self.deck.link_later(self, properties, run.link)

    def write_contents(self, name: str, entries: Sequence[ContentsEntry], *, alt: str = "") -> None:
        """Write a table of contents; page numbers and links follow when the deck is saved.

        Entries under a chapter stay away where there is no room for all.

        Parameters
        ----------
        name
            Name of the placeholder.
        entries
            Lines from top to bottom.
        alt
            Text for readers who cannot see it.
        """
        box, style = self.box(name), contents_style(self.deck.style, self.sizes(name))
        entries = fitting_entries(entries, box, style)
        table = contents_table(entries, alt=alt)
        try:
            frame = add_table(self.slide, self.holder(name), table, style, language=self.deck.language)
        except RenderError as error:
            raise RenderError(f"{self.place}: {error}") from error
        self._replaced(name)
        top = box.top
        self.deck.record(printed.of_table(self.number, table))
        for place, (row, entry) in enumerate(zip(frame.table.rows, entries, strict=True), start=1):
            run = row.cells[2].text_frame._txBody.p_lst[0].r_lst[0]
            self.deck.number_later(run, entry.target, self, place=f"table:contents/r{place}c3")
            self._cover_with_link(Box(box.left, top, box.width, row.height / EMU), entry)
            top += row.height / EMU

    def _cover_with_link(self, place: Box, entry: ContentsEntry) -> None:
        """Lay a transparent rectangle over a line of contents, so that the whole line leads to its slide."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu)
        shape.name = f"link:{entry.target}"
        shape.shadow.inherit = False
        shape.line.fill.background()
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor(*bytes.fromhex(self.deck.style.hex("paper")))
        colour = shape.fill._xPr.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")
        element("a:alpha", colour, val="0")
        properties = shape._element.nvSpPr.cNvPr
        properties.set("descr", f"{entry.number} {entry.title}".strip())
        self.deck.link_later(self, properties, entry.target)

    def place_chart(self, name: str, chart: Chart | Matrix) -> None:
        """Draw a native chart in the place of a placeholder."""
        holder = self.holder(name)
        try:
            add_chart(self.slide, holder, chart, self.deck.style, language=self.deck.language)
        except RenderError as error:
            raise RenderError(f"{self.place}: {error}") from error
        self._replaced(name)
        if isinstance(chart, Matrix):
            self.deck.record(printed.of_matrix(self.number, chart))
        else:
            self.deck.record(printed.of_chart(self.number, chart))

    def place_table(self, name: str, table: Table) -> None:
        """Draw a table in the place of a placeholder."""
        holder = self.holder(name)
        try:
            add_table(self.slide, holder, table, self.deck.style, language=self.deck.language)
        except RenderError as error:
            raise RenderError(f"{self.place}: {error}") from error
        self._replaced(name)
        self.deck.record(printed.of_table(self.number, table))

    def notes(self, text: str) -> None:
        """Write the speaker's notes."""
        self.slide.notes_slide.notes_text_frame.text = text

    def feet_last(self) -> None:
        """Let readers come upon the lines at the foot after everything else."""
        for name in FEET:
            if name in self._holders:
                drawn = self._holders[name]._element
                drawn.getparent().append(drawn)

    def _replaced(self, name: str) -> None:
        self._holders.pop(name)
        self._filled.add(name)

    @staticmethod
    def _remove(holder: Any) -> None:
        holder._element.getparent().remove(holder._element)

    def remove_unused(self) -> None:
        """Take away placeholders that were not filled."""
        for name in sorted(set(self._holders) - self._filled):
            self._remove(self._holders.pop(name))

"""Hold the layouts that a deck names against the house template, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pptx import Presentation

from wavedeck.render.pptx.placeholders import find_layout
from wavedeck.study.deck import Slide
from wavedeck.study.errors import RenderError


def layout_problems(template: Path, slides: Iterable[Slide]) -> Iterator[tuple[Slide, str]]:
    """Yield each slide whose layout the house template does not have, and what is wrong.

    Parameters
    ----------
    template
        The house template, deck.pptx.
    slides
        Slides of the deck; those that name no layout are passed over.
    """
    presentation = Presentation(str(template))
    for slide in slides:
        try:
            if slide.layout:
                find_layout(presentation, slide.layout, template=template.name)
        except RenderError as error:
            yield slide, str(error)

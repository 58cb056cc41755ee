"""Read every text template as the build would, before there are figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wavedeck.figures.store import FigureStore
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import check_template
from wavedeck.study.deck import Slide
from wavedeck.study.errors import NarrativeError
from wavedeck.study.load import Study


def template_problems(
    study: Study, folder: Path, *, wave: str, languages: tuple[str, ...]
) -> Iterator[tuple[Slide, str]]:
    """Yield each slide of a wave whose template is missing or malformed, and what is wrong.

    Parameters
    ----------
    study
        The study.
    folder
        Folder of its templates.
    wave, languages
        The reports looked at.
    """
    for language in languages:
        narrator = Narrator(FigureStore({}, {}), study, wave, language)
        for slide in study.deck.slides_in(wave):
            try:
                check_template(folder, slide.text or slide.id, narrator)
            except NarrativeError as error:
                yield slide, str(error)

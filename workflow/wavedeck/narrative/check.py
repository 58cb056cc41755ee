"""Read every text template as the build would, before there are figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from wavedeck.figures.store import FigureStore
from wavedeck.narrative.claim_tag import ClaimTag
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import check_template
from wavedeck.study.deck import Slide
from wavedeck.study.errors import NarrativeError
from wavedeck.study.foreign import foreign_words
from wavedeck.study.load import Study

LEAST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_MAIL_OR_SITE = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+")


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


def copied_sentences(folder: Path, languages: Sequence[str]) -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and mistake of each sentence that another language's template has too.

    Parameters
    ----------
    folder
        Folder of a study's templates.
    languages
        Languages of the study, the main one first.
    """
    main, *others = languages
    for language in others:
        for path in sorted(folder.glob(f"*.{language}.j2")):
            source = folder / f"{path.name.removesuffix(f'.{language}.j2')}.{main}.j2"
            known = {text for _, text in _sentences(source)} if source.is_file() else set()
            for line, text in _sentences(path):
                if text in known:
                    yield path, line, f"'{text}' stands in {source.name} too; translate it"


def foreign_sentences(folder: Path, languages: Sequence[str]) -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and mistake of each text in a template that reads as another language of the study.

    Parameters
    ----------
    folder
        Folder of a study's templates.
    languages
        Languages of the study.
    """
    for language in languages:
        for path in sorted(folder.glob(f"*.{language}.j2")):
            for line, text in _texts(path):
                words = foreign_words(text, language, languages)
                if words:
                    yield path, line, f"'{text.strip()}' has '{words[0]}' in it; translate it"


def _sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and words of each stretch of plain text that is long enough to be a sentence."""
    for line, text in _texts(path, quoted=False):
        if len(_WORD.findall(_MAIL_OR_SITE.sub("", text))) >= LEAST_WORDS:
            yield line, text.strip("#-+ \t")


def _texts(path: Path, *, quoted: bool = True) -> Iterator[tuple[int, str]]:
    """Yield line and text of each stretch of plain text, and of what tags hold between quotation marks."""
    try:
        tree = Environment(extensions=[ClaimTag]).parse(path.read_text(encoding="utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError):
        return  # told as a mistake of that template
    for data in tree.find_all(nodes.TemplateData):
        for place, text in enumerate(data.data.split("\n")):
            yield data.lineno + place, text
    for constant in tree.find_all(nodes.Const) if quoted else ():
        if isinstance(constant.value, str) and " " in constant.value:
            yield constant.lineno, constant.value

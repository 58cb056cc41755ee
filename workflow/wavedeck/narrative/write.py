"""Render the template of one slide."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.passage import Passage, read_passage
from wavedeck.study.errors import NarrativeError, WavedeckError, did_you_mean


def write_passage(folder: Path, name: str, narrator: Narrator) -> Passage:
    """Render `<name>.<language>.j2` of a folder.

    Raises
    ------
    NarrativeError
        When the template is missing or malformed, uses an undefined name, or asks for a figure that
        does not exist or may not be printed; the message names template and line.
    """
    file = f"{name}.{narrator.language}.j2"
    narrator.sources.clear()
    try:
        rendered = environment(folder, narrator).get_template(file).render()
    except TemplateSyntaxError as error:
        raise NarrativeError(f"{folder / file}, line {error.lineno}: {error.message}") from error
    except TemplateNotFound as error:
        raise NarrativeError(_missing(folder, str(error))) from error
    except (TemplateError, WavedeckError, TypeError, ValueError, IndexError, KeyError) as error:
        raise NarrativeError(f"{_place(folder / file, error)}: {error}") from error
    return read_passage(rendered, narrator.sources)


def environment(folder: Path, narrator: Narrator) -> SandboxedEnvironment:
    """Return a sandboxed Jinja environment in which every undefined name is an error."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals = {**narrator.functions(), "wave": narrator.wave, "language": narrator.language}
    return made


def _missing(folder: Path, file: str) -> str:
    known = sorted(path.name for path in folder.glob("*.j2"))
    return f"{folder / file}: this template is missing{did_you_mean(file, known)}; write it or set text: in deck.yaml"


def _place(path: Path, error: BaseException) -> str:
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if Path(frame.filename) == path]
    return f"{path}, line {lines[-1]}" if lines else str(path)

"""Render the template of one slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from wavedeck.narrative.claim_tag import ClaimTag
from wavedeck.narrative.line_breaks import LineBreaks
from wavedeck.narrative.mistakes import REFUSED_FILTERS, call_mistake, syntax_mistake
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.passage import Passage, read_passage
from wavedeck.narrative.refusals import RefusedError, refuse, trees
from wavedeck.narrative.stray import refuse_stray_numbers
from wavedeck.narrative.unknown import refuse_unknown
from wavedeck.study.errors import NarrativeError, WavedeckError, did_you_mean
from wavedeck.study.paths import shown

FAILURES = (WavedeckError, TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)
_UNDEFINED = re.compile(r"^'(\w+)' is undefined$")


def write_passage(folder: Path, name: str, narrator: Narrator) -> Passage:
    """Render `<name>.<language>.j2` of a folder.

    Raises
    ------
    NarrativeError
        When the template is missing or malformed, uses an undefined name, names a wave, or asks for a
        figure that does not exist or may not be printed; prints a number that no figure gives; the
        message names template and line.
    """
    file = f"{name}.{narrator.language}.j2"
    narrator.begin()
    jinja = environment(folder, narrator)
    with _told(jinja, folder, file):
        refuse(jinja, folder, file, narrator.study.wave_names, narrator.language)
        rendered = jinja.get_template(file).render()
        refuse_stray_numbers(rendered, narrator.names, shown(folder / file))
        return read_passage(rendered, narrator.sources)


def check_template(folder: Path, name: str, narrator: Narrator) -> None:
    """Read `<name>.<language>.j2` of a folder and everything it includes, without printing a figure.

    Raises
    ------
    NarrativeError
        When a template is missing or malformed, names a wave, types a number, or has the name of a
        function or an indicator wrong.
    """
    file = f"{name}.{narrator.language}.j2"
    jinja = environment(folder, narrator)
    with _told(jinja, folder, file):
        refuse(jinja, folder, file, narrator.study.wave_names, narrator.language)
        for path, _ in trees(jinja, folder, file):
            jinja.get_template(path.relative_to(folder).as_posix())
        refuse_unknown(jinja, folder, file, narrator.study)


@contextmanager
def _told(jinja: ImmutableSandboxedEnvironment, folder: Path, file: str) -> Iterator[None]:
    """Turn what goes wrong with a template into a message that names template and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        place = Path(error.filename) if error.filename else folder / file
        mistake = syntax_mistake(error.message or "", _line(place, error.lineno))
        raise NarrativeError(f"{shown(place)}, line {error.lineno}: {mistake}") from error
    except TemplateNotFound as error:
        raise NarrativeError(_missing(folder, str(error.name or file), file)) from error
    except RefusedError:
        raise
    except FAILURES as error:
        raise NarrativeError(f"{_place(folder, folder / file, error)}: {_said(error, jinja)}") from error


def environment(folder: Path, narrator: Narrator) -> ImmutableSandboxedEnvironment:
    """Return a sandboxed Jinja environment in which every undefined name is an error."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=[LineBreaks, ClaimTag],
    )
    tag = made.extensions[ClaimTag.identifier]
    assert isinstance(tag, ClaimTag)
    tag.narrator = narrator
    names = {"wave": narrator.wave, "language": narrator.language, "namespace": Namespace}
    made.globals = {**narrator.functions(), **names}
    made.filters = {name: made for name, made in made.filters.items() if name not in REFUSED_FILTERS}
    return made


def _line(path: Path, number: int) -> str:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _missing(folder: Path, file: str, own: str) -> str:
    hint = did_you_mean(file, sorted({path.name for path in folder.glob("*.j2")} - {own}))
    mend = "write it or set text: in deck.yaml" if file == own else f"'{own}' includes it"
    return f"{shown(folder / file)} is missing; {mend}{hint}"


def _said(error: Exception, jinja: ImmutableSandboxedEnvironment) -> str:
    match = _UNDEFINED.match(str(error)) if isinstance(error, UndefinedError) else None
    if match:
        return f"{error}{did_you_mean(match[1], jinja.globals)}"
    called = call_mistake(str(error), jinja.globals) if isinstance(error, TypeError) else None
    return called or str(error)


def _place(folder: Path, path: Path, error: BaseException) -> str:
    """Return the innermost line of a template that led to an error."""
    frames = [
        frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(folder)
    ]
    return f"{shown(Path(frames[-1].filename))}, line {frames[-1].lineno}" if frames else shown(path)

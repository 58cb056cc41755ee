"""What ``wavedeck check`` looks at: raw data, texts, house templates, and what a report will lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wavedeck.audit.published import published_findings
from wavedeck.figures.quote_check import check_quotes
from wavedeck.intake.run import check_study
from wavedeck.narrative.check import copied_sentences, foreign_sentences, template_problems
from wavedeck.study.deck import Slide
from wavedeck.study.errors import ConfigError
from wavedeck.study.findings import Finding, Severity
from wavedeck.study.house import HOUSE_FILES, house_file
from wavedeck.study.languages import language_gaps
from wavedeck.study.load import Study
from wavedeck.study.outlook import gross_lacking, slides_left_out
from wavedeck.study.paths import shown
from wavedeck.study.yaml_lines import read_yaml


def look_over(study: Study, root: Path, *, wave: str = "", languages: Sequence[str] = ()) -> list[Finding]:
    """Return everything that a person should know before a report is built.

    Parameters
    ----------
    study
        The study.
    root
        Folder that holds config/, templates/ and data/.
    wave
        Wave whose raw data and report are looked at; without it all raw data, and the newest report.
    languages
        Languages of the report; all of the study when left out.
    """
    newest = wave or study.wave_names[-1]
    wanted = tuple(languages or study.settings.languages)
    return [
        *check_study(study, root, waves=[wave] if wave else None),
        *_texts(study, root, newest, wanted),
        *language_findings(study, root, wanted),
        *_house(study, root, newest),
        *gross_lacking(study, newest),
        *slides_left_out(study, newest),
        *published_findings(study),
        *check_quotes(study, root, waves=[newest]),
    ]


def _texts(study: Study, root: Path, wave: str, languages: tuple[str, ...]) -> Iterator[Finding]:
    folder = root / "templates" / study.name
    for slide, problem in template_problems(study, folder, wave=wave, languages=languages):
        yield _of_slide(study, slide, "template", problem)


def language_findings(study: Study, root: Path, wanted: Sequence[str] = ()) -> Iterator[Finding]:
    """Yield what stands in one language only, or under the wrong one; it stops the reports in the others.

    Parameters
    ----------
    study, root
        As in `look_over`.
    wanted
        Languages of the report; all of the study when left out.
    """
    known = study.settings.languages
    severity: Severity = "stop" if set(wanted or known) - {known[0]} else "warning"
    yield from language_gaps(study.folder, known, severity=severity)
    folder = root / "templates" / study.name
    for path, line, mistake in [*copied_sentences(folder, known), *foreign_sentences(folder, known)]:
        yield Finding(severity=severity, rule="language", file=shown(path), row=line, message=mistake)


def _house(study: Study, root: Path, wave: str) -> Iterator[Finding]:
    try:
        template, _ = [house_file(study, name, root=root) for name in HOUSE_FILES]
    except ConfigError as error:
        file = shown(study.folder / "study.yaml")
        yield Finding(severity="stop", rule="house", file=file, message=str(error))
        return
    from wavedeck.render.layouts import layout_problems

    for slide, problem in layout_problems(template, study.deck.slides_in(wave)):
        yield _of_slide(study, slide, "layout", problem)


def _of_slide(study: Study, slide: Slide, rule: str, problem: str) -> Finding:
    file = read_yaml(study.folder / "deck.yaml")
    return Finding(
        severity="stop",
        rule=rule,
        file=shown(file.path),
        row=file.line(("slides", study.deck.slides.index(slide))),
        message=f"slide '{slide.id}': {problem}",
    )

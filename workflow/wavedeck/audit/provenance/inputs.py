"""Every file that a report rests on, by the kind of thing that it is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from wavedeck.figures.quote_recipe import quoted_parts
from wavedeck.study.house import HOUSE_FILES, house_file
from wavedeck.study.load import STUDY_FILES, Study, study_file

RAW, CODES, CLEARED, MEMBERS = "raw file", "codes of open answers", "cleared texts", "list of respondents"
SETTINGS, TEXT, HOUSE = "settings of the study", "text", "house template"
#: Files that name respondents, by id or by what they wrote, and may be as short as one line.
OF_PERSONS = frozenset({CODES, CLEARED, MEMBERS})
_CHART_STYLE = "wavedeck.mplstyle"


class Input(NamedTuple):
    """One file that a report rests on: what it is, and its path from the root that holds config/."""

    kind: str
    path: str


def report_inputs(study: Study, wave: str, *, root: Path) -> list[Input]:
    """Return the files that the report of a wave rests on, each once.

    Parameters
    ----------
    study
        The study.
    wave
        The wave; earlier ones count too.
    root
        Folder that holds config/, templates/ and data/.
    """
    found = [*_answers(study, wave), *_members(study), *_cleared(study, wave), *_words(study, root)]
    return list(dict.fromkeys(found))


def place_of(given: Input, study: Study, *, root: Path) -> Path:
    """Return where an input stands; house templates may stand with the program."""
    if given.kind == HOUSE:
        beside = house_file(study, HOUSE_FILES[1], root=root)
        name = Path(given.path).name
        return house_file(study, name, root=root) if name in HOUSE_FILES else beside.with_name(name)
    return root / given.path


def _answers(study: Study, wave: str) -> list[Input]:
    asked = [(one, part) for one in study.waves_until(wave) for part in study.parts_in(one)]
    raw = [Input(RAW, study.raw_file(part, one)) for one, part in asked]
    declared = [(study.verbatims.coding(part, one), one) for one, part in asked]
    return raw + [Input(CODES, coding.path(one)) for coding, one in declared if coding]


def _members(study: Study) -> list[Input]:
    return [Input(MEMBERS, group.ids.file) for group in study.groups.groups.values() if group.ids]


def _cleared(study: Study, wave: str) -> list[Input]:
    files = [study.verbatims.cleared(part, wave) for part in quoted_parts(study, wave)]
    return [Input(CLEARED, file.path(wave)) for file in files if file]


def _words(study: Study, root: Path) -> list[Input]:
    settings = [study_file(study.folder, name) for name in STUDY_FILES]
    texts = sorted(path.name for path in (root / "templates" / study.name).glob("*.j2"))
    house = [
        Input(HOUSE, f"templates/{study.settings.house}/{name}") for name in (*HOUSE_FILES, _CHART_STYLE)
    ]
    return [
        *(Input(SETTINGS, f"config/studies/{study.name}/{path.name}") for path in settings if path.is_file()),
        *(Input(TEXT, f"templates/{study.name}/{name}") for name in texts),
        *(one for one in house if place_of(one, study, root=root).is_file()),
    ]

"""The command ``wavedeck trace``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from wavedeck.audit.ledger import Print
from wavedeck.audit.trace.decks import own_ledger
from wavedeck.audit.trace.find import (
    Pointer,
    every_ledger,
    newest_place,
    parse_pointer,
    prints_at,
    prints_of,
    study_of_deck,
    table_prints,
)
from wavedeck.audit.trace.place import PROCESSED, Place
from wavedeck.cli.project import Project, UsageError
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study, load_study

FORMATS = ("text", "json", "csv")
FIRST_ROWS = 10
FIRST_FIGURES = 20
CONSTANT = "study/constants."
OF_WAVES = ("wave", "fieldwork")
SAYINGS = {
    "wave": "a wave, declared in study.yaml",
    "fieldwork": "the period of fieldwork, declared in study.yaml",
    "label": "a number inside a name of the codebook, an indicator or a group",
    "chapter": "the number of a chapter, counted",
    "page": "the number of a slide, counted",
    "quote": "a number inside an answer that is quoted",
    "method": "a count over the comparisons of the report: tests, marks, or marks to expect by chance",
}


@dataclass(frozen=True)
class Asked:
    """What a person asked to trace.

    Attributes
    ----------
    target
        Address, place in a deck, or printed number.
    row, column
        Raw row (``file:row``) for the way back, and a raw column that limits it.
    deck, slide
        Where a printed number stands.
    rows
        How many rows are shown; None shows all.
    """

    target: str = ""
    row: str = ""
    column: str = ""
    deck: str = ""
    slide: str = ""
    study: str = ""
    wave: str = ""
    format: str = "text"
    rows: int | None = FIRST_ROWS
    show_ids: bool = False


def parse_rows(text: str) -> int | None:
    """Read ``--rows``: a number, or all.

    >>> parse_rows("all"), parse_rows("25")
    (None, 25)
    """
    if text == "all":
        return None
    if not text.isdecimal():
        raise UsageError(f"--rows {text}: give a number, or all")
    return int(text)


def trace_lines(project: Project, asked: Asked) -> Iterator[str]:
    """Yield what a trace says.

    Raises
    ------
    UsageError
        When it is unclear what is asked.
    WavedeckError
        When there is no such figure, place, number or row.
    """
    if asked.format not in FORMATS:
        raise UsageError(
            f"--format {asked.format}: give {', '.join(FORMATS)}{did_you_mean(asked.format, FORMATS)}"
        )
    if bool(asked.target) == bool(asked.row):
        raise UsageError(
            "say what to trace: an address, a place such as deck.pptx#8:body/p1, a printed number with "
            "--deck, or --row FILE:ROW"
        )
    if asked.row:
        return _back(project, asked)
    pointer = parse_pointer(asked.deck or asked.target)
    if asked.deck and pointer is None:
        raise UsageError(f"--deck {asked.deck}: give the PPTX or PDF of a report")
    if pointer is not None:
        return _from_deck(project, asked, pointer)
    if ".xlsx" in asked.target:
        raise UsageError(
            f"{asked.target}: a table book has no slides; ledger_tables.csv beside it names the address of "
            "each cell, and trace takes that address"
        )
    if "/" not in asked.target:
        raise UsageError(
            f"'{asked.target}': say where this number is printed, with --deck deck.pptx [--slide 8]"
        )
    return _from_address(project, asked)


def _from_address(project: Project, asked: Asked) -> Iterator[str]:
    study, address = study_of_address(project, asked)
    place = newest_place(study, project.folder, asked.wave)
    if len(address.split("/")) == 3 and "constants." not in address:
        address = f"{address}/{place.report}"
    prints = list(dict.fromkeys(one for own in _own_ledgers(place) for one in own if one.address == address))
    prints += table_prints(study.name, project.folder, place.report, address)
    return _show(place, address, "estimate", prints, asked)


def _own_ledgers(place: Place) -> Iterator[tuple[Print, ...]]:
    for name, ledger in every_ledger(place.study.name, place.folder).items():
        if name == place.report:
            yield ledger


def study_of_address(project: Project, asked: Asked) -> tuple[Study, str]:
    """Return the study that has the part of an address, and the address.

    The name of the study may stand before it.
    """
    names, address = project.study_names(), asked.target
    if not asked.study and address.split("/")[0] in names:
        head, _, rest = address.partition("/")
        return load_study(project.study_folder(head)), rest
    if asked.study:
        return load_named(project, asked.study), address
    part = address.split("/")[0]
    built = [name for name in names if list((project.folder / PROCESSED / name).glob(f"*/{part}"))]
    if len(built) == 1:
        return load_study(project.study_folder(built[0])), address
    if len(names) == 1:
        return load_study(project.study_folder(names[0])), address
    if not built:
        raise UsageError(
            f"no built study has a part '{part}'; name the study with --study ({', '.join(names)})"
        )
    raise UsageError(f"part '{part}' is in several studies; name one with --study: {', '.join(built)}")


def load_named(project: Project, name: str) -> Study:
    """Load a study by its name.

    Raises
    ------
    UsageError
        When there is no such study; naming those that there are.
    """
    if name not in project.study_names():
        known = project.study_names()
        raise UsageError(
            f"unknown study '{name}'{did_you_mean(name, known, then='studies here: ' + ', '.join(known))}"
        )
    return load_study(project.study_folder(name))


def _from_deck(project: Project, asked: Asked, pointer: Pointer) -> Iterator[str]:
    path = _existing(pointer.deck, project)
    pointer = replace(pointer, deck=path, slide=asked.slide or pointer.slide)
    study, wave = study_of_deck(path)
    said = own_ledger(path)
    if said is not None and not study:
        study, wave = said.study, said.wave
    if not (asked.study or study):
        raise UsageError(
            f"{pointer.deck}: it stands outside reports/; name its study and wave with --study and --wave"
        )
    own = load_named(project, asked.study or study)
    place = newest_place(own, project.folder, asked.wave or wave)
    if said is None and not pointer.ledger.is_file():
        delivered = project.folder / "reports" / own.name / place.report
        pointer = replace(pointer, deck=delivered / _named_as_delivered(path, own))
    found = tuple(dict.fromkeys(prints_at(pointer)))
    where = f"{path.name}, slide {pointer.slide}" if pointer.slide else path.name
    if asked.deck:
        found = prints_of(asked.target, found, where=where)
    if len({(one.address, one.field) for one in found}) > 1:
        return _choose(found, where, asked)
    return _show(place, found[0].address, found[0].field, found, asked)


def _named_as_delivered(deck: Path, study: Study) -> str:
    """Return the name that a renamed deck had: that of its language, where its name still says it."""
    language = deck.stem.rpartition(".")[2]
    own = f".{language}" if language in study.settings.languages[1:] else ""
    return f"deck{own}{deck.suffix}"


def _existing(deck: Path, project: Project) -> Path:
    for path in (deck, project.folder / deck):
        if path.is_file():
            return path
    known = [
        one.relative_to(project.folder).as_posix() for one in project.folder.glob("reports/*/*/deck*.p*")
    ]
    raise UsageError(f"{deck}: this deck is not there{did_you_mean(deck.as_posix(), known)}")


def _choose(prints: Sequence[Print], where: str, asked: Asked) -> Iterator[str]:
    from wavedeck.audit.trace.export import csv_of_prints, json_of
    from wavedeck.audit.trace.say import text_of_prints

    if asked.format == "json":
        return iter([json_of([asdict(one) for one in prints])])
    if asked.format == "csv":
        return iter([csv_of_prints(prints)])
    return text_of_prints(prints, where)


def _show(place: Place, address: str, field: str, prints: Sequence[Print], asked: Asked) -> Iterator[str]:
    if address.count("/") < 3:
        return _declared(place, address, prints, asked)
    from wavedeck.audit.trace.export import csv_of, json_of, record_of
    from wavedeck.audit.trace.say import text_of
    from wavedeck.audit.trace.trace import trace_figure

    found = trace_figure(place, address, field=field, rows=asked.rows, show_ids=asked.show_ids, prints=prints)
    if asked.format == "json":
        return iter([json_of(record_of(found))])
    return iter([csv_of(found)]) if asked.format == "csv" else text_of(found)


def _declared(place: Place, address: str, prints: Sequence[Print], asked: Asked) -> Iterator[str]:
    """Say where a declared constant, wave or other number that is no figure comes from."""
    from wavedeck.audit.trace.export import csv_of_prints, json_of
    from wavedeck.audit.trace.say import text_of_constant
    from wavedeck.study.yaml_lines import read_yaml

    file = read_yaml(place.study.folder / "study.yaml")
    name = address.removeprefix(CONSTANT)
    known = place.study.settings.constants
    if name in known and name != address:
        said = known[name].get(place.language) or next(iter(known[name].values()))
        declared = f"constant '{name}': '{said}', declared in {file.place(('constants', name))}"
    elif address.startswith(CONSTANT):
        raise UsageError(f"study.yaml declares no constant '{name}'{did_you_mean(name, known)}")
    elif prints:
        what = SAYINGS.get(prints[0].field, "from the study's files, not from respondents")
        where = f" ({file.place(('waves',))})" if prints[0].field in OF_WAVES else ""
        declared = f"'{address}': {what}{where}"
    else:
        raise UsageError(
            f"'{address}' is not an address; write <part>/<indicator>[@<item>][.<category>]/<group>/<wave>"
        )
    shown = prints or (Print("-", "-", address, "constant", name),)
    if asked.format == "json":
        return iter([json_of({"declared": declared, "prints": [asdict(one) for one in prints]})])
    if asked.format == "csv":
        return iter([csv_of_prints(shown)])
    return text_of_constant(shown[0], declared)


def _back(project: Project, asked: Asked) -> Iterator[str]:
    from wavedeck.audit.trace.back import trace_row
    from wavedeck.audit.trace.export import csv_of_row, json_of
    from wavedeck.audit.trace.say_row import text_of_row

    file, _, number = asked.row.rpartition(":")
    if not file or not number.isdecimal():
        raise UsageError(
            f"--row {asked.row}: write the raw file and the row, as data/raw/travel/2017/answers.csv:12"
        )
    place = newest_place(_study_of_file(project, asked, file), project.folder, asked.wave)
    place = _reaching(place, file, asked)
    found = trace_row(place, file, int(number), column=asked.column)
    if asked.format == "json":
        return iter([json_of(asdict(found))])
    rows = FIRST_FIGURES if asked.rows == FIRST_ROWS else asked.rows
    return iter([csv_of_row(found)]) if asked.format == "csv" else text_of_row(found, rows)


def _reaching(place: Place, file: str, asked: Asked) -> Place:
    """Return the report, refusing one that is older than the raw file."""
    from wavedeck.audit.trace.back import wave_of_file

    wave = wave_of_file(file, place).name
    if wave in place.study.waves_until(place.report):
        return place
    raise UsageError(
        f"{file} is of wave {wave}, and the report of {place.report} holds no later wave; "
        + (f"leave --wave {asked.wave} out" if asked.wave else f"build the report of {wave} first")
    )


def _study_of_file(project: Project, asked: Asked, file: str) -> Study:
    if asked.study:
        return load_named(project, asked.study)
    names = project.study_names()
    for word in reversed(Path(file).parts):
        if word in names:
            return load_study(project.study_folder(word))
    if len(names) == 1:
        return load_study(project.study_folder(names[0]))
    raise UsageError(f"--row {file}: name the study with --study ({', '.join(names)})")


Printer = Callable[[str], object]


def show_trace(project: Project, asked: Asked, show: Printer) -> None:
    """Print a trace."""
    with without_pandas():
        for line in trace_lines(project, asked):
            show(line)


class _Aside:
    """Finds no pandas."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if name == "pandas":
            raise ModuleNotFoundError("pandas is left aside here", name=name)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep pyarrow from loading pandas for as long as this lasts, which would double the time of a trace.

    Where pandas is loaded already nothing changes.
    """
    aside = _Aside()
    sys.meta_path.insert(0, aside)
    try:
        yield
    finally:
        sys.meta_path.remove(aside)

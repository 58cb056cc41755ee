"""published.csv: what an earlier report printed, row by row, and the figure that each row is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from wavedeck.study.address import Address
from wavedeck.study.checks.shapes import extent
from wavedeck.study.checks.vocabulary import Vocabulary
from wavedeck.study.errors import ConfigError, did_you_mean
from wavedeck.study.findings import Finding
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

FILE = "published.csv"
COLUMNS = ("id", "value", "address", "field", "slide", "reason")
FIELDS = (
    *("estimate", "base", "weighted_base", "effective_base", "se", "ci_low", "ci_high", "deff", "degf"),
    *("fraction", "constant", "counted"),
    *(f"{kind}.{field}" for kind in ("previous", "stated", "rest") for field in ("difference", "mark", "p")),
)
MARKS = ("+", "-", "none")
CONSTANT = re.compile(r"^study/constants\.(?P<name>.+)$")


@dataclass(frozen=True)
class Published:
    """One published value.

    Attributes
    ----------
    line
        Line in published.csv.
    id
        Id of the row in the report's list of figures.
    value
        As published: a number with a decimal point, or a mark.
    address, field
        The figure, or ``study/constants.<name>``, and what of it.
    slide
        Number of the slide that prints it.
    reason
        Why it cannot be reproduced, empty where it can.
    """

    line: int
    id: str
    value: str
    address: str
    field: str
    slide: str
    reason: str

    @property
    def number(self) -> Decimal:
        """Return the value as a number."""
        return Decimal(self.value)

    @property
    def is_mark(self) -> bool:
        """Tell whether the value is a mark of significance."""
        return self.field.endswith(".mark")


def published_file(study: Study) -> Path:
    """Return where a study keeps what was published."""
    return study.folder / FILE


def read_published(path: Path) -> tuple[Published, ...]:
    """Read published.csv.

    Raises
    ------
    ConfigError
        Naming the file, and the line, where it cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_rows(csv.reader(file), path))
    except FileNotFoundError as error:
        raise ConfigError(f"{shown(path)}: there is no such file; it lists what was published") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown(path)}: is not UTF-8 text; save it as UTF-8") from error


def _rows(reader: Iterator[list[str]], path: Path) -> Iterator[Published]:
    heads = tuple(next(reader, ()))
    if heads != COLUMNS:
        raise ConfigError(f"{shown(path)}:1: its columns are {', '.join(heads)}; write {', '.join(COLUMNS)}")
    for line, row in enumerate(reader, start=2):
        if len(row) != len(COLUMNS):
            raise ConfigError(
                f"{shown(path)}:{line}: has {len(row)} fields, not {len(COLUMNS)}; quote a reason with commas"
            )
        yield Published(line, *(cell.strip() for cell in row))


def published_findings(study: Study) -> list[Finding]:
    """Return what is wrong in a study's published.csv; nothing where it has none."""
    path = published_file(study)
    if not path.is_file():
        return []
    try:
        rows = read_published(path)
    except ConfigError as error:
        return [Finding(severity="warning", rule="published", file=shown(path), message=str(error))]
    names = _names(study)
    problems = [*_repeated(rows), *(found for row in rows for found in _problems(row, study, names))]
    return [
        Finding(severity="warning", rule="published", file=shown(path), row=line, message=message)
        for line, message in problems
    ]


def _names(study: Study) -> Vocabulary:
    return Vocabulary(
        study.settings, study.codebook, study.groups, study.indicators, study.impact, study.verbatims
    )


def _repeated(rows: Iterable[Published]) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for row in rows:
        if row.id in first:
            yield row.line, f"id '{row.id}' also stands on line {first[row.id]}; give each row its own"
        first.setdefault(row.id, row.line)


def _problems(row: Published, study: Study, names: Vocabulary) -> Iterator[tuple[int, str]]:
    if not row.slide.isdecimal() or not 1 <= int(row.slide) <= len(study.deck.slides):
        last = len(study.deck.slides)
        yield row.line, f"slide '{row.slide}' does not exist; the deck has slides 1 to {last}"
    if row.field not in FIELDS:
        hint = did_you_mean(row.field, FIELDS, then=f"fields: {', '.join(FIELDS)}")
        yield row.line, f"unknown field '{row.field}'{hint}"
    if row.is_mark and row.value not in MARKS:
        yield row.line, f"value '{row.value}' is no mark; write {', '.join(MARKS)}"
    if not row.is_mark and not _is_number(row.value):
        yield row.line, f"value '{row.value}' is no number; write it with a decimal point"
    yield from ((row.line, problem) for problem in address_problems(row, study, names))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def address_problems(row: Published, study: Study, names: Vocabulary) -> Iterator[str]:
    """Yield what is wrong with the address of a row."""
    constant = CONSTANT.match(row.address)
    if constant:
        constants, name = study.settings.constants, constant["name"]
        if name not in constants:
            yield f"unknown constant '{name}'{did_you_mean(name, constants)}"
        return
    try:
        address = Address.parse(row.address)
    except ConfigError as error:
        yield str(error)
        return
    for part, known in _known(address, study, names):
        word = getattr(address, part)
        if word not in known:
            yield f"address '{row.address}': unknown {part} '{word}'{did_you_mean(word, known)}"
            return


def _known(address: Address, study: Study, names: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each part of an address with what it may be."""
    yield "part", names.parts
    yield "indicator", tuple(study.every_indicator)
    found = extent(study.every_indicator[address.indicator], names)
    yield "item", found.items or ("",)
    yield "category", found.categories or ("",)
    yield (
        "group",
        (*study.group_book.names(address.part), *((address.group,) if "*" in address.group else ())),
    )
    yield "wave", names.waves

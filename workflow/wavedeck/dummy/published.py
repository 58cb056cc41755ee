"""Read published figures: what made-up answers are to lead to."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from wavedeck.study.address import Address
from wavedeck.study.errors import ConfigError

PUBLISHED_FILE = "published.csv"
CONSTANTS = "study/constants."
FIELDS = frozenset(
    {
        "estimate",
        "base",
        "weighted_base",
        "fraction",
        *(f"{kind}.{what}" for kind in ("previous", "stated") for what in ("difference", "mark")),
        "rest.mark",
    }
)
MARKS = ("+", "-", "none")


@dataclass(frozen=True)
class Target:
    """A published figure, or one figure that was published in several places.

    Attributes
    ----------
    ids
        Rows of published.csv.
    value
        As published.
    address, field
        Which figure, and which of its numbers.
    line
        Line in published.csv of the first row.
    """

    ids: tuple[str, ...]
    value: str
    address: Address
    field: str
    line: int

    @property
    def name(self) -> str:
        """Return what messages call it."""
        suffix = "" if self.field == "estimate" else f" ({self.field})"
        return f"{self.address}{suffix} = {self.value}"

    @property
    def decimals(self) -> int:
        """Return the decimals that it was published with."""
        return len(self.value.partition(".")[2])

    @property
    def number(self) -> float:
        """Return the value as a number."""
        return float(self.value)


def read_targets(folder: Path) -> list[Target]:
    """Read what a study's published.csv asks for, each figure once; nothing where there is no such file.

    Rows with a reason, declared constants and fields that respondents do not lead to are left aside.

    Raises
    ------
    ConfigError
        Naming file, line and what is wrong.
    """
    path = folder / PUBLISHED_FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return _once(_target(path, row, line) for line, row in enumerate(rows, 2) if _counts(row))


def _counts(row: dict[str, str]) -> bool:
    reason, address = (row.get("reason") or "").strip(), row.get("address") or ""
    return not reason and not address.startswith(CONSTANTS) and row.get("field") in FIELDS


def _target(path: Path, row: dict[str, str], line: int) -> Target:
    try:
        address = Address.parse(row["address"])
    except ConfigError as error:
        raise ConfigError(f"{path.name}, line {line}: {error}") from error
    target = Target((row["id"],), row["value"].strip(), address, row["field"], line)
    if not (_is_number(target.value) or (target.field.endswith(".mark") and target.value in MARKS)):
        raise ConfigError(
            f"{path.name}, line {line}: '{target.value}' is no number; write it with a decimal point, "
            "a mark as +, - or none, or give the row a reason"
        )
    return target


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _once(targets: Iterable[Target]) -> list[Target]:
    found: dict[tuple[str, str, str], Target] = {}
    for target in targets:
        key = (str(target.address), target.field, target.value)
        before = found.get(key)
        found[key] = replace(before, ids=(*before.ids, *target.ids)) if before else target
    return list(found.values())

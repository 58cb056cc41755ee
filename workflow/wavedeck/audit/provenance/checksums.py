"""Checksums of the files in a folder, as the standard tool ``sha256sum`` writes and reads them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.ledger import AuditError

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
# What file browsers, Office while a file is open, and the workflow put into a folder by themselves.
_BY_THE_WAY = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*#|\.snakemake_timestamp", re.IGNORECASE
)


@dataclass(frozen=True, order=True)
class FileSum:
    """One file by its content.

    Attributes
    ----------
    path
        From its folder on, with slashes.
    sha256
        In lower-case hexadecimal digits.
    size
        Bytes.
    """

    path: str
    sha256: str
    size: int = 0


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_of(path: Path, name: str) -> FileSum:
    """Return the checksum of a file under a name of its own."""
    return FileSum(name, sha256_of(path), path.stat().st_size)


def sums_in(folder: Path) -> list[FileSum]:
    """Return the checksums of all files below a folder, by path.

    Raises
    ------
    AuditError
        When there is a link to elsewhere, or a name that a list of checksums cannot hold.
    """
    return sorted(sum_of(folder / name, name) for name in files_in(folder))


def files_in(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, without those that programs leave by themselves."""
    return sorted(name for name in _every_file(folder) if not is_by_the_way(name))


def left_aside(folder: Path) -> list[str]:
    """Return the paths of files that programs leave by themselves, the workflow's own not counted."""
    found = (name for name in _every_file(folder) if is_by_the_way(name))
    return sorted(name for name in found if not name.endswith(".snakemake_timestamp"))


def is_by_the_way(name: str) -> bool:
    """Tell whether a path is of a file that programs leave by themselves.

    >>> is_by_the_way("charts/.DS_Store"), is_by_the_way("charts/overall.png")
    (True, False)
    """
    return _BY_THE_WAY.fullmatch(name.rpartition("/")[2]) is not None


def _every_file(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise AuditError(
                f"{name} in {folder} is a link to another place; put the file itself there, or take it away"
            )
        if path.is_file():
            if "\n" in name or "\\" in name:
                raise AuditError(
                    f"{name!r} in {folder}: a file name with a line end or backslash cannot be "
                    "listed; give it another name"
                )
            yield name


def sums_text(sums: Iterable[FileSum]) -> str:
    r"""Return checksums as `sha256sum` writes them, sorted by path.

    >>> sums_text([FileSum("b.txt", "22"), FileSum("a.txt", "11")])
    '11  a.txt\n22  b.txt\n'
    """
    return "".join(f"{one.sha256}  {one.path}\n" for one in sorted(sums))


def root_digest(text: str) -> str:
    """Return the one digest that covers a list of checksums, and with it every byte of every file."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_sums(text: str, *, name: str) -> dict[str, str]:
    """Return path -> checksum of a list as `sha256sum` writes it.

    Raises
    ------
    AuditError
        Naming the line that cannot be read.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise AuditError(f"{name}, line {number}: no checksum and path stand there; the list was changed")
        found[match[2]] = match[1]
    return found

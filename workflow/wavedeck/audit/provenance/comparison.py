"""A folder held against a list of checksums: which files changed, are missing, were added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wavedeck.audit.provenance.checksums import sums_in


@dataclass(frozen=True)
class Differences:
    """How a folder differs from what it should be; paths from the folder on.

    Attributes
    ----------
    changed, missing, added
        Files with other content, files that are not there, files that are in no list.
    """

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)

    def lines(self) -> list[str]:
        """Return one line per file."""
        kinds = (("changed", self.changed), ("missing", self.missing), ("added", self.added))
        return [f"{kind:<7}  {name}" for kind, names in kinds for name in names]


def compare_folder(folder: Path, expected: Mapping[str, str], *, aside: frozenset[str]) -> Differences:
    """Hold every file of a folder against its checksum.

    Parameters
    ----------
    folder
        The folder, wherever it stands.
    expected
        Path -> SHA-256 of each file that should be there.
    aside
        Paths that the list cannot hold, such as the list itself.
    """
    found = {one.path: one.sha256 for one in sums_in(folder) if one.path not in aside}
    return differences(found, expected)


def differences(found: Mapping[str, str], expected: Mapping[str, str]) -> Differences:
    """Return how one set of files, path -> checksum, differs from another.

    >>> differences({"a": "1", "c": "3"}, {"a": "2", "b": "1"}).lines()
    ['changed  a', 'missing  b', 'added    c']
    """
    return Differences(
        changed=tuple(sorted(name for name in found.keys() & expected if found[name] != expected[name])),
        missing=tuple(sorted(expected.keys() - found)),
        added=tuple(sorted(found.keys() - expected)),
    )

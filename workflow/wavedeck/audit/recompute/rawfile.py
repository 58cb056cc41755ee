"""What was read from a raw file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ROW = "_row"


@dataclass(frozen=True)
class RawFile:
    """What was read from one raw file into the tables ``raw`` and ``verbatim``.

    Attributes
    ----------
    file
        Path as the study names it.
    columns
        Column as the file names it -> column of the table ``raw``.
    labels, marked
        Column -> labels of codes; codes that the file calls missing (SPSS).
    sets
        Multiple-response sets of an SPSS file, as the file describes them.
    comma
        Whether numbers have a decimal comma.
    direct
        Whether the SQL that read it can be run by anybody who has the file.
    """

    file: str
    columns: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    marked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    comma: bool = False
    direct: bool = False


def unique(words: Sequence[str]) -> dict[str, str]:
    """Return names that also differ for who does not tell capitals apart, as databases do.

    >>> unique(["q", "Q"])
    {'q': 'q', 'Q': 'Q#2'}
    """
    taken: set[str] = {ROW}
    found: dict[str, str] = {}
    for word in words:
        candidate, count = word or "column", 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{word or 'column'}#{count}"
        taken.add(candidate.casefold())
        found[word] = candidate
    return found

"""What verification found: every number accounted for, and everything that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Problem = Literal["orphan", "mismatch", "leak", "edited"]
KINDS = (
    *("figure", "base", "mark", "difference", "words", "constant", "wave", "label", "quote"),
    *("page", "axis", "drawing"),
)


@dataclass(frozen=True)
class Account:
    """One number of a file and what it is.

    Attributes
    ----------
    slide
        Number of the slide; 0 for the file as a whole.
    element
        Shape and place in it, as in the ledger; ``workbook:``, ``alt:`` and ``pdf:`` stand before others.
    kind
        One of KINDS.
    printed
        As printed.
    address, field
        The figure, or what declares it.
    """

    slide: int
    element: str
    kind: str
    printed: str
    address: str = ""
    field: str = ""


@dataclass(frozen=True)
class Fault:
    """A number that nobody answers for, a wrong one, a hidden one, or a change by hand."""

    slide: int
    element: str
    problem: Problem
    message: str

    def __str__(self) -> str:
        where = f"slide {self.slide}, {self.element}" if self.slide else self.element
        return f"{where}: {self.message}"


@dataclass
class Verification:
    """All accounts and faults of one file."""

    accounts: list[Account] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def account(
        self, slide: int, element: str, kind: str, printed: str, *, address: str = "", name: str = ""
    ) -> None:
        """Note a number that is accounted for."""
        self.accounts.append(Account(slide, element, kind, printed, address, name))

    def fault(self, slide: int, element: str, problem: Problem, message: str) -> None:
        """Note something wrong, each once."""
        found = Fault(slide, element, problem, message)
        if found not in self.faults:
            self.faults.append(found)

    @property
    def passes(self) -> bool:
        """Tell whether every number is accounted for."""
        return not self.faults

    @property
    def counts(self) -> Counter[str]:
        """Return how many numbers there are of each kind."""
        return Counter(one.kind for one in self.accounts)


def lines_of(name: str, found: Verification) -> Iterator[str]:
    """Yield what a person reads: the faults by slide, then the counts."""
    for fault in sorted(found.faults, key=lambda one: one.slide):
        yield f"{fault.problem}: {fault}"
    yield summary(name, found)


def summary(name: str, found: Verification) -> str:
    """Return the counts in one line.

    >>> summary("deck.pptx", Verification())
    'deck.pptx: 0 numbers accounted for; 0 orphans, 0 mismatches, 0 leaks, 0 other changes.'
    """
    kinds = ", ".join(f"{found.counts[kind]} {kind}" for kind in KINDS if found.counts[kind])
    problems = Counter(one.problem for one in found.faults)
    detail = f" ({kinds})" if kinds else ""
    return (
        f"{name}: {len(found.accounts)} numbers accounted for{detail}; {problems['orphan']} orphans, "
        f"{problems['mismatch']} mismatches, {problems['leak']} leaks, {problems['edited']} other changes."
    )

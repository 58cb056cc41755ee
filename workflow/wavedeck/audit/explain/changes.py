"""What differs between two builds, as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from wavedeck.audit.explain.build import Build
from wavedeck.audit.explain.inputs import Unit
from wavedeck.audit.explain.match import Pairs
from wavedeck.audit.explain.mixed import Workshop
from wavedeck.figures.export import printed_figure
from wavedeck.figures.records import Figure

KINDS = ("records", "weights", "definition")
CODE = "code"
NOISE = 1e-12


@dataclass(frozen=True)
class Part:
    """What one cause, or several that cannot be told apart, changed about a figure."""

    causes: tuple[str, ...]
    change: float

    @property
    def name(self) -> str:
        """Return the causes in words.

        >>> Part(("records", "weights", "definition"), 0.1).name
        'records, weights and definition'
        """
        head, last = self.causes[:-1], self.causes[-1]
        return f"{', '.join(head)} and {last}" if head else last


@dataclass(frozen=True)
class Change:
    """One figure in both builds.

    Attributes
    ----------
    address, before
        Its address in B, and in A where it was another one.
    old, now
        The figure in A and in B.
    parts
        What each cause changed, in the order of the steps; they add up to `difference`.
    via
        Step -> value after it, None where it could not be taken.
    state_causes
        Steps at which the state changed.
    """

    address: str
    before: str
    old: Figure
    now: Figure
    parts: tuple[Part, ...] = ()
    via: tuple[tuple[str, float | None], ...] = ()
    state_causes: tuple[str, ...] = ()

    @property
    def difference(self) -> float | None:
        """Return the value in B less that in A."""
        if self.old.estimate is None or self.now.estimate is None:
            return None
        return self.now.estimate - self.old.estimate

    @property
    def is_moved(self) -> bool:
        """Tell whether the value differs."""
        return self.difference is not None and not is_noise(self.difference, self.now.estimate)

    @property
    def is_restated(self) -> bool:
        """Tell whether its state differs, or one build has a value and the other none."""
        return self.old.state != self.now.state or (self.old.estimate is None) != (self.now.estimate is None)

    @property
    def is_internal(self) -> bool:
        """Tell whether one of its values may not be published."""
        return not (self.old.is_shown and self.now.is_shown)

    @property
    def prints_differently(self) -> bool:
        """Tell whether a report prints another text."""
        texts = [printed_figure(one, "en") for one in (self.old, self.now)]
        return texts[0] != texts[1]

    @property
    def steps_of_print(self) -> float:
        """Return the size of the change in steps of the last printed digit."""
        return abs(self.difference or 0.0) * 10**self.now.decimals

    def part_of(self, *causes: str) -> float:
        """Return what exactly these causes changed, 0 where they changed nothing."""
        return sum(one.change for one in self.parts if one.causes == causes)


@dataclass(frozen=True)
class Comparison:
    """Two builds held against each other.

    Attributes
    ----------
    first, second
        A and B.
    kinds
        Part and wave -> which kinds of input differ.
    pairs
        Which figure is which.
    old, now
        The figures of A and of B by address.
    changes
        Figures in both whose value, state or address differs, in the order of B's store.
    failed
        Step and what could not be computed there -> why.
    unlike
        Side (``a``, ``b``) -> parts and waves whose stored figures are not those that its own inputs give.
    workshop
        What was computed, for who looks at one figure.
    """

    first: Build
    second: Build
    kinds: Mapping[Unit, frozenset[str]]
    pairs: Pairs
    old: Mapping[str, Figure]
    now: Mapping[str, Figure]
    changes: tuple[Change, ...]
    failed: Mapping[tuple[str, Unit], str]
    unlike: Mapping[str, tuple[Unit, ...]]
    workshop: Workshop

    @property
    def language(self) -> str:
        """Return the main language of B."""
        return self.second.study.settings.languages[0]

    @property
    def moved(self) -> tuple[Change, ...]:
        """Return the figures whose value differs."""
        return tuple(one for one in self.changes if one.is_moved)

    @property
    def counts(self) -> Counter[str]:
        """Return cause -> how many figures it moved."""
        return Counter(part.name for one in self.moved for part in one.parts)


def is_noise(change: float, beside: float | None) -> bool:
    """Tell whether a change is no more than rounding of floating-point numbers."""
    return abs(change) <= NOISE * max(1.0, abs(beside or 0.0))

"""Which figures stand in one table: a question, or what belongs to it, for one set of groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.book_names import analysis_of
from wavedeck.narrative.labels import Labels
from wavedeck.study.groups import CROSS
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.load import Study

Column = tuple[str, str]
_RESPONSE = ("count", "gross", "response_rate")
FIRST, ALONE, QUESTION, OUTSIDE, IMPACT = range(5)


@dataclass(frozen=True)
class Family:
    """Indicators that belong together in one part: those of a question, of an analysis, of the response.

    Attributes
    ----------
    part
        The part.
    kind
        FIRST (response), ALONE (a composition), QUESTION, OUTSIDE (a benchmark) or IMPACT.
    name
        The variable, the analysis, or the indicator.
    """

    part: str
    kind: int
    name: str


@dataclass(frozen=True)
class Content:
    """What one table shows.

    Attributes
    ----------
    family
        The family.
    rows
        Indicator, item and category of each row, in the order of the store.
    columns
        Group and wave of each column, in the order of the store.
    """

    family: Family
    rows: tuple[tuple[str, str, str], ...]
    columns: tuple[Column, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return the indicators in order."""
        return tuple(dict.fromkeys(indicator for indicator, _, _ in self.rows))

    @property
    def is_crossed(self) -> bool:
        """Tell whether the columns are crossed groups."""
        return any(CROSS in group for group, _ in self.columns)


def contents_of(study: Study, store: FigureStore, labels: Labels) -> list[Content]:
    """Return every table of a report, in the order of the codebook; each figure stands in at least one."""
    families: dict[Family, list[Figure]] = {}
    for figure in store:
        families.setdefault(_family_of(labels, figure), []).append(figure)
    parts, variables = list(study.settings.parts), list(study.codebook.variables)

    def place(family: Family) -> tuple[int, int, int]:
        known = family.kind == QUESTION and family.name in variables
        return parts.index(family.part), family.kind, variables.index(family.name) if known else 0

    return [table for one in sorted(families, key=place) for table in _tables(one, families[one], labels)]


def _family_of(labels: Labels, figure: Figure) -> Family:
    spec = labels.spec(figure.indicator)
    if isinstance(spec, ImpactIndicator):
        return Family(figure.part, IMPACT, analysis_of(labels.study, figure.indicator))
    if figure.statistic in _RESPONSE:
        return Family(figure.part, FIRST, "")
    variable = getattr(labels.spec(labels.base_of(figure.indicator)), "variable", "")
    if variable:
        return Family(figure.part, QUESTION, variable)
    kind = OUTSIDE if figure.statistic == "benchmark" else ALONE
    return Family(figure.part, kind, figure.indicator)


def _tables(family: Family, figures: Iterable[Figure], labels: Labels) -> Iterator[Content]:
    """Yield a table per set of columns, widest first, with all rows that have these columns.

    Ranges, rows with items and crossed groups have tables of their own.
    """
    columns: dict[tuple[str, str, str], dict[Column, None]] = {}
    for one in figures:
        columns.setdefault((one.indicator, one.item, one.category), {})[one.group, one.wave] = None
    kinds: dict[tuple[bool, bool, bool], dict[tuple[str, str, str], tuple[Column, ...]]] = {}
    for row, found in columns.items():
        in_range = labels.spec(row[0]).statistic == "range"
        with_items = bool(row[1] and not labels.fixed_item(row[0]))
        for crossed in (False, True):
            own = tuple(one for one in found if (CROSS in one[0]) == crossed)
            if own:
                kinds.setdefault((in_range, with_items, crossed), {})[row] = own
    for kind in sorted(kinds):
        yield from _by_columns(family, kinds[kind])


def _by_columns(
    family: Family, columns: Mapping[tuple[str, str, str], tuple[Column, ...]]
) -> Iterator[Content]:
    sets = dict.fromkeys(columns.values())
    for chosen in sorted(sets, key=len, reverse=True):
        rows = tuple(row for row, own in columns.items() if set(chosen) <= set(own))
        yield Content(family, rows, chosen)

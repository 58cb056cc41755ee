"""Which respondents belong to which group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.intake.select import MISSING_MARK, Mask, Responses, holds
from wavedeck.study.conditions import parse_condition
from wavedeck.study.errors import ConfigError
from wavedeck.study.groups import GroupBook, GroupDefinition
from wavedeck.study.settings import DerivedVariable, Groups, IdList


def group_masks(
    responses: Responses, book: GroupBook, names: Iterable[str], part: str, *, root: Path = Path()
) -> dict[str, Mask]:
    """Tell for each group which respondents belong to it.

    Parameters
    ----------
    responses
        One row per respondent, with the columns of responses.parquet.
    book
        Groups of the study.
    names
        Names of groups, crossed ones included; `all` always comes with them.
    part
        Part the responses belong to.
    root
        Folder from which files with lists of ids are named.

    Returns
    -------
    dict of ndarray of bool, each of shape (respondents,)

    Raises
    ------
    ConfigError
        When a group does not exist, is not of this part, is nested in itself, or its list of ids
        is missing or empty.
    """
    resolver = _Resolver(with_derived(responses, book.groups, part), book, part, root)
    return {name: resolver.mask(name) for name in dict.fromkeys(("all", *names))}


def with_derived(responses: Responses, groups: Groups, part: str) -> pa.Table:
    """Return the responses with a column for each derived variable of a part.

    A respondent for whom no category holds has no answer (``blank``).
    """
    table = responses if isinstance(responses, pa.Table) else pa.Table.from_pandas(responses)
    for name, derived in groups.derived.items():
        in_part = derived.parts is None or part in derived.parts
        if in_part and name not in table.column_names:
            table = _with(table, name, derived)
    return table


def _with(table: pa.Table, name: str, derived: DerivedVariable) -> pa.Table:
    codes = np.full(len(table), -1, np.int32)
    for position, category in reversed(list(enumerate(derived.categories.values()))):
        codes[holds(parse_condition(category.where), table)] = position
    levels = pa.array(list(derived.categories), pa.string())
    found = pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), levels)
    blank = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(codes), np.int32), mask=codes >= 0), pa.array(["blank"], pa.string())
    )
    return table.append_column(name, found.cast(pa.string())).append_column(name + MISSING_MARK, blank)


@dataclass
class _Resolver:
    """Masks of one part's groups, each made once."""

    responses: pa.Table
    book: GroupBook
    part: str
    root: Path
    made: dict[str, Mask] = field(default_factory=dict)
    under_way: tuple[str, ...] = ()

    def mask(self, name: str) -> Mask:
        """Return the mask of one group."""
        if name not in self.made:
            self._guard(name)
            self.made[name] = self._make(self.book.definition(name))
            self.under_way = self.under_way[:-1]
        return self.made[name]

    def _guard(self, name: str) -> None:
        if name in self.under_way:
            chain = " -> ".join((*self.under_way, name))
            raise ConfigError(f"groups.yaml: group '{name}' rests on itself ({chain})")
        self.under_way = (*self.under_way, name)

    def _make(self, definition: GroupDefinition) -> Mask:
        if not definition.is_in(self.part):
            parts = ", ".join(definition.parts or ())
            raise ConfigError(
                f"groups.yaml: group '{definition.name}' is of part {parts}, not of '{self.part}'"
            )
        masks = [np.ones(len(self.responses), np.bool_)]
        masks += [self.mask(name) for name in definition.within]
        if definition.condition is not None:
            masks.append(holds(definition.condition, self.responses))
        if definition.union:
            masks.append(reduce(np.logical_or, (self.mask(name) for name in definition.union)))
        if definition.ids is not None:
            masks.append(_listed(definition.name, definition.ids, self.responses, self.root))
        return reduce(np.logical_and, masks)


def _listed(name: str, ids: IdList, responses: pa.Table, root: Path) -> Mask:
    listed = _read_ids(name, root / ids.file, ids.file)
    if ids.variable not in responses.column_names:
        return np.zeros(len(responses), np.bool_)
    values = responses.column(ids.variable).cast(pa.string())
    found = pc.is_in(values, value_set=pa.array(listed, pa.string()))
    return np.asarray(found.to_numpy(), np.bool_)


def _read_ids(name: str, path: Path, file: str) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ConfigError(f"{file}: the list of ids of group '{name}' is missing") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: the list of ids of group '{name}' is not UTF-8 text") from error
    listed = [line.strip() for line in lines if line.strip()]
    if not listed:
        raise ConfigError(f"{file}: the list of ids of group '{name}' is empty; write one id a line")
    return listed

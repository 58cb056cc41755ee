"""The columns of a table: groups, the waves of each, and marks of significance beside the newest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wavedeck.figures.records import Comparison
from wavedeck.figures.store import FigureStore
from wavedeck.render.book.describe import Cell, Claim, Look
from wavedeck.render.book.families import Content
from wavedeck.render.book.setting import Setting
from wavedeck.study.address import Address
from wavedeck.study.groups import ALL, CROSS

AGAINST = ("previous", "stated", "rest")


@dataclass(frozen=True)
class BannerColumn:
    """A column of figures, or of marks against another wave (`other`) or the rest.

    Attributes
    ----------
    group, wave
        Whose figures these are.
    against
        What the marks compare with: previous, stated or rest; empty for figures.
    other
        Wave that is compared with.
    opens
        Whether the column is the first of its group.
    """

    group: str
    wave: str
    against: str = ""
    other: str = ""
    opens: bool = False

    def address(self, part: str, row: tuple[str, str, str]) -> str:
        """Return the address of the figure of a row."""
        return str(Address(part, *row, self.group, self.wave))


def banner_of(setting: Setting, content: Content) -> list[BannerColumn]:
    """Return the columns of a table, group by group."""
    groups: dict[str, list[str]] = {}
    for group, wave in content.columns:
        groups.setdefault(group, []).append(wave)
    return [column for group, waves in groups.items() for column in _of_group(setting, content, group, waves)]


def _of_group(setting: Setting, content: Content, group: str, waves: Sequence[str]) -> Iterator[BannerColumn]:
    for place, wave in enumerate(waves):
        yield BannerColumn(group, wave, opens=not place)
    if setting.wave in waves:
        seen = set()
        for kind in AGAINST:
            found = _compared(setting.store, content, group, setting.wave, kind)
            other = next((Address.parse(one.against).wave for one in found if one.against), "")
            if found and other not in seen:
                seen.add(other)
                yield BannerColumn(group, setting.wave, kind, other)


def _compared(store: FigureStore, content: Content, group: str, wave: str, kind: str) -> list[Comparison]:
    """Return the comparisons of a column; nothing where none of them was tested."""
    addresses = (str(Address(content.family.part, *row, group, wave)) for row in content.rows)
    found = [own for one in addresses if (own := store.comparison(one, kind)) is not None]
    return found if any(one.mark for one in found) else []


def head_rows(
    setting: Setting, part: str, columns: Sequence[BannerColumn]
) -> tuple[list[Cell | None], list[Cell | None], list[Cell | None]]:
    """Return the three rows over the figures: sets of groups, groups, waves and marks.

    The name of a set or a group stands in its first column; nothing is merged.
    """
    sets: list[Cell | None] = []
    groups: list[Cell | None] = []
    before = None
    for one in columns:
        label = set_label(setting, part, one.group)
        sets.append(Cell(label if label != before else "", Look("set", opens=one.opens)))
        named = setting.labels.group(one.group) if one.opens else ""
        groups.append(Cell(named, Look("group", opens=one.opens, bold=True)))
        before = label
    return sets, groups, [_wave_head(setting, one) for one in columns]


def set_label(setting: Setting, part: str, group: str) -> str:
    """Return what a group belongs to: a breakdown, the part as a whole, or groups of their own."""
    if group == ALL:
        return setting.text(setting.study.settings.parts[part].label)
    if CROSS in group:
        return setting.words["crossed"]
    book = setting.study.group_book
    for name, breakdown in book.groups.breakdowns.items():
        if group in book.members(name) and (breakdown.parts is None or part in breakdown.parts):
            return setting.text(breakdown.label)
    return setting.words["groups"]


def _wave_head(setting: Setting, column: BannerColumn) -> Cell:
    newest = column.wave == setting.wave
    look = Look("wave", bold=newest and not column.against, opens=column.opens)
    if column.against == "rest":
        return Cell(setting.words["others"], look)
    wave = column.other if column.against else column.wave
    label = setting.labels.wave(wave)
    text = setting.words["against"].format(wave=label) if column.against else label
    return Cell(text, look, (Claim(wave, "wave", label),))

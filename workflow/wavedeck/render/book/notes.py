"""Notes under a table: what its signs and marks mean, and what the study says of its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wavedeck.render.book.banner import AGAINST
from wavedeck.render.book.families import Content
from wavedeck.render.book.setting import Setting
from wavedeck.render.compose.footers import Note, notes_of
from wavedeck.render.compose.grid import Grid

_ANY_MARK = ("▲",)


def notes_under(
    setting: Setting, content: Content, states: Iterable[str], against: Iterable[str]
) -> list[Note]:
    """Return the notes that a table needs, each once."""
    grid = Grid(setting.context, content.family.part, {"indicator": content.indicators})
    own = notes_of(setting.context, grid, states, (), "previous")
    return list(dict.fromkeys([*own, *mark_notes(setting, content.family.part, against)]))


def state_notes(setting: Setting, part: str, states: Iterable[str]) -> list[Note]:
    """Return what the signs of states mean."""
    return notes_of(setting.context, Grid(setting.context, part, {"indicator": ()}), states, (), "previous")


def mark_notes(setting: Setting, part: str, against: Iterable[str]) -> Iterator[Note]:
    """Yield what marks against other waves and the rest mean."""
    grid, wanted = Grid(setting.context, part, {"indicator": ()}), set(against)
    for kind in AGAINST:
        if kind in wanted:
            yield from notes_of(setting.context, grid, (), _ANY_MARK, kind)

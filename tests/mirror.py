"""Stores in which every rise is a fall, or nothing differs, and a reader of the texts made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import SupportsIndex

from wavedeck.figures.records import Comparison, Figure
from wavedeck.figures.store import FigureStore, make_store
from wavedeck.narrative.basis import Basis
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.passage import Passage
from wavedeck.narrative.tested import sign_of
from wavedeck.narrative.write import write_passage
from wavedeck.study.indicators import DifferenceIndicator
from wavedeck.study.load import Study

TURNED = {"+": "-", "-": "+"}
ACROSS_WAVES = ("previous", "stated")
EVERY_KIND = (*ACROSS_WAVES, "rest")
# Words that say something moved, and words that say something stands above or below another.
MOVES = {
    ("nl", "+"): r"stijg\w*|gestegen|steeg|toegenomen|ne(?:emt|men) toe|toename|verbeterde?n?\b|verbetert",
    ("nl", "-"): r"da(?:al|len)\w*|gedaald|afgenomen|ne(?:emt|men) af|afname|verslechter\w*",
    ("en", "+"): r"ris(?:es|e|en|ing)|rose|increase\w*|improve[sd]|went up|goes up",
    ("en", "-"): r"falls?|fell|fallen|falling|decrease\w*|decline\w*|drop(?:s|ped)|went down|goes down",
}
STANDS = {
    ("nl", "+"): r"hogere?|vaker|tevredener|positiever",
    ("nl", "-"): r"lagere?|minder (?:vaak|tevreden|positief|hoog)|negatiever",
    ("en", "+"): r"higher|more often|more satisfied",
    ("en", "-"): r"lower|less often|less satisfied",
}
_DENIED = re.compile(
    r"\b(?:niet|geen|nergens|niemand|not|no|none|neither|nor|without|zonder)\b[^.;:]*", re.IGNORECASE
)


def mirrored(store: FigureStore, study: Study, wave: str) -> FigureStore:
    """Return a store in which the newest wave and the one before changed places where both show a figure."""
    waves = study.waves_until(wave)
    newest, before = waves[-1], waves[-2]
    swap = {newest: before, before: newest}
    figures = [_moved(store, figure, swap) for figure in store]
    return make_store(figures, _turned(store, swap, study.settings.tests.stated_wave))


def _moved(store: FigureStore, figure: Figure, swap: Mapping[str, str]) -> Figure:
    other = _at(figure.address, swap)
    if other not in store or not (figure.is_shown and store[other].is_shown):
        return figure
    return replace(store[other], address=figure.address, wave=figure.wave)


def _turned(store: FigureStore, swap: Mapping[str, str], stated: str | None) -> Iterator[Comparison]:
    newest, before = swap
    for (address, kind), item in store.comparisons.items():
        wave = address.rpartition("/")[2]
        if kind == "rest" or (kind == "stated" and stated not in swap):
            other = store.comparison(_at(address, swap), kind)
            same = replace(other, address=address, against=item.against) if other else item
            yield same if wave in swap else item
        elif wave == newest:
            difference = None if item.difference is None else -item.difference
            yield replace(item, mark=TURNED.get(item.mark, item.mark), difference=difference)
        elif wave == before:  # nothing can be said of it against the wave before that
            yield replace(item, mark="", difference=None, reason="mirrored")
        else:
            yield item


def level(store: FigureStore, study: Study, wave: str) -> FigureStore:
    """Return a store in which every wave has the figures of the newest, and no comparison finds anything."""
    newest = study.waves_until(wave)[-1]
    figures = [_moved(store, figure, {figure.wave: newest}) for figure in store]
    none = (
        replace(item, difference=0.0 if item.mark else None, mark="none" if item.mark else "")
        for item in store.comparisons.values()
    )
    return make_store(figures, none)


def _at(address: str, waves: Mapping[str, str]) -> str:
    stem, _, wave = address.rpartition("/")
    return f"{stem}/{waves.get(wave, wave)}"


class Trail(list[Basis]):
    """Notes of figures that were asked for; it forgets none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Basis] = []

    def append(self, value: Basis) -> None:
        """Note one."""
        self.seen.append(value)
        super().append(value)

    def __iadd__(self, values: Iterable[Basis]) -> Trail:  # type: ignore[override,misc]
        """Note several."""
        for value in values:
            self.append(value)
        return self

    def __setitem__(self, place: SupportsIndex | slice, value: Basis | Iterable[Basis]) -> None:  # type: ignore[override]
        """Note what took the place of another."""
        assert isinstance(value, Basis)
        self.seen.append(value)
        super().__setitem__(place, value)  # type: ignore[index]


@dataclass(frozen=True)
class Report:
    """The texts of a report, and where its figures are."""

    study: Study
    store: FigureStore
    wave: str
    language: str
    templates: Path

    def untrue(self) -> list[str]:
        """Return each line that says more than the marks of the figures that its slide asked for."""
        narrator = Narrator(self.store, self.study, self.wave, self.language, trail=Trail())
        found: list[str] = []
        for slide in self.study.deck.slides_in(self.wave):
            assert isinstance(narrator.trail, Trail)
            narrator.trail.seen.clear()
            passage = write_passage(self.templates, slide.text or slide.id, narrator)
            lines = self._untrue(passage, narrator.trail.seen, narrator.names)
            found += [f"{slide.id}: {line}" for line in lines]
        return found

    def _untrue(self, passage: Passage, asked: Iterable[Basis], names: Iterable[str]) -> Iterator[str]:
        addresses = {basis.address for basis in asked}
        addresses |= {piece.address for line in passage.lines for piece in line.pieces}
        for line in (passage.title, *passage.lines, *passage.notes):
            said = _DENIED.sub("", _without(line.text, names))
            for words, kinds in ((MOVES, ACROSS_WAVES), (STANDS, EVERY_KIND)):
                for sign in "+-":
                    pattern = rf"\b(?:{words[self.language, sign]})\b"
                    if re.search(pattern, said, re.IGNORECASE) and not self._is_marked(
                        addresses, kinds, sign
                    ):
                        yield line.text

    def _is_marked(self, addresses: Iterable[str], kinds: Iterable[str], sign: str) -> bool:
        known = [address for address in addresses if address in self.store]
        items = (self.store.comparison(address, kind) for address in known for kind in kinds)
        return any(item is not None and item.mark == sign for item in items) or any(
            self._difference(address) == sign for address in known
        )

    def _difference(self, address: str) -> str:
        """Return the side of zero on which a declared difference stands."""
        figure = self.store[address]
        spec = self.study.every_indicator[figure.indicator]
        return sign_of(figure) if isinstance(spec, DifferenceIndicator) else ""


def _without(text: str, names: Iterable[str]) -> str:
    """Return a text without the labels in it, which say nothing of figures."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return text

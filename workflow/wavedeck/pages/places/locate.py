"""Find the texts of a shape among the words of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wavedeck.pages.places.boxes import Area
from wavedeck.pages.places.words import Stream, Word, reading_order, squash

MARGIN = 0.008
_SHORT, _MOST_INSIDE = 12, 0.5


@dataclass(frozen=True)
class Spot:
    """A text of the deck and where it stands on the page.

    Attributes
    ----------
    text
        As the deck has it.
    stream, start
        Words of the page, and the character in them where the text starts.
    sure
        Whether no other words of the page could be this text.
    """

    text: str
    stream: Stream
    start: int
    sure: bool = True

    @property
    def end(self) -> int:
        """Return the character after the last."""
        return self.start + len(squash(self.text))

    @property
    def words(self) -> tuple[Word, ...]:
        """Return its words."""
        return self.stream.words_of(self.start, self.end)

    def areas(self, start: int, end: int) -> tuple[Area, ...]:
        """Return the rectangles of a stretch of the text as the deck has it, one for each line."""
        before = self.start + len(squash(self.text[:start]))
        return self.stream.areas(before, before + len(squash(self.text[start:end])))

    def before(self, printed: str) -> tuple[Area, ...]:
        """Return the rectangle of a number that is drawn right before the text; none where it is not."""
        for sign in (".", ")", ""):
            start = self.start - len(printed + sign)
            if start >= 0 and self.stream.text.startswith(printed + sign, start):
                return self.stream.areas(start, start + len(printed))
        return ()


Spots = tuple[Spot | None, ...]


def locate(page: Stream, texts: Sequence[str], frame: Area, *, gap: int = 0) -> Spots:
    """Find texts that follow each other in one shape.

    Parameters
    ----------
    page
        Words of the page that are not taken yet, in the order in which they were drawn.
    texts
        Paragraphs of a shape, cells of a table, labels of a chart.
    frame
        Where the shape stands.
    gap
        How many characters may stand between two texts: bullets and numbers.

    Returns
    -------
    tuple of Spot or None
        One for each text; None where it is empty or not found.
    """
    inside = reading_order(page.within(frame, MARGIN).words)
    for stream in (page, inside):
        found = _best(stream, texts, frame, gap)
        if found is not None:
            return found
    return tuple(_alone(page, inside, text, frame) for text in texts)


def _best(stream: Stream, texts: Sequence[str], frame: Area, gap: int) -> Spots | None:
    """Return the chain of texts that lies in the frame most."""
    rated = list[tuple[float, float, int, Spots]]()
    for chain in _chains(stream, texts, gap):
        words = [word for one in chain if one is not None for word in one.words]
        inside = sum(frame.holds(word.area.middle, MARGIN) for word in words) / len(words)
        rated.append((inside, -frame.away(words[0].area), -len(rated), chain))
    if not rated:
        return None
    best = max(rated, key=lambda one: one[:3])
    length = sum(len(squash(text)) for text in texts)
    if best[0] < _MOST_INSIDE and (length < _SHORT or len(rated) > 1):
        return None
    alike = sum(one[0] >= _MOST_INSIDE for one in rated)
    return best[3] if alike < 2 else tuple(one and replace(one, sure=False) for one in best[3])


def _chains(stream: Stream, texts: Sequence[str], gap: int) -> Iterator[Spots]:
    wanted = [squash(text) for text in texts]
    first = next((one for one in wanted if one), "")
    for start in stream.find(first):
        chain, place = list[Spot | None](), start
        for text, one in zip(texts, wanted, strict=True):
            at = _next(stream, one, place, gap if place > start else 0) if one else place
            if at is None:
                break
            chain.append(Spot(text, stream, at) if one else None)
            place = at + len(one)
        if len(chain) == len(texts):
            yield tuple(chain)


def _next(stream: Stream, wanted: str, place: int, gap: int) -> int | None:
    for at in stream.find(wanted, place):
        return at if at <= place + gap else None
    return None


def _alone(page: Stream, inside: Stream, text: str, frame: Area) -> Spot | None:
    """Find one text on its own: first in the frame, then, where it is long enough, anywhere."""
    wanted = squash(text)
    for stream, enough in ((page.within(frame, MARGIN), 1), (inside, 1), (page, _SHORT)):
        found = list(stream.find(wanted)) if len(wanted) >= enough else []
        if found:
            return Spot(text, stream, found[0], sure=len(found) == 1)
    return None

"""Every claim of a report, by slide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from wavedeck.narrative.claims import Claim, ClaimLine, figures_behind
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import write_passage
from wavedeck.study.deck import Slide


def claims_of(
    folder: Path, narrator: Narrator, *, read: Mapping[str, Sequence[Claim]] | None = None
) -> list[ClaimLine]:
    """Return what became of the claims of every slide of a report, in the order of the slides.

    Parameters
    ----------
    folder
        Folder of the study's text templates.
    narrator
        The figures of the report.
    read
        Claims of the slides whose text was read before, by slide; texts of others are read here.
    """
    found: list[ClaimLine] = []
    for number, slide in enumerate(narrator.study.deck.slides_in(narrator.wave), start=1):
        for claim in _claims_on(slide, folder, narrator, read or {}):
            figures = figures_behind(claim.rests_on, narrator.store, narrator.language)
            found.append(ClaimLine(number, slide.id, claim.name, claim.holds, claim.prints, figures))
    return found


def _claims_on(
    slide: Slide, folder: Path, narrator: Narrator, read: Mapping[str, Sequence[Claim]]
) -> Sequence[Claim]:
    if slide.id in read:
        return read[slide.id]
    write_passage(folder, slide.text or slide.id, narrator)
    return tuple(narrator.claims)

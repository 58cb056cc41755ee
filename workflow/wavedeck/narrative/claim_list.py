"""Every claim of a report, by slide."""

from __future__ import annotations

from pathlib import Path

from wavedeck.narrative.claims import ClaimLine, figures_behind
from wavedeck.narrative.narrator import Narrator
from wavedeck.narrative.write import write_passage


def claims_of(folder: Path, narrator: Narrator) -> list[ClaimLine]:
    """Return what became of the claims of every slide of a report, in the order of the slides.

    Parameters
    ----------
    folder
        Folder of the study's text templates.
    narrator
        The figures of the report.
    """
    found: list[ClaimLine] = []
    for number, slide in enumerate(narrator.study.deck.slides_in(narrator.wave), start=1):
        write_passage(folder, slide.text or slide.id, narrator)
        for claim in narrator.claims:
            figures = figures_behind(claim.rests_on, narrator.store, narrator.language)
            found.append(ClaimLine(number, slide.id, claim.name, claim.holds, claim.prints, figures))
    return found

"""What choosing quotes needs of a study, as plain data."""

from __future__ import annotations

from wavedeck.study.base import Strict
from wavedeck.study.codebook import Codebook
from wavedeck.study.groups import GroupBook
from wavedeck.study.load import Study
from wavedeck.study.settings import Groups
from wavedeck.study.verbatims import Verbatims


class QuoteSettings(Strict):
    """What choosing quotes needs to know of a study; goes through the workflow as plain data."""

    wave: str
    parts: list[str]
    languages: list[str]
    codebook: Codebook
    groups: Groups
    verbatims: Verbatims
    minimum: int

    @property
    def group_book(self) -> GroupBook:
        """Return the groups by name."""
        return GroupBook(self.groups, self.codebook)


def quote_settings(study: Study, wave: str) -> QuoteSettings:
    """Take what choosing quotes needs from a study."""
    rules = study.settings.suppression
    disclosure = rules.disclosure.minimum if rules.disclosure else 0
    return QuoteSettings(
        wave=wave,
        parts=quoted_parts(study, wave),
        languages=study.settings.languages,
        codebook=study.codebook,
        groups=study.groups,
        verbatims=study.verbatims,
        minimum=max(rules.reliability.minimum, disclosure),
    )


def quoted_parts(study: Study, wave: str) -> list[str]:
    """Return the parts of a wave of which quotes are chosen."""
    wanted = {selection.part for selection in study.verbatims.selections_in(wave).values()}
    return [part for part in study.parts_in(wave) if part in wanted]

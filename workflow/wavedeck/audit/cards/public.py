"""Cards of all figures of a report for everybody: from the publishable store, without respondents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wavedeck.audit.cards.card import card_of_figure, is_weighted
from wavedeck.audit.cards.evidence import Evidence
from wavedeck.audit.cards.formulas import Formulas
from wavedeck.audit.cards.models import model_key, name_driver, public_model
from wavedeck.audit.cards.shared import Names, headings, states_in_words, tests_in_words
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.cards.sums import Sum
from wavedeck.audit.cards.weights import weighting_card
from wavedeck.audit.cards.words import words_in
from wavedeck.figures.records import Figure
from wavedeck.study.load import Study

Json = dict[str, Any]


@dataclass(frozen=True)
class Cards:
    """The cards of a report.

    Attributes
    ----------
    shared
        What many cards refer to.
    cards
        One per figure, in the order of the store.
    evidence
        Respondents by part and wave, for cards that show rows.
    """

    shared: Json
    cards: list[Json]
    evidence: Mapping[tuple[str, str], Evidence] = field(default_factory=dict, repr=False)

    def blocks(self) -> Iterator[tuple[str, Json]]:
        """Yield name and content of each block of evidence."""
        for one in self.evidence.values():
            yield from one.blocks()


def public_cards(project: Path, study: Study, wave: str, *, language: str = "") -> Cards:
    """Return the public card of every figure of a report.

    Parameters
    ----------
    project
        Folder that holds config/, data/ and reports/.
    study, wave
        The report; its store also holds earlier waves.
    language
        Language of names and words; the study's main language when left out.

    Raises
    ------
    AuditError
        When the report is not built.
    """
    language = language or study.settings.languages[0]
    shelf, words = Shelf(study, project, wave), words_in(language)
    formulas, names = Formulas(shelf, words, {}), Names(shelf, language)
    models: Json = {}
    cards = []
    for figure in shelf.by_address.values():
        made = formulas.of(figure)
        names.add(figure, made.questions)
        card = card_of_figure(figure, made, shelf)
        cards.append(card | _links(figure, made, shelf, models))
        name_driver(figure, cards[-1], models, names.items)
    return Cards(shared_of(shelf, names, words, models), cards)


def _links(figure: Figure, made: Sum, shelf: Shelf, models: Json) -> Json:
    found: Json = {}
    if is_weighted(figure, made):
        found["weighting"] = f"{figure.part}/{figure.wave}"
    if figure.indicator not in shelf.study.indicators.indicators:
        data = shelf.wave(figure.part, figure.wave)
        found["model"] = key = model_key(figure, data)
        if key not in models:
            models[key] = public_model(figure, data)
    return found


def shared_of(shelf: Shelf, names: Names, words: Mapping[str, str], models: Json) -> Json:
    """Return what the cards of a report refer to."""
    waves = dict.fromkeys((one.part, one.wave) for one in shelf.by_address.values())
    return {
        **headings(shelf, names.language),
        **names.gathered(),
        "states": states_in_words(shelf, words),
        "weightings": {
            f"{part}/{wave}": weighting_card(shelf.wave(part, wave), shelf, words, names.language)
            for part, wave in waves
        },
        "tests": tests_in_words(shelf, words, names.language),
        "models": models,
    }

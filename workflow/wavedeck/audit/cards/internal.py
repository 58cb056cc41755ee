"""Cards of all figures of a report for those who may see respondents: the full store, and its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wavedeck.audit.cards.card import card_of_figure, is_weighted
from wavedeck.audit.cards.evidence import Evidence
from wavedeck.audit.cards.formulas import Formulas
from wavedeck.audit.cards.models import driver_card, internal_model, model_key, name_driver
from wavedeck.audit.cards.public import Cards, shared_of
from wavedeck.audit.cards.shared import Names
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.cards.sums import Sum
from wavedeck.audit.cards.words import words_in
from wavedeck.audit.trace.rows import asked_of
from wavedeck.audit.trace.say import HIDDEN, INTERNAL
from wavedeck.audit.trace.terms import NOBODY, Terms
from wavedeck.figures.records import Figure
from wavedeck.study.codebook import Question
from wavedeck.study.load import Study

NO_TERMS = Terms(places=NOBODY, weight=NOBODY.astype(float), share=None, formula="")


def internal_cards(project: Path, study: Study, wave: str, *, language: str = "") -> Cards:
    """Return the card of every figure of a report with what is hidden, and the rows behind each.

    Parameters
    ----------
    project, study, wave, language
        As for `public_cards`.

    Raises
    ------
    AuditError
        When the report is not built, or a raw file is not there.
    """
    language = language or study.settings.languages[0]
    maker = _Maker(Shelf(study, project, wave, internal=True), language)
    cards = [maker.card(figure) for figure in maker.shelf.by_address.values()]
    shared = shared_of(maker.shelf, maker.names, maker.words, maker.models)
    shared["evidence"] = {f"{part}/{name}": one.index() for (part, name), one in maker.evidence.items()}
    return Cards(shared, cards, maker.evidence)


class _Maker:
    """Makes the internal cards of one report, one after the other."""

    def __init__(self, shelf: Shelf, language: str) -> None:
        self.shelf, self.words = shelf, words_in(language)
        self.names = Names(shelf, language)
        self.models: dict[str, Any] = {}
        waves = dict.fromkeys((one.part, one.wave) for one in shelf.by_address.values())
        self.evidence = {key: Evidence(shelf.wave(*key)) for key in waves}
        self.formulas = Formulas(shelf, self.words, self.evidence)
        self._asked: dict[tuple[str, str, str], tuple[Question, ...]] = {}

    def card(self, figure: Figure) -> dict[str, Any]:
        """Return the card of a figure."""
        made = self.formulas.of(figure)
        self.names.add(figure, made.questions)
        label = INTERNAL if figure.is_shown else HIDDEN.format(state=figure.state)
        links = self._links(figure, made)
        name_driver(figure, links, self.models, self.names.items)
        return {
            **card_of_figure(figure, made, self.shelf),
            "label": label,
            **links,
            **self._rows(figure, made),
        }

    def _links(self, figure: Figure, made: Sum) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if is_weighted(figure, made):
            found["weighting"] = f"{figure.part}/{figure.wave}"
        if figure.indicator in self.shelf.study.indicators.indicators:
            return found
        data = self.shelf.wave(figure.part, figure.wave)
        found["model"] = key = model_key(figure, data)
        if key not in self.models:
            self.models[key] = internal_model(figure, data)
        driver = driver_card(figure, data)
        return {**found, "driver": driver} if driver else found

    def _rows(self, figure: Figure, made: Sum) -> dict[str, Any]:
        """Return which rows are behind a figure."""
        if not made.terms:
            return {}
        own = self.evidence[figure.part, figure.wave]
        asked = {one.name: one for one in (*made.questions, *self._behind_group(figure))}
        return {
            "rows": {
                "evidence": own.key,
                "questions": own.questioned(tuple(asked.values())),
                "terms": [term.plain() for term in made.terms],
            }
        }

    def _behind_group(self, figure: Figure) -> tuple[Question, ...]:
        key = (figure.part, figure.wave, figure.group)
        if key not in self._asked:
            self._asked[key] = asked_of(figure, NO_TERMS, self.shelf.wave(figure.part, figure.wave))
        return self._asked[key]

"""Names of indicators, items, categories, groups and waves in one language."""

from __future__ import annotations

from dataclasses import dataclass

from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question, Variable
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.indicators import Indicator
from wavedeck.study.load import Study


@dataclass(frozen=True)
class Labels:
    """What a report calls things."""

    study: Study
    language: str

    def spec(self, indicator: str) -> Indicator:
        """Return an indicator as declared.

        Raises
        ------
        NarrativeError
            When there is none of that name.
        """
        known = self.study.indicators.indicators
        if indicator not in known:
            raise NarrativeError(f"unknown indicator '{indicator}'{did_you_mean(indicator, known)}")
        return known[indicator]

    def indicator(self, name: str) -> str:
        """Return the label of an indicator."""
        return text_in(self.spec(name).label, self.language)

    def item(self, indicator: str, item: str) -> str:
        """Return the label of one item of an indicator; of the indicator itself when it has no items."""
        if not item:
            return self.indicator(indicator)
        for question in self.questions(indicator):
            if question.loop_entry == item:
                entry = self.study.codebook.loops[self._variable(question).loop or ""][item]
                return text_in(entry.label, self.language)
            if question.item == item:
                return text_in(question.label, self.language)
        raise NarrativeError(f"indicator '{indicator}' has no item '{item}'")

    def category(self, indicator: str, category: str) -> str:
        """Return the label of a category, net or loop item of an indicator."""
        spec = self.spec(indicator)
        nets = getattr(spec, "nets", {})
        if category in nets:
            return text_in(nets[category].label, self.language)
        if spec.statistic == "composition":
            return self.group(category)
        for question in self.questions(indicator):
            if category in question.categories:
                return text_in(question.categories[category], self.language)
            if question.loop_entry and category == question.item:
                return text_in(question.label, self.language)
        return category

    def group(self, name: str, *, long: bool = False) -> str:
        """Return the label of a group."""
        return self.study.group_book.label(name, self.language, long=long)

    def wave(self, name: str) -> str:
        """Return the label of a wave."""
        wave = self.study.wave(name)
        return text_in(wave.label, self.language) if wave.label else wave.id

    def questions(self, indicator: str) -> list[Question]:
        """Return every question that an indicator rests on, in codebook order."""
        variable = getattr(self.spec(indicator), "variable", "")
        every = [
            one for part in self.study.settings.parts for one in self.study.codebook.questions_ever(part)
        ]
        return [one for one in every if one.variable == variable]

    def text(self, text: dict[str, str]) -> str:
        """Return a text of the study in this language."""
        return text_in(text, self.language)

    def _variable(self, question: Question) -> Variable:
        return self.study.codebook.variables[question.variable]

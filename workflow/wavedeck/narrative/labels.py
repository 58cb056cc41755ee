"""Names of indicators, items, categories, groups and waves in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from wavedeck.figures.ranges import RANGE_ENDS
from wavedeck.narrative.wording import wording
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question
from wavedeck.study.errors import NarrativeError, did_you_mean
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import DifferenceIndicator, Indicator, RangeIndicator
from wavedeck.study.load import Study

_POINT = re.compile(r"-?\d*")


@dataclass(frozen=True)
class Labels:
    """What a report calls things."""

    study: Study
    language: str

    def spec(self, indicator: str) -> Indicator | ImpactIndicator:
        """Return an indicator as declared.

        Raises
        ------
        NarrativeError
            When there is none of that name.
        """
        known = self.study.every_indicator
        if indicator not in known:
            raise NarrativeError(f"unknown indicator '{indicator}'{did_you_mean(indicator, known)}")
        return known[indicator]

    def indicator(self, name: str) -> str:
        """Return the label of an indicator."""
        return text_in(self.spec(name).label, self.language)

    def item(self, indicator: str, item: str) -> str:
        """Return the label of one item of an indicator; of the indicator itself when it has no items."""
        if not item or self.fixed_item(indicator):
            return self.indicator(indicator)
        for question in self.questions(indicator):
            if question.loop_entry == item:
                entries = self.study.codebook.loops[
                    self.study.codebook.variables[question.variable].loop or ""
                ]
                return text_in(entries[item].label, self.language)
            if question.item == item:
                return text_in(question.label, self.language)
        items = {one.loop_entry or one.item for one in self.questions(indicator)} - {""}
        raise NarrativeError(f"indicator '{indicator}' has no item '{item}'{did_you_mean(item, items)}")

    def kind(self, indicator: str, item: str) -> str:
        """Return the kind of aspect of an item, empty without one."""
        questions = self.questions(indicator)
        return next((one.kind for one in questions if item in (one.item, one.loop_entry)), "")

    def category(self, indicator: str, category: str) -> str:
        """Return the label of a category, net, end of a range, or inner item of a loop."""
        spec = self.spec(indicator)
        if isinstance(spec, ImpactIndicator) and category in spec.named:
            return text_in(spec.named[category], self.language)
        nets = getattr(self.spec(self.base_of(indicator)), "nets", {})
        if category in nets:
            return text_in(nets[category].label, self.language)
        if isinstance(spec, RangeIndicator) and category in RANGE_ENDS:
            return wording(self.language)[category]
        if spec.statistic == "composition":
            return self.group(category)
        for question in self.questions(indicator):
            if category in question.categories:
                return text_in(question.categories[category], self.language)
            if question.loop_entry and category == question.item:
                return text_in(question.label, self.language)
        return self._point(indicator, category)

    def _point(self, indicator: str, category: str) -> str:
        """Return a point of a scale as it is; a category that has no label is a mistake, no word to print."""
        if _POINT.fullmatch(category):
            return category
        known = {name for question in self.questions(indicator) for name in question.categories}
        raise NarrativeError(
            f"indicator '{indicator}' has no category '{category}'{did_you_mean(category, known)}"
        )

    def group(self, name: str, *, long: bool = False) -> str:
        """Return the label of a group."""
        return self.study.group_book.label(name, self.language, long=long)

    def wave(self, name: str) -> str:
        """Return the label of a wave."""
        wave = self.study.wave(name)
        return text_in(wave.label, self.language) if wave.label else wave.id

    def questions(self, indicator: str) -> list[Question]:
        """Return every question that an indicator, or the first side of a difference, rests on."""
        variable = getattr(self.spec(self.base_of(indicator)), "variable", "")
        return self._by_variable.get(variable, [])

    def questions_behind(self, indicator: str) -> list[Question]:
        """Return the questions of an indicator, both sides of a difference included."""
        spec = self.spec(indicator)
        if isinstance(spec, DifferenceIndicator):
            return [*self.questions(indicator), *self.questions(_name_in(spec.minus))]
        return self.questions(indicator)

    def base_of(self, indicator: str) -> str:
        """Return the indicator that a difference or range is made of, or the indicator itself."""
        spec = self.spec(indicator)
        if isinstance(spec, DifferenceIndicator | RangeIndicator):
            return self.base_of(_name_in(spec.of))
        return indicator

    def fixed_item(self, indicator: str) -> str:
        """Return the item that the declaration of a difference names."""
        spec = self.spec(indicator)
        if not isinstance(spec, DifferenceIndicator):
            return ""
        return spec.of.partition(".")[0].partition("@")[2]

    def text(self, text: dict[str, str]) -> str:
        """Return a text of the study in this language."""
        return text_in(text, self.language)

    @cached_property
    def _by_variable(self) -> dict[str, list[Question]]:
        found: dict[str, dict[str, Question]] = {}
        for part in self.study.settings.parts:
            for question in self.study.codebook.questions_ever(part):
                found.setdefault(question.variable, {}).setdefault(question.name, question)
        return {variable: list(questions.values()) for variable, questions in found.items()}


def _name_in(reference: str) -> str:
    return reference.partition(".")[0].partition("@")[0]

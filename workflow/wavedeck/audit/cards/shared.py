"""What many cards refer to, once: names, questions, groups, weightings, tests, models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from wavedeck.audit.cards.conditions import Conditions
from wavedeck.audit.cards.shelf import Shelf
from wavedeck.audit.cards.words import reason_in, words_in
from wavedeck.audit.trace.define import question_text
from wavedeck.audit.trace.models import analysis_of
from wavedeck.figures.methods import SIDES
from wavedeck.figures.records import Figure
from wavedeck.narrative.labels import Labels
from wavedeck.study.base import text_in
from wavedeck.study.codebook import Question
from wavedeck.study.yaml_lines import YamlFile, read_yaml

STATES = ("shown", "low_base", "suppressed", "not_asked", "not_comparable", "empty", "failed")
KINDS = ("previous", "stated", "rest")


class Names:
    """Names of whatever the figures of a report are about, gathered as they come by.

    Parameters
    ----------
    shelf
        The report.
    language
        Language of the names.
    """

    def __init__(self, shelf: Shelf, language: str) -> None:
        self.shelf, self.study, self.language = shelf, shelf.study, language
        self.labels, self.words = Labels(shelf.study, language), words_in(language)
        self.conditions = Conditions(shelf.study.group_book, language)
        self._files: dict[str, YamlFile] = {}
        self._lines: dict[str, str] = {}
        self.indicators: dict[str, dict[str, Any]] = {}
        self.items: dict[str, str] = {}
        self.categories: dict[str, str] = {}
        self.groups: dict[str, dict[str, str]] = {}
        self.questions: dict[str, dict[str, Any]] = {}

    def add(self, figure: Figure, questions: Iterable[Question]) -> None:
        """Note the names of a figure and of its questions."""
        item, category = f"{figure.indicator}@{figure.item}", f"{figure.indicator}.{figure.category}"
        if figure.indicator not in self.indicators:
            self.indicators[figure.indicator] = self._indicator(figure)
        if figure.item and item not in self.items:
            self.items[item] = self.labels.item(figure.indicator, figure.item)
        if figure.category and category not in self.categories:
            self.categories[category] = self.labels.category(figure.indicator, figure.category)
        if figure.group not in self.groups:
            self.groups[figure.group] = self._group(figure.group)
        for one in questions:
            key = f"{figure.part}/{figure.wave}/{one.name}"
            if key not in self.questions:
                self.questions[key] = self._question(one)

    def _indicator(self, figure: Figure) -> dict[str, Any]:
        spec = self.study.every_indicator[figure.indicator]
        note = {"note": text_in(spec.note, self.language)} if spec.note else {}
        return {
            "label": self.labels.indicator(figure.indicator),
            "statistic": figure.statistic,
            "unit": figure.unit,
            "place": self._place(figure),
            **note,
        }

    def _place(self, figure: Figure) -> str:
        """Return file and line of the declaration."""
        if figure.indicator in self.study.indicators.indicators:
            return self._line("indicators", "indicators", figure.indicator)
        data = self.shelf.wave(figure.part, figure.wave)
        return self._line("impact", "analyses", analysis_of(figure.indicator, data)[0])

    def _line(self, file: str, *keys: str) -> str:
        if file not in self._files:
            self._files[file] = read_yaml(self.study.folder / f"{file}.yaml")
        return self._files[file].place(keys).replace(", line ", f", {self.words['line']} ")

    def _group(self, name: str) -> dict[str, str]:
        return {
            "label": self.labels.group(name),
            "long": self.labels.group(name, long=True),
            "condition": self.conditions.group(name),
        }

    def _question(self, one: Question) -> dict[str, Any]:
        found = asdict(question_text(one, self.language))
        own = {"kind": self._kind(one), "asked_if": self.conditions.asked(one.asked_if)}
        return {**found, **own, "columns": list(found["columns"])}

    def _kind(self, one: Question) -> str:
        kind = self.words.get(f"kind_{one.type}", one.type)
        if one.coded_from:
            return self.words["kind_coded"].format(kind=kind, question=one.coded_from)
        if one.minimum is None or one.maximum is None:
            return kind
        return self.words["kind_range"].format(kind=kind, low=f"{one.minimum:g}", high=f"{one.maximum:g}")

    def gathered(self) -> dict[str, Any]:
        """Return all names by kind."""
        return {
            "parts": {
                name: text_in(one.label, self.language) for name, one in self.study.settings.parts.items()
            },
            "waves": {name: self.labels.wave(name) for name in self.study.wave_names},
            "indicators": self.indicators,
            "items": self.items,
            "categories": self.categories,
            "groups": self.groups,
            "questions": self.questions,
        }


def states_in_words(shelf: Shelf, words: Mapping[str, str]) -> dict[str, str]:
    """Return what each state means, with the study's thresholds."""
    rules = shelf.study.settings.suppression
    said = {state: words[state] for state in STATES}
    if rules.disclosure is not None:
        said["suppressed"] = words["protected"]
    least = max(rules.reliability.minimum, rules.disclosure.minimum if rules.disclosure else 0)
    numbers = {"minimum": least, "low_base": rules.reliability.low_base}
    marked = said if rules.reliability.low_base else {**said, "low_base": said["shown"]}
    return {state: text.format(**numbers) for state, text in marked.items()}


def tests_in_words(shelf: Shelf, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return how differences are tested."""
    declared = shelf.study.settings.tests
    return {
        "level": declared.level,
        "sides": SIDES,
        "minimum_base": declared.minimum_base,
        "minimum_difference": dict(sorted(declared.minimum_difference.items())),
        "correction": declared.correction,
        "correction_text": words[declared.correction],
        "test": words["test"],
        "decision": words["decision"],
        "family": words["family"],
        "reasons": {reason: reason_in(language, reason) for reason in _reasons(shelf)},
        "kinds": {kind: words[kind] for kind in KINDS},
    }


def _reasons(shelf: Shelf) -> list[str]:
    """Return why comparisons have no test or mark, without the address that is the cause."""
    said = {one.reason.partition(": ")[0] for own in shelf.compared.values() for one in own}
    return sorted(said - {""})


def headings(shelf: Shelf, language: str) -> dict[str, Any]:
    """Return which report it is."""
    settings = shelf.study.settings
    return {
        "study": shelf.study.name,
        "title": text_in(settings.title, language),
        "wave": shelf.report,
        "language": language,
        "languages": list(settings.languages),
        "dummy": settings.dummy,
        "internal": shelf.internal,
    }

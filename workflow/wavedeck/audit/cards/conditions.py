"""Conditions in the language of the pages: who belongs to a group, who was asked a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wavedeck.study.base import text_in
from wavedeck.study.codebook import Codebook
from wavedeck.study.conditions import (
    AllOf,
    AnyOf,
    Condition,
    IsAnswered,
    IsBetween,
    IsOneOf,
    NotThat,
    parse_condition,
)
from wavedeck.study.groups import CROSS, GroupBook

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "is": "{variable} is {value}",
        "personal": "{variable} is something that is not shown",
        "answered": "{variable} was answered",
        "listed": "{variable} is listed in {file}",
        "and": "and",
        "or": "or",
        "not": "not ({inner})",
        "most": "{high} or less",
        "least": "{low} or more",
        "between": "from {low} to {high}",
        "everybody": "everybody",
    },
    "nl": {
        "is": "{variable} is {value}",
        "personal": "{variable} is iets dat niet getoond wordt",
        "answered": "{variable} is beantwoord",
        "listed": "{variable} staat in {file}",
        "and": "en",
        "or": "of",
        "not": "niet ({inner})",
        "most": "{high} of minder",
        "least": "{low} of meer",
        "between": "van {low} tot en met {high}",
        "everybody": "iedereen",
    },
}


def names_persons(variable: str, codebook: Codebook) -> bool:
    """Tell whether values of a variable name respondents: ids, own words, personal data."""
    found = codebook.variables.get(variable.partition("@")[0])
    return found is not None and (found.personal or found.type in ("id", "open"))


@dataclass(frozen=True)
class Conditions:
    """Writes conditions out, categories by their labels; no value that names a person.

    Attributes
    ----------
    book
        Groups and codebook of the study.
    language
        Of words and labels; words are English where a language has none.
    """

    book: GroupBook
    language: str

    def group(self, name: str) -> str:
        """Write out who belongs to a group."""
        return self._group(name) or self._word("everybody")

    def asked(self, conditions: Iterable[Mapping[str, Any]]) -> str:
        """Write out who was asked a question; nothing for everybody."""
        parts = [parse_condition(dict(one)) for one in conditions]
        return self.of(parts[0] if len(parts) == 1 else AllOf(tuple(parts)))

    def of(self, condition: Condition) -> str:
        """Write a condition out."""
        match condition:
            case IsOneOf(variable) | IsBetween(variable) if names_persons(variable, self.book.codebook):
                return self._word("personal", variable=variable)
            case IsOneOf(variable, categories):
                labels = [self.category(variable, one) for one in categories]
                quoted = labels if len(labels) == 1 else [f"‘{label}’" for label in labels]
                return self._word("is", variable=variable, value=self._joined("or", quoted))
            case IsBetween(variable, low, high):
                return self._word("is", variable=variable, value=self._between(low, high))
            case IsAnswered(variable):
                return self._word("answered", variable=variable)
            case AllOf(parts):
                return self._joined("and", (self._inner(part) for part in parts))
            case AnyOf(parts):
                return self._joined("or", (self._inner(part) for part in parts))
            case NotThat(inner):
                return self._word("not", inner=self.of(inner))

    def category(self, variable: str, category: str) -> str:
        """Return the label of a category, the category itself where it has none."""
        derived = self.book.groups.derived.get(variable)
        if derived is not None:
            known = {name: one.label for name, one in derived.categories.items()}
        else:
            name = variable.partition("@")[0]
            asked = name in self.book.codebook.variables
            known = dict(self.book.codebook.answers(name).categories) if asked else {}
        return text_in(known[category], self.language) if known.get(category) else category

    def _group(self, name: str) -> str:
        if CROSS in name:
            return self._joined("and", (f"({self.group(one)})" for one in name.split(CROSS)))
        found = self.book.definition(name)
        parts = [self._group(one) for one in found.within]
        if found.condition is not None:
            every = found.condition.conditions if isinstance(found.condition, AllOf) else (found.condition,)
            parts += [self._inner(one) if parts or len(every) > 1 else self.of(one) for one in every]
        if found.union:
            parts.append(self._joined("or", (f"({self.group(one)})" for one in found.union)))
        if found.ids is not None:
            parts.append(self._word("listed", variable=found.ids.variable, file=found.ids.file))
        return self._joined("and", dict.fromkeys(parts))

    def _inner(self, part: Condition) -> str:
        written = self.of(part)
        several = isinstance(part, AllOf | AnyOf) and len(part.conditions) > 1
        return f"({written})" if several else written

    def _between(self, low: float | None, high: float | None) -> str:
        if low is None:
            return self._word("most", high=f"{high:g}")
        if high is None:
            return self._word("least", low=f"{low:g}")
        return self._word("between", low=f"{low:g}", high=f"{high:g}")

    def _joined(self, word: str, parts: Iterable[str]) -> str:
        return f" {self._word(word)} ".join(one for one in parts if one)

    def _word(self, name: str, **values: str) -> str:
        return _WORDS.get(self.language, _WORDS["en"])[name].format(**values)

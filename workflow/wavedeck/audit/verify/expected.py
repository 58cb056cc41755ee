"""What a claim of a file should print, by the store and the study: nothing of rendering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from wavedeck.audit.numbers import numbers_in
from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.declared import Declared, declared_texts
from wavedeck.audit.verify.rounding import half_up
from wavedeck.audit.verify.study_says import DECLARED
from wavedeck.audit.verify.tokens import MARKS, decimals_of, has_number, value_of
from wavedeck.audit.verify.words import fits, is_verdict, says
from wavedeck.figures.quote_book import QuoteBook
from wavedeck.figures.records import SHOWN_STATES, Comparison, Figure
from wavedeck.figures.store import FigureStore
from wavedeck.narrative.labels import Labels
from wavedeck.study.base import text_in
from wavedeck.study.load import Study

COUNTS = ("base", "weighted_base", "effective_base")
SIGNS = {"not_asked": "–", "not_comparable": "≠", "empty": "·", "failed": "!", "suppressed": "*"}
MARK_SIGNS = {"+": "▲", "-": "▼"}
#: With more hidden figures of one value, the value tells nothing of any of them.
_TELLING = 3
_LEAST_P = 0.001
KINDS = {
    "wave": "wave", "fieldwork": "constant", "published": "constant", "constant": "constant",
    "quote": "quote", "label": "label", "listed": "label", "page": "page", "chapter": "page",
    "numbering": "page", "fraction": "words", "counted": "words", "verdict": "words", "method": "figure",
}  # fmt: skip


def kind_of(binding: Binding) -> str:
    """Return what a number counts as."""
    if binding.field.endswith(".mark"):
        return "mark"
    if "." in binding.field:
        return "difference"
    return KINDS.get(binding.field, "base" if binding.field in COUNTS else "figure")


@dataclass(frozen=True)
class Truth:
    """The publishable store, the full one, and what the study declares.

    `quotes` are the cleared texts that may be quoted.
    """

    study: Study
    wave: str
    language: str
    store: FigureStore
    full: Mapping[str, Figure] = field(default_factory=dict)
    quotes: QuoteBook = field(default_factory=QuoteBook)

    @cached_property
    def labels(self) -> Labels:
        """Return the names of the study."""
        return Labels(self.study, self.language)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """Return the settings and analyses as plain data."""
        return {
            **self.study.settings.model_dump(),
            "impact": self.study.impact.model_dump(),
        }

    @cached_property
    def declared(self) -> Declared:
        """Return every text that the study declares."""
        return declared_texts(self.study, self.language)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Return all names of the study, in lower case."""
        return self.declared.texts

    @property
    def typed_quotes(self) -> frozenset[str]:
        """Return the quotes that deck.yaml gives."""
        return self.declared.quotes

    def names_of(self, key: str) -> frozenset[str]:
        """Return the names that charts and tables give to an id."""
        return self.declared.own_names.get(key, frozenset())

    @cached_property
    def limits(self) -> tuple[Decimal, ...]:
        """Return the constants that are numbers: pass marks are among them."""
        texts = (text_in(one, self.language) for one in self.study.settings.constants.values())
        return tuple(value for text in texts if (value := value_of(text, self.language)) is not None)

    @cached_property
    def hidden_values(self) -> dict[Decimal, str]:
        """Return each value that a hidden figure would print, with the addresses that have it."""
        found: dict[Decimal, list[str]] = {}
        for figure in self.full.values():
            own = self.store.figures.get(figure.address)
            if own is not None and own.state == "suppressed" and figure.estimate is not None:
                found.setdefault(half_up(figure.estimate, figure.decimals), []).append(figure.address)
        return {value: own[0] for value, own in found.items() if len(own) <= _TELLING}

    def hidden_like(self, text: str) -> str:
        """Return the hidden figure whose value a text prints; nothing where there is none, or many."""
        value = value_of(text, self.language)
        return "" if value is None else self.hidden_values.get(value, "")

    def rounded(self, binding: Binding) -> Decimal | None:
        """Return the value that a claim of a figure should print; None where it has none to print."""
        figure = self.store.figures.get(binding.address)
        value, decimals = _stored(self, binding, figure)
        return None if value is None or figure is None else half_up(value, decimals)

    def problem(self, binding: Binding) -> str:
        """Return what is wrong with a claim; nothing where store or study say the same."""
        if binding.field in DECLARED:
            return DECLARED[binding.field](self, binding)
        figure = self.store.figures.get(binding.address)
        if figure is None:
            return f"there is no figure {binding.address}"
        if binding.field in ("fraction", "counted", "verdict"):
            return _words(self, binding, figure)
        if binding.field.endswith(".mark"):
            return _mark(self, binding)
        if figure.state not in SHOWN_STATES:
            return _hidden(binding, figure)
        return _number(self, binding, figure)


def _stored(truth: Truth, binding: Binding, figure: Figure | None) -> tuple[float | None, int]:
    """Return the unrounded value of a field, and with how many decimals it is printed."""
    if figure is None or figure.state not in SHOWN_STATES:
        return None, 0
    kind, _, name = binding.field.rpartition(".")
    source: Figure | Comparison | None = figure if not kind else truth.store.comparison(figure.address, kind)
    value = getattr(source, name, None)
    decimals = 0 if name in COUNTS else 3 if name in ("p", "p_adjusted") else figure.decimals
    return value, decimals


def _hidden(binding: Binding, figure: Figure) -> str:
    sign = SIGNS.get(figure.state, "")
    if has_number(binding.printed):
        return f"{binding.address} is {figure.state} and may not be printed, yet '{binding.printed}' is"
    return "" if binding.printed == sign else f"{binding.address} is {figure.state}; its sign is '{sign}'"


def _number(truth: Truth, binding: Binding, figure: Figure) -> str:
    stored, decimals = _stored(truth, binding, figure)
    if stored is None:
        return f"{binding.source} has no value"
    printed, language = binding.printed, truth.language
    if printed.startswith("<"):
        return "" if stored < _LEAST_P else f"{binding.source} is not that small"
    right, value = half_up(stored, decimals), value_of(printed, language)
    if binding.field.endswith(".difference") and not printed.startswith(("+", "−", "-")):
        right = abs(right)
    if value is None and not has_number(printed) and says(printed, right, language):
        return ""
    if value != right:
        return f"printed {printed}, but {binding.source} is {right}"
    if decimals_of(printed, language) != decimals:
        return f"printed {printed}, but {binding.source} has {decimals} decimals: {right}"
    if ("%" in printed) != _has_percent(binding, figure):
        return f"printed {printed}, but the unit of {binding.source} is {figure.unit}"
    if "°" in printed and figure.state != "low_base":
        return f"{binding.address} has no low base, yet it has its sign"
    return ""


def _has_percent(binding: Binding, figure: Figure) -> bool:
    signed = binding.printed.startswith(("+", "−")) and not binding.printed.endswith("%")
    return figure.unit == "percent" and binding.field in ("estimate", "ci_low", "ci_high") and not signed


def _mark(truth: Truth, binding: Binding) -> str:
    kind = binding.field.removesuffix(".mark")
    item = truth.store.comparison(binding.address, kind)
    right = MARK_SIGNS.get(item.mark, "") if item is not None else ""
    if binding.printed == right and right in MARKS:
        return ""
    return f"mark {binding.printed}, but {binding.source} is {item.mark if item else 'untested'}"


def _words(truth: Truth, binding: Binding, figure: Figure) -> str:
    """Check a fraction, a count or a verdict in words."""
    printed = binding.printed
    if binding.field == "counted":
        found = numbers_in(" ".join(printed.split()[:1]), truth.language)
        return "" if found else f"'{printed}' counts nothing"
    if not figure.is_shown or figure.estimate is None:
        return f"{binding.address} is {figure.state}, yet '{printed}' is printed"
    if binding.field == "fraction":
        right = fits(printed, figure.estimate, truth.language)
    else:
        right = any(
            is_verdict(printed, half_up(figure.estimate, figure.decimals), one) for one in truth.limits
        )
    return (
        "" if right else f"'{printed}', but {binding.source} is {half_up(figure.estimate, figure.decimals)}"
    )

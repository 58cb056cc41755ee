"""Fixed words of a report, per language."""

from __future__ import annotations

from wavedeck.study.errors import ConfigError

_WORDS = {
    "en": {
        "question": "Question: {text}",
        "base": "Base: {who}",
        "everyone": "all respondents",
        "n": "n = {number}",
        "in_wave": "{text} ({wave})",
        "range": "{low} to {high}",
        "suppressed": "{sign} Not shown: fewer than {minimum} answers.",
        "protected": "{sign} Not shown: fewer than {minimum} answers, or to protect such a group.",
        "low_base": "{sign} Fewer than {low_base} answers: read with care.",
        "not_asked": "{sign} Not asked.",
        "empty": "{sign} Nobody answered.",
        "not_comparable": "{sign} Not comparable.",
        "failed": "{sign} Could not be computed.",
        "previous": "▲▼ Significantly higher or lower than in {wave} ({level} confidence{correction}).",
        "stated": "▲▼ Significantly higher or lower than in {wave} ({level} confidence{correction}).",
        "rest": "▲▼ Significantly higher or lower than among the others ({level} confidence{correction}).",
        "holm": ", Holm's correction for the number of tests",
        "bonferroni": ", Bonferroni's correction for the number of tests",
        "bh": ", Benjamini and Hochberg's correction for the number of tests",
        "low": "Lowest",
        "high": "Highest",
        "width": "Difference",
        "mean": "Mean",
        "score": "NPS",
        "respondents": "n",
        "dummy": "Fictitious data",
        "chart_of": "Chart of {what} by {rows}, {when}.",
        "table_of": "Table of {what} by {rows}, {when}.",
        "contents_of": "Table of contents with page numbers:",
        "extremes": "highest {high}; lowest {low}.",
        "alike": "all figures are {value}.",
        "value": "{value}.",
        "in": "in {wave}",
        "and_more": "{names} and {count} more",
        "items_listed": "Items",
        "categorys_listed": "Answers",
        "groups_listed": "Groups",
        "indicator": "indicator",
        "item": "item",
        "category": "answer",
        "group": "group",
        "wave": "wave",
        "axis_cut": "Axis from {minimum} to {maximum}",
        "source": "Source: {text}",
        "quote": "“{text}”",
    },
    "nl": {
        "question": "Vraag: {text}",
        "base": "Basis: {who}",
        "everyone": "alle respondenten",
        "n": "n = {number}",
        "in_wave": "{text} ({wave})",
        "range": "{low} tot {high}",
        "suppressed": "{sign} Niet getoond: minder dan {minimum} antwoorden.",
        "protected": "{sign} Niet getoond: minder dan {minimum} antwoorden, of om zo'n groep te beschermen.",
        "low_base": "{sign} Minder dan {low_base} antwoorden: indicatief.",
        "not_asked": "{sign} Niet gevraagd.",
        "empty": "{sign} Door niemand beantwoord.",
        "not_comparable": "{sign} Niet vergelijkbaar.",
        "failed": "{sign} Niet te berekenen.",
        "previous": "▲▼ Significant hoger of lager dan in {wave} ({level} betrouwbaarheid{correction}).",
        "stated": "▲▼ Significant hoger of lager dan in {wave} ({level} betrouwbaarheid{correction}).",
        "rest": "▲▼ Significant hoger of lager dan bij de overigen ({level} betrouwbaarheid{correction}).",
        "holm": ", gecorrigeerd voor het aantal toetsen volgens Holm",
        "bonferroni": ", gecorrigeerd voor het aantal toetsen volgens Bonferroni",
        "bh": ", gecorrigeerd voor het aantal toetsen volgens Benjamini en Hochberg",
        "low": "Laagste",
        "high": "Hoogste",
        "width": "Verschil",
        "mean": "Gemiddelde",
        "score": "NPS",
        "respondents": "n",
        "dummy": "Fictieve gegevens",
        "chart_of": "Grafiek van {what} naar {rows}, {when}.",
        "table_of": "Tabel van {what} naar {rows}, {when}.",
        "contents_of": "Inhoudsopgave met paginanummers:",
        "extremes": "hoogste {high}; laagste {low}.",
        "alike": "alle cijfers zijn {value}.",
        "value": "{value}.",
        "in": "in {wave}",
        "and_more": "{names} en nog {count}",
        "items_listed": "Onderdelen",
        "categorys_listed": "Antwoorden",
        "groups_listed": "Groepen",
        "indicator": "indicator",
        "item": "onderdeel",
        "category": "antwoord",
        "group": "groep",
        "wave": "meting",
        "axis_cut": "As van {minimum} tot {maximum}",
        "source": "Bron: {text}",
        "quote": "‘{text}’",
    },
}


def wording(language: str) -> dict[str, str]:
    """Return the fixed words of a language.

    Raises
    ------
    ConfigError
        When there are none yet.
    """
    if language not in _WORDS:
        known = ", ".join(sorted(_WORDS))
        raise ConfigError(f"there is no wording for language '{language}' yet; known are {known}")
    return _WORDS[language]

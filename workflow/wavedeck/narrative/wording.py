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
        "contents": "Contents",
        "suppressed": "* Fewer than {minimum} answers: not shown.",
        "low_base": "° Fewer than {low_base} answers: read with care.",
        "not_asked": "– Not asked.",
        "empty": "– No answers.",
        "not_comparable": "– Not comparable.",
        "failed": "– Could not be computed.",
        "previous": "▲▼ Significantly higher or lower than in {wave} ({level} confidence).",
        "stated": "▲▼ Significantly higher or lower than in {wave} ({level} confidence).",
        "rest": "▲▼ Significantly higher or lower than among the others ({level} confidence).",
        "mean": "Mean",
        "score": "NPS",
        "respondents": "n",
        "dummy": "Fictitious data",
        "chart_of": "Chart of {what} by {rows}.",
        "table_of": "Table of {what} by {rows}.",
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
        "contents": "Inhoud",
        "suppressed": "* Minder dan {minimum} antwoorden: niet getoond.",
        "low_base": "° Minder dan {low_base} antwoorden: indicatief.",
        "not_asked": "– Niet gevraagd.",
        "empty": "– Geen antwoorden.",
        "not_comparable": "– Niet vergelijkbaar.",
        "failed": "– Niet te berekenen.",
        "previous": "▲▼ Significant hoger of lager dan in {wave} ({level} betrouwbaarheid).",
        "stated": "▲▼ Significant hoger of lager dan in {wave} ({level} betrouwbaarheid).",
        "rest": "▲▼ Significant hoger of lager dan bij de overige respondenten ({level} betrouwbaarheid).",
        "mean": "Gemiddelde",
        "score": "NPS",
        "respondents": "n",
        "dummy": "Fictieve gegevens",
        "chart_of": "Grafiek van {what} naar {rows}.",
        "table_of": "Tabel van {what} naar {rows}.",
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

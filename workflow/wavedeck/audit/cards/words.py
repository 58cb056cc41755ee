"""Fixed words of the cards, per language; English where a language has none of its own."""

from __future__ import annotations

from collections.abc import Mapping

from wavedeck.figures.methods import DECISION, FAMILY, TEST

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "shown": "Shown.",
        "low_base": "Shown, with a sign: fewer than {low_base} answers.",
        "suppressed": "Not shown: fewer than {minimum} answers, or it rests on a figure with fewer.",
        "protected": "Not shown: fewer than {minimum} answers, or someone could be recognised by it or by "
        "what it would give away.",
        "not_asked": "Not asked in this wave.",
        "not_comparable": "Not comparable.",
        "empty": "Nobody answered.",
        "failed": "Could not be computed.",
        "previous": "against the previous wave",
        "stated": "against a stated wave",
        "rest": "against everybody else who was asked",
        "none": "no correction for the number of tests",
        "holm": "Holm's correction for the number of tests",
        "bonferroni": "Bonferroni's correction for the number of tests",
        "bh": "Benjamini and Hochberg's correction for the number of tests",
        "weight_none": "everybody weighs 1",
        "weight_given": "the weight stands in the raw data, as variable '{variable}'",
        "weight_cell": "weight = target share of the cell / its share of the sample",
        "weight_rake": "weight = product of one factor per margin, so that every margin meets its targets",
        "unplaced_weight_one": "who fits no cell weighs 1",
        "unplaced_exclude": "who fits no cell is left out",
        "withheld": "Shares of the sample are not shown: a cell is small, or would give a hidden figure "
        "away.",
        "over_answers": "sum(weight x value) / sum(weight), over answers",
        "over_members": "sum(weight x value) / sum(weight), over members",
        "count": "number of respondents, unweighted",
        "rate": "100 x respondents / gross sample, unweighted",
        "gross": "declared in study.yaml (gross); no respondents are behind it",
        "benchmark": "declared in indicators.yaml (values); no respondents are behind it",
        "lowest": "the lowest of the set",
        "highest": "the highest of the set",
        "width": "highest less lowest of the set",
        "mentions": "100 x sum(weight x mentions of the category) / sum(weight x mentions of all categories)",
        "model": "out of the model of these respondents; see the method card",
        "model_base": "respondents with the outcome and at least one driver, unweighted",
        "not_applicable": "100 x sum(weight x does not apply) / sum(weight)",
        "correlation": "weighted correlation of value and outcome",
        "test": TEST,
        "decision": DECISION,
        "family": FAMILY,
        "line": "line",
        "kind_single": "one answer",
        "kind_multi": "several answers",
        "kind_rating": "mark",
        "kind_nps": "mark for NPS",
        "kind_numeric": "number",
        "kind_open": "open answer",
        "kind_text": "text",
        "kind_id": "identification",
        "kind_date": "date",
        "kind_time": "time",
        "kind_coded": "{kind}, coded from the answers to '{question}'",
        "kind_range": "{kind} from {low} to {high}",
    },
    "nl": {
        "shown": "Getoond.",
        "low_base": "Getoond, met een teken: minder dan {low_base} antwoorden.",
        "suppressed": "Niet getoond: minder dan {minimum} antwoorden, of berust op een cijfer met minder.",
        "protected": "Niet getoond: minder dan {minimum} antwoorden, of iemand zou herkenbaar kunnen worden "
        "door dit cijfer of door wat het prijsgeeft.",
        "not_asked": "Niet gevraagd in deze meting.",
        "not_comparable": "Niet vergelijkbaar.",
        "empty": "Door niemand beantwoord.",
        "failed": "Niet te berekenen.",
        "previous": "met de vorige meting",
        "stated": "met een vaste meting",
        "rest": "met alle anderen aan wie het is gevraagd",
        "none": "niet gecorrigeerd voor het aantal toetsen",
        "holm": "gecorrigeerd voor het aantal toetsen volgens Holm",
        "bonferroni": "gecorrigeerd voor het aantal toetsen volgens Bonferroni",
        "bh": "gecorrigeerd voor het aantal toetsen volgens Benjamini en Hochberg",
        "weight_none": "iedereen weegt 1",
        "weight_given": "het gewicht staat in de ruwe gegevens, als variabele '{variable}'",
        "weight_cell": "gewicht = streefaandeel van de cel / aandeel in de steekproef",
        "weight_rake": "gewicht = product van een factor per marge, zodat elke marge op haar streefaandelen "
        "uitkomt",
        "unplaced_weight_one": "wie in geen cel past weegt 1",
        "unplaced_exclude": "wie in geen cel past blijft erbuiten",
        "withheld": "Aandelen in de steekproef staan er niet bij: een cel is klein, of zou een verborgen "
        "cijfer prijsgeven.",
        "over_answers": "som(gewicht x waarde) / som(gewicht), over antwoorden",
        "over_members": "som(gewicht x waarde) / som(gewicht), over leden",
        "count": "aantal respondenten, ongewogen",
        "rate": "100 x respondenten / bruto steekproef, ongewogen",
        "gross": "opgegeven in study.yaml (gross); er staan geen respondenten achter",
        "benchmark": "opgegeven in indicators.yaml (values); er staan geen respondenten achter",
        "lowest": "het laagste van de reeks",
        "highest": "het hoogste van de reeks",
        "width": "hoogste min laagste van de reeks",
        "mentions": "100 x som(gewicht x noemingen van de categorie) / som(gewicht x alle noemingen)",
        "model": "uit het model van deze respondenten; zie de methodekaart",
        "model_base": "respondenten met het totaaloordeel en minstens één aspect, ongewogen",
        "not_applicable": "100 x som(gewicht x niet van toepassing) / som(gewicht)",
        "correlation": "gewogen correlatie van waarde en totaaloordeel",
        "test": "t-toets van een verschil onder het ontwerp, met de variantie die bij de weging hoort",
        "decision": "vrijheidsgraden volgens Welch op de eigen respondenten van de groepen, of op clusters "
        "waar het ontwerp die heeft",
        "family": "een indicator van een onderdeel in een meting, tegen één vergelijking",
        "line": "regel",
        "kind_single": "een antwoord",
        "kind_multi": "meer antwoorden",
        "kind_rating": "oordeel",
        "kind_nps": "cijfer voor de NPS",
        "kind_numeric": "getal",
        "kind_open": "open antwoord",
        "kind_text": "tekst",
        "kind_id": "identificatie",
        "kind_date": "datum",
        "kind_time": "tijd",
        "kind_coded": "{kind}, gecodeerd uit de antwoorden op '{question}'",
        "kind_range": "{kind} van {low} tot en met {high}",
    },
}
_REASONS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "suppressed": "niet getoond",
        "not asked": "niet gevraagd",
        "not comparable": "niet vergelijkbaar",
        "empty": "door niemand beantwoord",
        "failed": "niet te berekenen",
        "neither came nor went": "kwam er niet bij en verdween niet",
        "nothing varies on either side, or the weighting fixes it": "aan geen van beide kanten verschilt "
        "iets, of de weging legt het vast",
        "the rest is too small": "de rest is te klein",
        "the rest has other drivers, hence other borders": "de rest heeft andere aspecten en grenzen",
        "a side is smaller than the minimum base": "een kant is kleiner dan de kleinste basis",
        "a side has one respondent or cluster": "een kant heeft een respondent of cluster",
        "both sides are the same respondents": "beide kanten zijn dezelfde respondenten",
        "too few sampling units leave no degree of freedom": "te weinig eenheden voor een vrijheidsgraad",
        "a side has no answers": "een kant heeft geen antwoorden",
        "the group is the total": "de groep is het totaal",
        "too few of the rest answered": "te weinig van de rest gaf antwoord",
        "the distance to the border has no standard error": "de afstand heeft geen standaardfout",
    }
}
_UNTESTED = {"nl": "dit soort cijfer wordt niet getoetst"}


def reason_in(language: str, reason: str) -> str:
    """Return why there is no test, in a language; a reason that it has no words for stays as it is.

    >>> reason_in("nl", "empty"), reason_in("nl", "a count is not tested"), reason_in("en", "empty")
    ('door niemand beantwoord', 'dit soort cijfer wordt niet getoetst', 'empty')
    """
    if reason.endswith("is not tested"):
        return _UNTESTED.get(language, reason)
    return _REASONS.get(language, {}).get(reason, reason)


def words_in(language: str) -> Mapping[str, str]:
    """Return the words of a language.

    >>> words_in("nl")["empty"], words_in("xx")["empty"]
    ('Door niemand beantwoord.', 'Nobody answered.')
    """
    return _WORDS.get(language, _WORDS["en"])

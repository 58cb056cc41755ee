"""The formula of figures that an analysis of impact makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.audit.cards.evidence import Evidence
from wavedeck.audit.cards.sums import Shown, Sum, Term
from wavedeck.audit.trace.models import Behind, analysis_of, behind, card_of
from wavedeck.audit.trace.place import WaveData
from wavedeck.figures.columns import PERCENT
from wavedeck.figures.records import Figure
from wavedeck.study.codebook import Question

#: What the card of a model says of how it was made, and nothing of what came out.
PUBLIC_FACTS = ("measure", "method", "uncertainty", "family", "missing", "replicates", "seed")
IMPUTING = ("method", "imputations", "seed")


def model_sum(figure: Figure, data: WaveData, words: Mapping[str, str], evidence: Evidence | None) -> Sum:
    """Return how a figure of impact is computed; what is added up only with evidence."""
    if figure.state == "not_asked":
        return Sum(kind="model", text=words["model"])
    found = behind(figure, data)
    kind = _kind(found, figure.item)
    drivers = [one.question for name, one in found.drivers.items() if figure.item in ("", name)]
    return Sum(
        kind=kind,
        text=words[kind],
        terms=(_term(figure, found, kind, evidence),) if evidence else (),
        questions=tuple(one for one in (found.outcome.question, *drivers) if one is not None),
    )


def _kind(found: Behind, item: str) -> str:
    if found.kind == "base":
        return "model_base"
    if item not in found.drivers:
        return "model"
    if found.kind == "rating":
        return "over_answers"
    if found.kind == "not_applicable":
        return "not_applicable"
    if found.kind == "importance" and found.measure == "correlation":
        return "correlation"
    return "model"


def _term(figure: Figure, found: Behind, kind: str, evidence: Evidence) -> Term:
    outcome = evidence.averaged(found.outcome)
    show = {"outcome": Shown(outcome)}
    value: str | None = None
    if figure.item in found.drivers:
        value = _value(found, figure.item, evidence)
        show["value"] = Shown(value)
    common: dict[str, Any] = {
        "group": evidence.grouped(figure.group),
        "mask": evidence.counted(figure),
        "show": show,
    }
    if kind == "model_base":
        return Term(kind="count", weighted=False, **common)
    if kind == "over_answers":
        return Term(kind="ratio", of=value, **common)
    if kind == "not_applicable":
        return Term(kind="ratio", of=value, scale=PERCENT, **common)
    if kind == "correlation":
        return Term(kind="correlation", of=value, per=outcome, **common)
    return Term(kind="rows", **common)


def _value(found: Behind, item: str, evidence: Evidence) -> str:
    column = found.drivers[item]
    if found.kind != "not_applicable" or column.question is None:
        return evidence.averaged(column)
    name = f"{column.indicator}.#not_applicable@{column.question.name}"
    return evidence.asked(name, _spared(column.question))


def _spared(question: Question) -> Any:
    def make(table: pa.Table) -> np.ndarray:
        reasons = pc.equal(table[f"{question.name}!"].cast(pa.string()), "not_applicable")
        return np.asarray(pc.fill_null(reasons, False).to_numpy(), np.float64)

    return make


def model_key(figure: Figure, data: WaveData) -> str:
    """Return the name of the model behind a figure of impact."""
    return f"{figure.part}/{figure.wave}/{analysis_of(figure.indicator, data)[0]}/{figure.group}"


def internal_model(figure: Figure, data: WaveData) -> dict[str, Any]:
    """Return the method card of a model, each driver's own part aside."""
    card = card_of(figure, data)
    card.pop("driver", None)
    return card


def public_model(figure: Figure, data: WaveData) -> dict[str, Any]:
    """Return how a model was made: its settings, and no number that came out of it."""
    card, (name, analysis, _) = card_of(figure, data), analysis_of(figure.indicator, data)
    settings = analysis.model_dump(include={"confidence", "minimum_base", "step"})
    imputing = card.get("imputation")
    return {
        "analysis": name,
        **{key: card[key] for key in PUBLIC_FACTS if key in card},
        "imputation": {key: imputing[key] for key in IMPUTING} if imputing else None,
        **settings,
        "outcome": analysis.outcome,
        "drivers_in_model": card.get("drivers_in_model", []),
    }


def driver_card(figure: Figure, data: WaveData) -> dict[str, Any] | None:
    """Return what the method card says of the figure's own driver."""
    found: dict[str, Any] | None = card_of(figure, data).get("driver")
    return found


def name_driver(
    figure: Figure, card: Mapping[str, Any], models: dict[str, Any], items: Mapping[str, str]
) -> None:
    """Note on the card of a model what the driver of one of its figures is called."""
    if figure.item and "model" in card:
        label = items[f"{figure.indicator}@{figure.item}"]
        models[card["model"]].setdefault("names", {})[figure.item] = label

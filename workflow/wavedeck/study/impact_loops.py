"""Analyses of impact.yaml as they are computed: loops spelled out, what is left to us filled in."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.study.base import ANY_LANGUAGE, LocalText
from wavedeck.study.codebook import Codebook
from wavedeck.study.impact import Analysis, Impact
from wavedeck.study.indicators import Indicators, ShareIndicator


def spell_out(impact: Impact, indicators: Indicators, codebook: Codebook) -> Impact:
    """Return one analysis per entry of a loop, each with the family that its outcome asks for.

    Names that are not declared are left as they are; checks tell of them.
    """
    return Impact(
        analyses={
            name: _settled(one, indicators)
            for declared, analysis in impact.analyses.items()
            for name, one in per_entry(declared, analysis, indicators, codebook)
        }
    )


def per_entry(
    name: str, analysis: Analysis, indicators: Indicators, codebook: Codebook
) -> Iterator[tuple[str, Analysis]]:
    """Yield name and analysis for every entry of its loop, or the analysis itself."""
    if analysis.loop is None:
        yield name, analysis
        return
    loop = codebook.loops.get(analysis.loop, {})
    for entry in loop if analysis.entries is None else analysis.entries:
        if entry in loop:
            yield f"{name}_{entry}", _of_entry(analysis, entry, indicators, codebook)


def _of_entry(analysis: Analysis, entry: str, indicators: Indicators, codebook: Codebook) -> Analysis:
    label = _named(analysis.label, codebook.loops[analysis.loop or ""][entry].label)
    at = {
        key: f"{reference}@{entry}"
        for key, reference in (("outcome", analysis.outcome), ("drivers", analysis.drivers))
        if "@" not in reference
        and entry in codebook.loops.get(loop_of(reference, indicators, codebook) or "", {})
    }
    return analysis.model_copy(update={"label": label, "loop": None, "entries": None, **at})


def _named(label: LocalText, entry: LocalText) -> LocalText:
    """Return a label with the name of an entry in it, in every language that one of them has."""
    if not any("{loop}" in text for text in label.values()):
        return label
    languages = dict.fromkeys([*label, *(entry if ANY_LANGUAGE in label else ())])
    every = label.get(ANY_LANGUAGE, ""), entry.get(ANY_LANGUAGE, next(iter(entry.values())))
    return {
        language: label.get(language, every[0]).replace("{loop}", entry.get(language, every[1]))
        for language in languages
    }


def loop_of(reference: str, indicators: Indicators, codebook: Codebook) -> str | None:
    """Return the loop in which the variable of an indicator is asked."""
    found = indicators.indicators.get(reference.partition("@")[0])
    variable = codebook.variables.get(getattr(found, "variable", ""))
    return variable.loop if variable else None


def _settled(analysis: Analysis, indicators: Indicators) -> Analysis:
    if analysis.family != "auto":
        return analysis
    outcome = indicators.indicators.get(analysis.outcome_name)
    family = "binary" if isinstance(outcome, ShareIndicator) else "linear"
    return analysis.model_copy(update={"family": family})

"""What the table book calls indicators and what they are given in."""

from __future__ import annotations

from collections.abc import Mapping

from wavedeck.narrative.labels import Labels
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.load import Study


def indicator_name(labels: Labels, words: Mapping[str, str], name: str) -> str:
    """Return what a table book calls an indicator: results of an analysis without a name get a fixed one."""
    spec, label = labels.spec(name), labels.indicator(name)
    if not isinstance(spec, ImpactIndicator):
        return label
    analysis = analysis_of(labels.study, name)
    fixed = words.get(f"impact_{name.removeprefix(f'{analysis}_')}", label)
    return fixed if label == labels.text(labels.study.impact.analyses[analysis].label) else label


def analysis_of(study: Study, indicator: str) -> str:
    """Return the analysis that makes an indicator: the longest of those that its name begins with."""
    return max((one for one in study.impact.analyses if indicator.startswith(f"{one}_")), key=len)


def measure_of(labels: Labels, words: Mapping[str, str], indicator: str) -> str:
    """Return in what an indicator is given: %, mean, NPS, number."""
    spec = labels.spec(indicator)
    return words["mean" if spec.statistic == "mean" else spec.unit]

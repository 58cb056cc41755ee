"""One wave of one part: what drives the overall judgement, for every group, as figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wavedeck.figures.estimate import make_design
from wavedeck.figures.impact_battery import read_battery
from wavedeck.figures.impact_card import card_of, failed_card
from wavedeck.figures.impact_figures import ImpactFigures
from wavedeck.figures.impact_findings import failed_finding, findings_of
from wavedeck.figures.impact_measured import Judged
from wavedeck.figures.impact_model import Fitted, fit_group
from wavedeck.figures.impact_recipe import ImpactRecipe
from wavedeck.figures.impact_rest import AgainstRest
from wavedeck.figures.records import Comparison, Figure
from wavedeck.impact.errors import ImpactError, NotPositiveDefiniteError, TooFewRespondentsError
from wavedeck.impact.replicates import Replicates, bootstrap, given_replicates
from wavedeck.intake.groups import group_masks
from wavedeck.stats.design import Design
from wavedeck.study.findings import Finding
from wavedeck.study.groups import ALL

KEPT_IN_MEMORY = 30_000_000


@dataclass(frozen=True, kw_only=True)
class ImpactResults:
    """Figures and comparisons with the rest, and what a reader should know of each model."""

    figures: list[Figure] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    cards: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def impact_wave(responses: pa.Table, weights: pa.Table, wanted: ImpactRecipe, root: Path) -> ImpactResults:
    """Analyse what drives the overall judgement in one wave of one part.

    Parameters
    ----------
    responses
        One row per respondent, as intake writes them.
    weights
        Columns of weights.parquet, row by row the same respondents.
    wanted
        Analyses, and what they rest on.
    root
        Folder that paths of id lists start from.

    Raises
    ------
    NotPositiveDefiniteError
        When a pairwise matrix is not positive definite and no remedy is declared.
    """
    recipe = wanted.recipe
    masks = group_masks(responses, recipe.group_book, wanted.group_names(), recipe.part, root=root)
    design = make_design(responses, weights, recipe)
    results = ImpactResults()
    for name, analysis in wanted.analyses.items():
        battery = read_battery(responses, recipe, analysis)
        _Stage(ImpactFigures(wanted, name, analysis, battery), design, masks).add_to(results)
    return results


@dataclass(frozen=True)
class _Stage:
    """One analysis of one wave of one part."""

    makes: ImpactFigures
    design: Design
    masks: Mapping[str, np.ndarray]

    @property
    def is_wanted(self) -> bool:
        waves = self.makes.analysis.waves
        return self.makes.battery.is_asked and (waves is None or self.makes.wanted.recipe.wave in waves)

    def add_to(self, results: ImpactResults) -> None:
        """Analyse every group."""
        groups = self.makes.wanted.recipe.expand(self.makes.analysis.groups)
        if not self.is_wanted:
            results.figures.extend(one for group in groups for one in self.makes.absent(group, "not_asked"))
            return
        replicates = self._replicates()
        cards = results.cards.setdefault(self.makes.name, {})
        for group in groups:
            cards[group] = self._add_group(group, replicates, results)

    def _add_group(self, group: str, replicates: Replicates, results: ImpactResults) -> dict[str, Any]:
        """Analyse one group and return the card of its model."""
        place = self._place(group)
        try:
            fitted = self._fit(self.design.domain(self.masks[group]), replicates, place)
        except NotPositiveDefiniteError:
            raise
        except ImpactError as error:
            state = "suppressed" if isinstance(error, TooFewRespondentsError) else "failed"
            results.figures.extend(self.makes.absent(group, state))
            results.findings.append(failed_finding(place, error))
            return failed_card(self.makes.measure, str(error))
        results.figures.extend(self.makes.of_group(group, fitted))
        if group != ALL:
            rest, reason = self._rest(group, fitted, replicates)
            results.comparisons.extend(AgainstRest(self.makes, group, fitted, rest, reason).comparisons())
        card = card_of(fitted, self.makes.battery, self.makes.analysis)
        results.findings.extend(findings_of(place, fitted))
        return card

    def _place(self, group: str, *, rest: bool = False) -> str:
        recipe, who = self.makes.wanted.recipe, f"group '{group}'"
        who = f"everybody but {who}" if rest else who
        return f"impact.yaml, analysis '{self.makes.name}', part '{recipe.part}', {who}, wave {recipe.wave}"

    def _fit(self, design: Design, replicates: Replicates, place: str, items: tuple[str, ...] = ()) -> Fitted:
        level = 1 - self.makes.wanted.recipe.tests.level
        judged = Judged(self.makes.analysis, self.makes.measure, level)
        try:
            return fit_group(self.makes.battery, design, replicates, judged, items)
        except NotPositiveDefiniteError as error:
            raise NotPositiveDefiniteError(f"{place}: {error}") from error

    def _replicates(self) -> Replicates:
        analysis = self.makes.analysis
        made = bootstrap(self.design, replicates=analysis.replicates, seed=analysis.seed)
        if made.count * self.design.n > KEPT_IN_MEMORY:
            return made
        return given_replicates(self.design, made.multipliers(0, made.count))

    def _rest(self, group: str, fitted: Fitted, replicates: Replicates) -> tuple[Fitted | None, str]:
        """Return the model of everybody else on the same drivers, and why a driver has no comparison."""
        outside = self.design.domain(~self.masks[group])
        try:
            rest = self._fit(outside, replicates, self._place(group, rest=True), fitted.items)
        except NotPositiveDefiniteError:
            raise
        except TooFewRespondentsError:
            return None, "the rest is too small for a model"
        except ImpactError as error:
            return None, f"the rest has no model: {error}"
        if self.makes.measure != "correlation" and set(rest.items) != set(fitted.items):
            return None, "the rest has other drivers"
        return rest, "too few of the rest answered"

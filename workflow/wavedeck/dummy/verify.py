"""Compute the figures of made-up respondents as the study itself does, and hold them against targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wavedeck.dummy.published import Target
from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.estimate import Estimates, estimate_wave
from wavedeck.figures.formats import round_half_up
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.figures.records import Figure
from wavedeck.figures.store import FigureStore
from wavedeck.intake.run import Intake, coding_of, run_intake
from wavedeck.study.load import Study
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import Weights

IN_WORDS = "published in words; figures published as numbers come first"
BASES = {"base": "base", "weighted_base": "weighted_base"}


@dataclass(frozen=True)
class Wave:
    """One part in one wave, as the study computes it.

    Attributes
    ----------
    intake, weights, estimates
        What the stages make of the raw file.
    """

    intake: Intake
    weights: Weights
    estimates: Estimates


@dataclass
class Computed:
    """Everything computed so far.

    Attributes
    ----------
    waves
        (part, wave) -> what was computed.
    """

    study: Study
    root: Path
    waves: dict[tuple[str, str], Wave] = field(default_factory=dict)

    def add(self, part: str, wave: str) -> Wave:
        """Compute one part of one wave from its raw file."""
        study, raw = self.study, self.study.raw_file(part, wave)
        intake = run_intake(
            self.root / raw,
            raw_name=raw,
            part=study.settings.parts[part],
            part_name=part,
            wave=wave,
            questions=study.codebook.questions(part, wave),
            cleaning=study.cleaning,
            earlier=study.earlier(part, wave),
            coding=coding_of(study, self.root, part, wave),
        )
        weights = weigh(
            intake.responses,
            weighting=study.weighting.parts.get(part),
            book=study.group_book,
            part=part,
            root=self.root,
        )
        recipe = recipe_for(study, part, wave)
        estimates = estimate_wave(intake.responses, weights.table(), recipe, self.root)
        self.waves[part, wave] = Wave(intake, weights, estimates)
        return self.waves[part, wave]

    def estimates(self) -> dict[str, float]:
        """Return address -> estimate of everything computed."""
        figures = (figure for one in self.waves.values() for figure in one.estimates.figures)
        return {figure.address: figure.estimate for figure in figures if figure.estimate is not None}

    def store(self, wave: str) -> FigureStore:
        """Return the full store of the report of a wave, of what was computed."""
        return self._stores(wave).full

    def _stores(self, wave: str) -> Stores:
        settings = store_settings(self.study, wave)
        recipes = [one for one in settings.recipes if (one.part, one.wave) in self.waves]
        known = settings.model_copy(
            update={"recipes": recipes, "waves": list(dict.fromkeys(one.wave for one in recipes))}
        )
        made = [self.waves[one.part, one.wave].estimates for one in recipes]
        figures = [figure for one in made for figure in one.figures]
        return assemble(figures, [rest for one in made for rest in one.comparisons], known)


@dataclass(frozen=True)
class Outcome:
    """A target and what came of it.

    Attributes
    ----------
    target
        The target.
    reached
        Whether the figure prints as published.
    value
        What it prints.
    reason
        Why it was not reached.
    """

    target: Target
    reached: bool
    value: str
    reason: str = ""


def outcomes(store: FigureStore, targets: Iterable[Target], reasons: Mapping[str, str]) -> Sequence[Outcome]:
    """Hold figures against targets.

    Parameters
    ----------
    store
        The full store of the wave.
    targets
        Those of the wave.
    reasons
        Name of a target -> why it could not be reached.
    """
    return [_outcome(store, target, reasons.get(target.name, "")) for target in targets]


def _outcome(store: FigureStore, target: Target, reason: str) -> Outcome:
    figure = store.figures.get(str(target.address))
    if figure is None:
        return Outcome(target, reached=False, value="", reason=reason or "there is no such figure")
    value = _value(store, figure, target)
    if value is None:
        why = f"the figure is {figure.state.replace('_', ' ')}"
        return Outcome(target, reached=False, value="", reason=reason or why)
    if isinstance(value, str):
        reached, printed = value == target.value, value
    else:
        decimals = target.decimals if target.field == "fraction" else _decimals(figure, target)
        rounded = round_half_up(value, decimals)
        reached, printed = (
            rounded == round_half_up(target.number, max(decimals, target.decimals)),
            str(rounded),
        )
    if not reason and target.field == "fraction":
        reason = IN_WORDS
    return Outcome(target, reached=reached, value=printed, reason="" if reached else reason)


def _decimals(figure: Figure, target: Target) -> int:
    return 0 if target.field in BASES else figure.decimals


def _value(store: FigureStore, figure: Figure, target: Target) -> float | str | None:
    if target.field in BASES:
        return getattr(figure, BASES[target.field])
    if target.field in ("estimate", "fraction"):
        return figure.estimate
    kind, _, what = target.field.partition(".")
    compared = store.comparison(figure.address, kind)
    if compared is None:
        return None
    return compared.mark or None if what == "mark" else compared.difference

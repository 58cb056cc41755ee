"""Nothing that is shown solves a figure that someone could be recognised by: tried with linear algebra."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

import tiny_study
from figures.attacker import Solved, attack
from wavedeck.figures.assemble import Stores, assemble
from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.recipe import recipe_for, store_settings
from wavedeck.figures.records import Figure
from wavedeck.intake.groups import group_masks
from wavedeck.study.indicators import Indicators
from wavedeck.study.load import Study
from wavedeck.study.settings import Disclosure, Reliability, Suppression

#: Several indicators on one question, each for other groups: together they would give groups away.
SEVERAL_TABLES = """
respondents: {label: People, statistic: count, groups: [all, sex]}
sample: {label: Sample, statistic: composition, of: [branch], weighted: false}
overall: {label: Mean, statistic: mean, variable: overall, groups: [all, branch, sex, "branch*sex"]}
overall_high: {label: High, statistic: share, variable: overall, categories: ["8", "9", "10"],
  groups: [all, branch_north, sex]}
overall_answers: {label: Answers, statistic: distribution, variable: overall,
  groups: [all, branch_south, town]}
service: {label: Services, statistic: mean, variable: service, groups: [all, branch]}
service_answers: {label: Answers, statistic: distribution, variable: service, groups: [all, town, sex]}
gap: {label: Gap, statistic: difference, of: service@staff, minus: service@opening,
  groups: [all, branch, sex]}
recommend: {label: NPS, statistic: nps, variable: recommend, groups: [all, branch]}
recommend_answers: {label: Answers, statistic: distribution, variable: recommend,
  groups: [all, branch_north, branch_south]}
activity: {label: Activity, statistic: multiple, variable: activity, groups: [all, branch, sex]}
"""


@cache
def several_tables() -> Study:
    declared = {"indicators": yaml.safe_load(SEVERAL_TABLES)}
    return replace(tiny_study.study(), indicators=Indicators.model_validate(declared))


def stores(study: Study, minimum: int) -> Stores:
    made = [
        estimate_wave(
            tiny_study.responses(wave),
            tiny_study.weights(wave),
            recipe_for(study, tiny_study.PART, wave),
            tiny_study.ROOT,
        )
        for wave in study.wave_names
    ]
    rules = Suppression(reliability=Reliability(minimum=0), disclosure=Disclosure(minimum=minimum))
    return assemble(
        [one for own in made for one in own.figures],
        [one for own in made for one in own.comparisons],
        store_settings(study, "2024").model_copy(update={"suppression": rules}),
    )


#: Groups of three indicators on one question: found by trying many at random, where they were solved once.
CROSSED = (
    (["town*sex", "branch_south"], ["all", "town*sex", "branch*sex", "age", "sex_female"], ["all", "town"]),
    (
        ["all", "reader*sex", "sex_female", "town*sex", "branch*sex"],
        ["branch_east*sex", "branch_south", "sex_male", "sex_female"],
        ["all", "reader*sex", "age", "branch*sex"],
    ),
    (["sex_male"], ["all", "branch_east*sex", "sex"], ["all", "sex*age", "town*sex"]),
)


def crossed(groups: tuple[list[str], list[str], list[str]]) -> Study:
    """Return the study with a mean, a share and a distribution of one question, each for other groups."""
    high = {"categories": ["8", "9", "10"]}
    kinds = (("mean", {}), ("share", high), ("distribution", {}))
    declared = {
        f"own_{kind}": {"label": kind, "statistic": kind, "variable": "overall", "groups": own, **more}
        for (kind, more), own in zip(kinds, groups, strict=True)
    }
    return replace(tiny_study.study(), indicators=Indicators.model_validate({"indicators": declared}))


@cache
def open_ended() -> Mapping[str, tuple[str, ...]]:
    """Return the breakdowns of each wave that do not place everybody."""
    book = tiny_study.study().group_book
    found: dict[str, tuple[str, ...]] = {}
    for wave in tiny_study.study().wave_names:
        for name in book.groups.breakdowns:
            members = book.expand([name], tiny_study.PART)
            masks = group_masks(tiny_study.responses(wave), book, members, tiny_study.PART)
            if not np.any([masks[one] for one in members], axis=0).all():
                found[wave] = (*found.get(wave, ()), name)
    return found


def small(figure: Figure) -> float:
    return (figure.base if figure.smallest_base is None else figure.smallest_base) or 0.0


def protected(made: Stores, minimum: int) -> list[Figure]:
    """Return the hidden figures whose answers someone could be recognised by."""
    full = [made.full.figures[one.address] for one in made.publishable if one.state == "suppressed"]
    return [one for one in full if 0 < small(one) < minimum]


def attacked(study: Study, made: Stores, hidden: list[Figure]) -> list[Solved]:
    shown, compared = made.publishable.figures, list(made.publishable.comparisons.values())
    return attack(study, shown, compared, hidden, open_ended=open_ended())


@pytest.mark.parametrize("minimum", [3, 8])
@pytest.mark.parametrize("study", [tiny_study.study, several_tables])
def test_no_protected_figure_is_solved(study: object, minimum: int) -> None:
    own: Study = study()  # type: ignore[operator]
    made = stores(own, minimum)
    hidden = protected(made, minimum)
    assert hidden
    assert attacked(own, made, hidden) == []


@pytest.mark.parametrize("minimum", [3, 5])
@pytest.mark.parametrize("groups", CROSSED)
def test_no_crossed_group_is_solved(groups: tuple[list[str], list[str], list[str]], minimum: int) -> None:
    study = crossed(groups)
    made = stores(study, minimum)
    hidden = [one for one in protected(made, minimum) if not one.category]
    assert hidden
    assert attacked(study, made, hidden) == []


def test_attack_solves_what_is_shown_too_freely() -> None:
    """Show what was hidden only to protect others: the attack must find those others, with their values."""
    study, minimum = several_tables(), 8
    made = stores(study, minimum)
    hidden = protected(made, minimum)
    kept = {one.address for one in hidden}
    shown = {
        address: made.full.figures[address] if address not in kept else one
        for address, one in made.publishable.figures.items()
    }
    freed = {address: replace(one, state="shown") if one.base else one for address, one in shown.items()}
    found = attack(study, freed, [], hidden, open_ended=open_ended())
    assert len(found) > 10
    for one in found:
        assert one.value == pytest.approx(made.full.figures[one.address].estimate, abs=1e-6)


def test_attack_does_not_import_what_hides() -> None:
    text = (Path(__file__).parent / "attacker.py").read_text(encoding="utf-8")
    names = {one.module for one in ast.walk(ast.parse(text)) if isinstance(one, ast.ImportFrom)}
    assert not names & {f"wavedeck.figures.{one}" for one in ("suppression", "dependents", "relations")}

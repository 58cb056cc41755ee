"""Links of drivers with satisfaction that give them the importance that is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wavedeck.dummy.goals import Goal
from wavedeck.dummy.plan import Level
from wavedeck.dummy.prior import link_of, rating_plan
from wavedeck.dummy.revisit import redraw
from wavedeck.dummy.state import Draw
from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import ImpactRecipe, impact_recipe
from wavedeck.figures.records import Figure
from wavedeck.study.address import Address
from wavedeck.study.codebook import Question
from wavedeck.study.errors import ConfigError
from wavedeck.study.impact import Analysis

TRIES = 10
REPLICATES = 40
CLEAR = 0.9
STEP, SMALL_STEP = 0.12, 0.05
LEAST, MOST = -0.25, 0.97


@dataclass(frozen=True)
class Misplaced:
    """A driver that does not have the importance that is planned.

    Attributes
    ----------
    question
        Question of the driver.
    wanted
        What was planned.
    far
        Whether it lies on the wrong side of the border, and not only too close to it.
    """

    analysis: str
    question: str
    wanted: Level
    far: bool


def place_drivers(draw: Draw, questions: Sequence[Question], goals: Sequence[Goal]) -> list[Misplaced]:
    """Hand marks out otherwise until drivers have the importance that is planned; return those that do not.

    Who gives which mark changes, how many give it does not.

    Parameters
    ----------
    draw
        Everything drawn; its links and the marks of drivers are changed.
    questions, goals
        The questions of the wave and what their answers must lead to.

    Raises
    ------
    ConfigError
        When the plan names an analysis that the part does not have.
    """
    if not draw.plan.importance:
        return []
    wanted, by_name = _recipe(draw), {question.name: question for question in questions}
    found = _misplaced(draw, wanted)
    for _ in range(TRIES):
        if not found:
            break
        _adjust(draw, found, by_name)
        for one in found:
            redraw(draw, by_name[one.question], one.question, goals)
        found = _misplaced(draw, wanted)
    return found


def _recipe(draw: Draw) -> ImpactRecipe:
    wanted = impact_recipe(draw.study, draw.part, draw.wave)
    unknown = sorted(draw.plan.importance.keys() - wanted.analyses.keys())
    if unknown:
        raise ConfigError(
            f"dummy.yaml, importance: part '{draw.part}' has no analysis '{unknown[0]}'; "
            f"it has {', '.join(wanted.analyses) or 'none'}"
        )
    changes = {"groups": ["all"], "replicates": REPLICATES, "impute": None}
    kept = {name: wanted.analyses[name].model_copy(update=changes) for name in draw.plan.importance}
    now = {name: one for name, one in kept.items() if one.waves is None or draw.wave in one.waves}
    return wanted.model_copy(update={"analyses": now})


def _misplaced(draw: Draw, wanted: ImpactRecipe) -> list[Misplaced]:
    figures = impact_wave(draw.table(), draw.weighed().table(), wanted, draw.root).figures
    found = {figure.address: figure for figure in figures}
    return [one for named in wanted.analyses.items() for one in _of_analysis(draw, found, named)]


def _of_analysis(draw: Draw, found: Mapping[str, Figure], named: tuple[str, Analysis]) -> Iterator[Misplaced]:
    name, analysis = named
    for question in _drivers(draw, analysis):
        level = draw.plan.importance[name].get(question.item or question.name)
        address = Address(draw.part, f"{name}_importance_distance", question.item, "", "all", draw.wave)
        figure = found.get(str(address))
        if level is None or figure is None or figure.estimate is None:
            continue
        over = figure.estimate if level == "high" else -figure.estimate
        if over <= CLEAR * (figure.se or 0.0):
            yield Misplaced(name, question.name, level, over <= 0)


def _drivers(draw: Draw, analysis: Analysis) -> list[Question]:
    indicator, _, entry = analysis.drivers.partition("@")
    variable = getattr(draw.study.indicators.indicators[indicator], "variable", "")
    asked = draw.study.codebook.questions(draw.part, draw.wave)
    return [one for one in asked if one.variable == variable and one.loop_entry == entry]


def _adjust(draw: Draw, found: Sequence[Misplaced], by_name: Mapping[str, Question]) -> None:
    """Bring the links of misplaced drivers nearer to where they belong."""
    for one in found:
        own = link_of(rating_plan(draw.plan, by_name[one.question]))
        step = STEP if one.far else SMALL_STEP
        moved = draw.links.get(one.question, own) + (step if one.wanted == "high" else -step)
        draw.links[one.question] = min(max(moved, LEAST), MOST)

"""What one estimation needs to know of the study: the part of its settings that figures rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wavedeck.figures.columns import Column, plan_columns
from wavedeck.figures.formats import DEFAULT_DECIMALS
from wavedeck.figures.records import Figure
from wavedeck.study.address import Address
from wavedeck.study.base import Strict
from wavedeck.study.codebook import Codebook
from wavedeck.study.groups import GroupBook
from wavedeck.study.impact_indicators import ImpactIndicator
from wavedeck.study.indicators import (
    CompositionIndicator,
    Indicator,
    NotApplicableIndicator,
    RangeIndicator,
)
from wavedeck.study.load import Study
from wavedeck.study.settings import DesignSpec, Groups, Suppression, Tests


class Recipe(Strict):
    """Settings of one estimation; goes through the workflow as a plain dictionary."""

    part: str
    wave: str
    codebook: Codebook
    groups: Groups
    indicators: dict[str, Indicator]
    design: DesignSpec
    tests: Tests
    decimals: dict[str, int]
    gross: int | None
    weighting: str

    @property
    def group_book(self) -> GroupBook:
        """Return the groups by name."""
        return GroupBook(self.groups, self.codebook)

    def active_indicators(self) -> Iterator[tuple[str, Indicator]]:
        """Yield the indicators of this part and wave."""
        for name, spec in self.indicators.items():
            if spec.parts is None or self.part in spec.parts:
                yield name, spec

    def asked_now(self, spec: Indicator | ImpactIndicator) -> bool:
        """Tell whether an indicator is declared for this wave."""
        return spec.waves is None or self.wave in spec.waves

    def expand(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return groups, breakdowns spelled out."""
        return self.group_book.expand(names, self.part)

    def group_names(self) -> tuple[str, ...]:
        """Return every group that any indicator of this part needs."""
        names: dict[str, None] = {"all": None}
        for _, spec in self.active_indicators():
            wanted = list(spec.groups)
            if isinstance(spec, CompositionIndicator):
                wanted += spec.of
            if isinstance(spec, RangeIndicator) and isinstance(spec.over, list):
                wanted += spec.over
            names.update(dict.fromkeys(self.expand(wanted)))
        return tuple(names)

    def address(self, column: Column, group: str) -> str:
        """Return the address of a column's figure for a group."""
        return str(Address(self.part, *column.key, group, self.wave))

    def figure(self, column: Column, group: str, **values: Any) -> Figure:
        """Return the figure of a column for a group."""
        return self.named(*column.key, group, column.spec, **values)

    def named(
        self,
        indicator: str,
        item: str,
        category: str,
        group: str,
        spec: Indicator | ImpactIndicator,
        **values: Any,
    ) -> Figure:
        """Return a figure with its name, unit and decimals filled in."""
        state = values.pop("state", "shown")
        if not self.asked_now(spec):
            state, values = "not_asked", {}
        return Figure(
            address=str(Address(self.part, indicator, item, category, group, self.wave)),
            part=self.part,
            indicator=indicator,
            item=item,
            category=category,
            group=group,
            wave=self.wave,
            statistic=spec.statistic,
            unit=spec.unit,
            decimals=self._decimals(spec),
            state=state,
            **values,
        )

    def _decimals(self, spec: Indicator | ImpactIndicator) -> int:
        if spec.decimals is not None:
            return spec.decimals
        return self.decimals.get(spec.unit, DEFAULT_DECIMALS[spec.unit])


def recipe_for(study: Study, part: str, wave: str) -> Recipe:
    """Take what one estimation needs from a study."""
    settings = study.settings.parts[part]
    return Recipe(
        part=part,
        wave=wave,
        codebook=study.codebook,
        groups=study.groups,
        indicators=study.indicators.indicators,
        design=settings.design,
        tests=study.settings.tests,
        decimals=study.settings.decimals,
        gross=settings.gross.get(wave),
        weighting=study.weighting.parts[part].method if part in study.weighting.parts else "none",
    )


def questions_behind(recipes: Sequence[Recipe]) -> dict[tuple[str, str, str, str, str], str]:
    """Return which question's answers each figure counts.

    Parameters
    ----------
    recipes
        Of every part and wave.

    Returns
    -------
    dict
        Part, wave, indicator, item and category -> name of the question. Figures on one question have one
        base in each group. Left out are those to whom a question does not apply, who gave no answer.
    """
    return {
        (recipe.part, recipe.wave, *column.key): column.question.name
        for recipe in recipes
        for name, spec in recipe.active_indicators()
        if not isinstance(spec, NotApplicableIndicator)
        for column in plan_columns(name, spec, recipe.codebook, part=recipe.part, wave=recipe.wave)
        if column.question is not None
    }


class StoreSettings(Strict):
    """Settings of one store; goes through the workflow as a plain dictionary."""

    waves: list[str]
    recipes: list[Recipe]
    suppression: Suppression
    tests: Tests


def store_settings(study: Study, wave: str) -> StoreSettings:
    """Take what the store of one wave's report needs from a study."""
    waves = study.waves_until(wave)
    recipes = [recipe_for(study, part, name) for name in waves for part in study.parts_in(name)]
    return StoreSettings(
        waves=list(waves), recipes=recipes, suppression=study.settings.suppression, tests=study.settings.tests
    )

"""Models of weighting.yaml: how each part is weighted."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from wavedeck.study.base import GroupName, Identifier, Strict


class Cell(Strict):
    """One weighting cell, or a cell divided further."""

    group: GroupName = Field(description="Group that makes the cell.")
    target: float = Field(ge=0, description="Percentage of the level it stands in.")
    cells: dict[Identifier, Cell] = Field(
        default_factory=dict, description="Cells within this one, with targets of their own that sum to 100."
    )


class Margin(Strict):
    """Targets of one variable for raking, in percent."""

    variable: Identifier = Field(description="Variable whose categories make the margin.")
    targets: dict[str, float] = Field(description="Category -> percentage; together 100.")


class PartWeighting(Strict):
    """How one part is weighted."""

    method: Literal["none", "given", "cell", "rake"] = Field(description="How the weights are made.")
    variable: Identifier | None = Field(None, description="given: variable that holds the weight.")
    cells: dict[Identifier, Cell] = Field(default_factory=dict, description="cell: nested targets.")
    margins: dict[Identifier, Margin] = Field(default_factory=dict, description="rake: targets per margin.")
    unplaced: Literal["stop", "weight_one", "exclude"] = Field(
        "stop", description="Respondents who fit no cell or lack an answer on a margin."
    )
    minimum: float | None = Field(None, gt=0, description="Lower cap, as a multiple of the mean weight.")
    maximum: float | None = Field(None, gt=0, description="Upper cap, as a multiple of the mean weight.")

    @model_validator(mode="after")
    def _complete(self) -> PartWeighting:
        needed = {"given": self.variable, "cell": self.cells, "rake": self.margins, "none": True}
        key = {"given": "variable", "cell": "cells", "rake": "margins", "none": ""}[self.method]
        if not needed[self.method]:
            raise ValueError(f"method '{self.method}' needs '{key}'")
        return self


class Weighting(Strict):
    """weighting.yaml: one entry per part; parts left out are not weighted."""

    parts: dict[Identifier, PartWeighting] = Field(
        default_factory=dict, description="Part -> how it is weighted."
    )

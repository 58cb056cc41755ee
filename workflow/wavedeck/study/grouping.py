"""Models of groups.yaml: derived variables, groups, breakdowns."""

from __future__ import annotations

from pydantic import Field, model_validator

from wavedeck.study.base import ANY_LANGUAGE, GroupName, Identifier, LocalText, Strict
from wavedeck.study.conditions import Where


class DerivedCategory(Strict):
    """One category of a derived variable."""

    label: LocalText = Field(description="What the category is called.")
    where: Where = Field(description="Who belongs to it.")


class DerivedVariable(Strict):
    """A variable made from others; the first category that holds counts."""

    label: LocalText = Field(description="What the variable is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    categories: dict[Identifier, DerivedCategory] = Field(
        description="Category id -> who belongs to it, in order."
    )


class IdList(Strict):
    """A group defined by a list of ids in a file, one id a line."""

    file: str = Field(description="Path of the file, from the root that holds config/ and data/.")
    variable: Identifier = Field(description="Variable whose values are listed.")


class Group(Strict):
    """A named set of respondents: by condition, as a union of groups, or by a list of ids."""

    label: LocalText = Field(description="Short label for tables and charts.")
    long: LocalText | None = Field(None, description="Longer label for sentences.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    within: GroupName | None = Field(None, description="Group that it is nested in.")
    where: Where | None = Field(None, description="Condition on the responses.")
    union: list[GroupName] | None = Field(None, description="Groups of which one suffices.")
    ids: IdList | None = Field(None, description="List of ids in a file.")

    @model_validator(mode="after")
    def _one_definition(self) -> Group:
        if sum(value is not None for value in (self.where, self.union, self.ids)) != 1:
            raise ValueError("a group has exactly one of where, union, ids")
        return self


class Breakdown(Strict):
    """A set of groups shown together; `variable` makes one group per category."""

    label: LocalText = Field(description="What the set is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that have it; all if left out.")
    groups: list[GroupName] | None = Field(None, description="Groups in order.")
    variable: Identifier | None = Field(None, description="Makes groups named `<breakdown>_<category>`.")

    @model_validator(mode="after")
    def _one_definition(self) -> Breakdown:
        if (self.groups is None) == (self.variable is None):
            raise ValueError("a breakdown has exactly one of groups, variable")
        return self


class Groups(Strict):
    """groups.yaml: derived variables, groups and breakdowns."""

    all_label: LocalText = Field(
        default_factory=lambda: {ANY_LANGUAGE: "Total", "nl": "Totaal", "de": "Gesamt", "fr": "Ensemble"},
        description="What the group `all`, every respondent of a part, is called.",
    )
    derived: dict[Identifier, DerivedVariable] = Field(
        default_factory=dict, description="Variables made from others."
    )
    groups: dict[Identifier, Group] = Field(default_factory=dict, description="Groups by name.")
    breakdowns: dict[Identifier, Breakdown] = Field(
        default_factory=dict, description="Sets of groups shown together."
    )

"""The codebook: what each raw column means, wave by wave, under one set of names.

`Codebook` mirrors `codebook.yaml`; `Codebook.questions` expands it into one `Question` per item
asked in one wave of one part, which is what the stages work with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from wavedeck.study.base import Identifier, LocalText, PlacedError, Strict, WaveName
from wavedeck.study.conditions import Where
from wavedeck.study.errors import did_you_mean

VariableType = Literal["single", "multi", "rating", "nps", "numeric", "text", "open", "id", "date", "time"]
MissingKind = Literal[
    "blank", "refused", "dont_know", "not_applicable", "not_asked", "not_given", "invalid", "uncoded"
]
Columns = str | Annotated[list[str], Field(min_length=1)] | Annotated[dict[str, str], Field(min_length=1)]
NUMERIC_TYPES = frozenset({"rating", "nps", "numeric"})


class Answers(Strict):
    """How a question is answered: type, categories, raw codes and codes without an answer."""

    type: VariableType | None = Field(None, description="Kind of question.")
    minimum: float | None = Field(None, description="Lowest valid number of a rating or numeric.")
    maximum: float | None = Field(None, description="Highest valid number of a rating or numeric.")
    categories: dict[Identifier, LocalText] = Field(
        default_factory=dict, description="Category id (for ratings the number) and label, in scale order."
    )
    codes: dict[str, str] = Field(
        default_factory=dict,
        description="Raw code -> category id (or number); without it a raw code is its own category id.",
    )
    missing: dict[str, MissingKind] = Field(
        default_factory=dict, description='Raw code -> why there is no answer; "" is the empty cell.'
    )


class WaveOverride(Strict):
    """What differs in one wave; each field given replaces the variable's own."""

    columns: Columns | None = Field(None, description="Raw column or columns in this wave.")
    codes: dict[str, str] | None = Field(None, description="Raw codes of this wave.")
    missing: dict[str, MissingKind] | None = Field(None, description="Codes without an answer of this wave.")
    checked: list[str] | None = Field(None, description="Values that mean ticked in this wave.")


class Item(Strict):
    """One item of a battery."""

    label: LocalText = Field(description="What the item is called.")
    parts: list[Identifier] | None = Field(None, description="Parts that ask it; all if left out.")
    columns: Columns | None = Field(None, description="Raw column; `{loop}` stands for the loop's entry.")
    waves: list[WaveName] | None = Field(None, description="Waves in which it was asked; all if left out.")
    by_wave: dict[WaveName, WaveOverride] = Field(default_factory=dict, description="What differs in a wave.")
    asked_if: Where | None = Field(None, description="Who was asked this item.")
    kind: str = Field("", description="Kind of aspect, for colours and captions.")


class LoopEntry(Strict):
    """One turn of a loop, e.g. one organisation."""

    label: LocalText = Field(description="What the entry is called.")
    asked_if: Where | None = Field(None, description="Who was asked about this entry.")
    waves: list[WaveName] | None = Field(None, description="Waves in which it was asked; all if left out.")


class Variable(Answers):
    """One question of the study, under one name in every wave."""

    label: LocalText = Field(description="Short name for tables and charts.")
    question: LocalText | None = Field(None, description="The question as asked, printed under results.")
    asked_of: LocalText | None = Field(None, description="Who was asked, in words, for the base line.")
    parts: list[Identifier] | None = Field(None, description="Parts that ask it; all if left out.")
    scale: Identifier | None = Field(None, description="Name of a scale whose answers it shares.")
    columns: Columns | None = Field(
        None,
        description="Raw column (default: the variable's name); a list of columns with one mention each; "
        "or category -> column with a tick.",
    )
    checked: list[str] = Field(default_factory=lambda: ["1"], description="Values that mean ticked.")
    unchecked: list[str] = Field(
        default_factory=lambda: ["0", ""], description="Values that mean not ticked."
    )
    waves: list[WaveName] | None = Field(None, description="Waves in which it was asked; all if left out.")
    by_wave: dict[WaveName, WaveOverride] = Field(default_factory=dict, description="What differs in a wave.")
    asked_if: Where | None = Field(None, description="Who was asked (routing).")
    items: dict[Identifier, Item] = Field(default_factory=dict, description="Items of a battery.")
    loop: Identifier | None = Field(None, description="Name of the loop this is asked in.")
    coded_from: Identifier | None = Field(
        None, description="multi: the open question whose coded answers these are; filled from a coding file."
    )
    personal: bool = Field(False, description="Personal data: never leaves the full store.")


class Codebook(Strict):
    """All scales, loops and variables of a study."""

    scales: dict[Identifier, Answers] = Field(
        default_factory=dict, description="Ways of answering that several variables share."
    )
    loops: dict[Identifier, dict[Identifier, LoopEntry]] = Field(
        default_factory=dict, description="Lists of entries that questions are repeated for."
    )
    variables: dict[Identifier, Variable] = Field(
        description="Every question, in the order of the questionnaire."
    )

    @model_validator(mode="after")
    def _names_resolve(self) -> Codebook:
        problems = [problem for name in self.variables for problem in self._unresolved(name)]
        if problems:
            raise PlacedError(problems)
        return self

    def _unresolved(self, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        variable, where = self.variables[name], ("variables", name)
        if variable.loop and variable.loop not in self.loops:
            hint = did_you_mean(variable.loop, self.loops, then="loops stand under `loops`")
            yield (*where, "loop"), f"unknown loop '{variable.loop}'{hint}"
        if variable.scale and variable.scale not in self.scales:
            hint = did_you_mean(variable.scale, self.scales, then="scales stand under `scales`")
            yield (*where, "scale"), f"unknown scale '{variable.scale}'{hint}"
        elif self.answers(name).type is None:
            yield where, "needs 'type', or a scale that has one"

    def answers(self, name: str) -> Answers:
        """Return how a variable is answered, its scale filled in."""
        variable = self.variables[name]
        given = {key: getattr(variable, key) for key in Answers.model_fields}
        own = {key: value for key, value in given.items() if value not in (None, {})}
        base = self.scales[variable.scale] if variable.scale else Answers()
        return base.model_copy(update=own)

    def questions(self, part: str, wave: str) -> tuple[Question, ...]:
        """Return every question asked of one part in one wave, batteries and loops spelled out."""
        return tuple(question for question in self._all(part, wave) if question.asked)

    def questions_ever(self, part: str) -> tuple[Question, ...]:
        """Return every question of one part, whatever the wave, columns left empty."""
        return tuple(self._all(part, ""))

    def _all(self, part: str, wave: str) -> Iterator[Question]:
        for name, variable in self.variables.items():
            if variable.parts is None or part in variable.parts:
                yield from _expand(self, name, part, wave)


class Question(Strict):
    """One question (or one item of a battery or loop) in one wave of one part.

    `name` is its column in the responses: ``service@art``, ``aspect@coa.empathy``, ``gender``.
    """

    name: str
    variable: Identifier
    item: str = ""
    loop_entry: str = ""
    label: LocalText
    question: LocalText | None = None
    asked_of: LocalText | None = None
    kind: str = ""
    type: VariableType
    minimum: float | None = None
    maximum: float | None = None
    categories: dict[str, LocalText] = Field(default_factory=dict)
    codes: dict[str, str] = Field(default_factory=dict)
    missing: dict[str, MissingKind] = Field(default_factory=dict)
    columns: Columns = ""
    checked: list[str] = Field(default_factory=list)
    unchecked: list[str] = Field(default_factory=list)
    asked_if: tuple[Where, ...] = ()
    asked: bool = True
    personal: bool = False
    coded_from: str = ""

    @property
    def is_numeric(self) -> bool:
        """Tell whether answers are numbers."""
        return self.type in NUMERIC_TYPES

    @property
    def raw_columns(self) -> tuple[str, ...]:
        """Return the raw columns that hold the answer, in order; none for coded answers."""
        if self.coded_from:
            return ()
        if isinstance(self.columns, str):
            return (self.columns,)
        return tuple(self.columns.values() if isinstance(self.columns, dict) else self.columns)


def _expand(book: Codebook, name: str, part: str, wave: str) -> Iterator[Question]:
    variable = book.variables[name]
    entries: dict[str, LoopEntry | None] = dict(book.loops[variable.loop]) if variable.loop else {"": None}
    asked = {key: item for key, item in variable.items.items() if item.parts is None or part in item.parts}
    items: dict[str, Item | None] = dict(asked) if variable.items else {"": None}
    for entry_id, entry in entries.items():
        for item_id, item in items.items():
            yield _question(book, name, wave, (entry_id, entry), (item_id, item))


def _question(
    book: Codebook, name: str, wave: str, loop: tuple[str, LoopEntry | None], battery: tuple[str, Item | None]
) -> Question:
    variable, (entry_id, entry), (item_id, item) = book.variables[name], loop, battery
    answers = book.answers(name)
    overrides = [part.by_wave[wave] for part in (variable, item) if part and wave in part.by_wave]
    full = name + ("@" if entry_id or item_id else "") + ".".join(filter(None, (entry_id, item_id)))
    default = (item.columns if item and item.columns is not None else variable.columns) or full
    parts = [part for part in (variable, entry, item) if part is not None]
    return Question(
        name=full,
        variable=name,
        item=item_id,
        loop_entry=entry_id,
        label=item.label if item else entry.label if entry else variable.label,
        question=variable.question,
        asked_of=variable.asked_of,
        kind=item.kind if item else "",
        type=answers.type or "single",
        minimum=answers.minimum,
        maximum=answers.maximum,
        categories=answers.categories,
        codes=_last(overrides, "codes", answers.codes),
        missing=_last(overrides, "missing", answers.missing),
        columns=_fill(_last(overrides, "columns", default), entry_id, item_id),
        checked=_last(overrides, "checked", variable.checked),
        unchecked=variable.unchecked,
        asked_if=tuple(part.asked_if for part in parts if part.asked_if),
        asked=all(part.waves is None or wave in part.waves for part in parts),
        personal=variable.personal,
        coded_from=variable.coded_from or "",
    )


def _last(overrides: list[WaveOverride], key: str, default: Any) -> Any:
    values = [getattr(override, key) for override in overrides if getattr(override, key) is not None]
    return values[-1] if values else default


def _fill(columns: Columns, entry: str, item: str) -> Columns:
    def filled(text: str) -> str:
        return text.replace("{loop}", entry).replace("{item}", item)

    if isinstance(columns, str):
        return filled(columns)
    if isinstance(columns, dict):
        return {key: filled(value) for key, value in columns.items()}
    return [filled(value) for value in columns]

"""One raw column read for one question, as SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.rawfile import RawFile
from wavedeck.audit.recompute.sql import mapping, name, texts
from wavedeck.study.codebook import Question
from wavedeck.study.settings import Action


def why(word: str) -> str:
    """Return the column that says why a question has no answer."""
    return name(f"{word}!")


def declared(actions: Mapping[str, Action], question: Question) -> Action:
    """Return what a study declares for a question: by its name, its variable, or for all."""
    return next(
        (actions[key] for key in (question.name, question.variable, "default") if key in actions), "stop"
    )


@dataclass(frozen=True)
class Cell:
    """One raw column read for one question: the columns with its text, its number and its label.

    Attributes
    ----------
    value, stripped
        The text in the cell, as it is and without blanks around it.
    number
        The number that it spells, NULL if none.
    label
        What the file calls this code, NULL if nothing.
    marked
        Whether the file calls the code missing.
    makes
        SQL that makes these columns: those of the first layer, and of the next ones.
    """

    value: str
    stripped: str
    number: str
    label: str
    marked: str
    makes: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, word: str, column: str, raw: RawFile) -> Cell:
        """Return the cell of a raw column, read under a name."""
        if column not in raw.columns:
            raise AuditError(f"{raw.file}: has no column '{column}'")
        value, stripped, number = (name(f"{word}|{kind}") for kind in ("text", "stripped", "number"))
        labels, marked = raw.labels.get(column), raw.marked.get(column)
        macro = "number_with_comma_in" if raw.comma else "number_in"
        return cls(
            value,
            stripped,
            number,
            f"{mapping(labels)}[{value}]" if labels else "NULL",
            f"{value} IN ({texts(marked)})" if marked else "FALSE",
            (
                (f"{name(raw.columns[column])} AS {value}",),
                (f"stripped({value}) AS {stripped}",),
                (f"{macro}({stripped}) AS {number}",),
            ),
        )

    def listed(self, known: Mapping[str, str]) -> str:
        """Return what a table of codes says of the cell, NULL if nothing."""
        if not known:
            return "NULL::VARCHAR"
        return f"listed({mapping(known)}, {self.value}, {self.stripped}, {self.number}, {self.label})"

    def spelled(self, words: Sequence[str]) -> str:
        """Return the spelling of the cell that is one of some words, NULL if none is."""
        spellings = (self.value, self.stripped, f"shortest({self.number})", self.label)
        cases = " ".join(f"WHEN {one} IN ({texts(words)}) THEN {one}" for one in spellings if one != "NULL")
        return f"CASE {cases} END"


def codes_of(question: Question) -> dict[str, str]:
    """Return code -> category, or ``!kind`` where a code is no answer."""
    return {**question.codes, **{code: f"!{kind}" for code, kind in question.missing.items()}}

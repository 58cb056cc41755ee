"""In which order questions are answered: those that others rest on first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wavedeck.dummy.needs import Names, Needs
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import parse_condition, variables_of
from wavedeck.study.errors import ConfigError


def drawing_order(
    questions: Sequence[Question], needs: Needs, first: Names, helpful: Mapping[str, Names]
) -> list[Question]:
    """Return questions in an order in which each comes after what it rests on.

    Routing must be obeyed, so a question always comes after those that lead to it. What goals rest on
    comes before where that is possible.

    Parameters
    ----------
    questions
        In codebook order.
    needs
        Tells what routing rests on.
    first
        Columns that are needed before all others, such as those of the weighting.
    helpful
        Question -> columns that should be known before it.

    Raises
    ------
    ConfigError
        When a question depends on one that comes later in the codebook.
    """
    _require_known_routing(questions)
    by_name = {question.name: question for question in questions}
    routing = {question.name: _questions(needs.routing(question), by_name) for question in questions}
    behind = _closure(routing)
    found: dict[str, None] = {}

    def visit(name: str, under_way: tuple[str, ...]) -> None:
        if name in found or name in under_way:
            return
        here = (*under_way, name)
        for before in routing[name]:
            visit(before, here)
        for before in _questions(helpful.get(name, frozenset()), by_name):
            if before not in here and not behind[before] & set(here):
                visit(before, here)
        found[name] = None

    for name in (*_questions(first, by_name), *by_name):
        visit(name, ())
    return [by_name[name] for name in found]


def _questions(names: Iterable[str], known: Mapping[str, Question]) -> list[str]:
    """Return the questions that columns belong to, in codebook order."""
    stems = {name.removesuffix(MISSING_MARK) for name in names}
    return [name for name in known if name in stems or any(_tick_of(stem, name, known) for stem in stems)]


def _tick_of(column: str, name: str, known: Mapping[str, Question]) -> bool:
    return known[name].type == "multi" and column.startswith(f"{name}.")


def _closure(routing: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    behind: dict[str, set[str]] = {}
    for name in routing:
        todo, found = list(routing[name]), set[str]()
        while todo:
            other = todo.pop()
            if other not in found:
                found.add(other)
                todo += routing[other]
        behind[name] = found
    return behind


def _require_known_routing(questions: Sequence[Question]) -> None:
    before: set[str] = set()
    for question in questions:
        for where in question.asked_if:
            for name in variables_of(parse_condition(where)):
                if name not in before:
                    raise ConfigError(
                        f"'{question.name}' is asked depending on '{name}', which the codebook of "
                        "this wave does not have before it; put it there"
                    )
        before.add(question.name)

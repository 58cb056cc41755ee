"""What must be known of respondents before a figure can be: the questions that it rests on.

Names are those of columns of responses.parquet: `mark` for the answers, `mark!` for why there is none,
`channel.email` for one tick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from wavedeck.dummy.goals import Goal, Ratio
from wavedeck.figures.columns import offered_categories
from wavedeck.figures.recipe import Recipe
from wavedeck.intake.select import MISSING_MARK
from wavedeck.study.codebook import Question
from wavedeck.study.conditions import Condition, IsAnswered, IsOneOf, leaves_of, parse_condition
from wavedeck.study.indicators import MultipleIndicator, NotApplicableIndicator
from wavedeck.study.weights import Cell, PartWeighting

Names = frozenset[str]
NOTHING: Names = frozenset()


class Needs:
    """Tells what groups, routing and figures of one part and wave rest on.

    Parameters
    ----------
    recipe
        What is computed.
    questions
        The questions of the wave.
    lists
        Group that is a list of ids still to be written -> group whose respondents will be on it.
    """

    def __init__(
        self, recipe: Recipe, questions: Iterable[Question], lists: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._recipe, self._lists = recipe, lists
        self._asked: Mapping[str, Question] = {question.name: question for question in questions}
        self._goals: dict[Goal, Names] = {}
        self.group = cache(self._group)

    def of_goal(self, goal: Goal) -> Names:
        """Return what a goal rests on."""
        if goal not in self._goals:
            self._goals[goal] = frozenset().union(*(self.of_ratio(ratio) for _, ratio in goal.terms))
        return self._goals[goal]

    def of_ratio(self, ratio: Ratio) -> Names:
        """Return what a ratio rests on."""
        return self._inside(ratio) | self.group(ratio.group)

    def routing(self, question: Question) -> Names:
        """Return what routing to a question rests on."""
        return frozenset().union(*(self._condition(parse_condition(where)) for where in question.asked_if))

    def weighting(self, declared: PartWeighting) -> Names:
        """Return what the weights of a part rest on."""
        found = frozenset[str]().union(*(self._cell(cell) for cell in declared.cells.values()))
        names = [margin.variable for margin in declared.margins.values()]
        for name in [*names, *([declared.variable] if declared.variable else [])]:
            found |= frozenset(self._leaf(IsOneOf(name, ())))
        return found

    def _cell(self, cell: Cell) -> Names:
        return self.group(cell.group).union(*(self._cell(inner) for inner in cell.cells.values()))

    def _inside(self, ratio: Ratio) -> Names:
        if ratio.kind == "composition":
            assert ratio.column is not None
            return self.group(ratio.column.category)
        if ratio.kind == "implied":
            marks = frozenset({ratio.question.name + MISSING_MARK} if ratio.question else ())
            return marks | frozenset().union(*(self.group(name) for name, _ in ratio.scores))
        if ratio.question is None:
            return NOTHING
        if ratio.kind == "asked":
            return self.routing(ratio.question)
        mark = frozenset({ratio.question.name + MISSING_MARK})
        if ratio.kind == "base" or ratio.column is None:
            return mark
        return mark | self._values(ratio)

    def _values(self, ratio: Ratio) -> Names:
        column, question = ratio.column, ratio.question
        assert column is not None
        assert question is not None
        if isinstance(column.spec, NotApplicableIndicator):
            return NOTHING
        if isinstance(column.spec, MultipleIndicator):
            offered = offered_categories(question)
            wanted = offered if ratio.kind == "mentions" else offered & set(column.categories)
            return frozenset(f"{question.name}.{category}" for category in wanted)
        return frozenset({question.name})

    def _group(self, name: str) -> Names:
        definition = self._recipe.group_book.definition(name)
        inner = (*definition.within, *definition.union)
        found = frozenset[str]().union(*(self._group(other) for other in inner))
        if definition.condition is not None:
            found |= self._condition(definition.condition)
        if definition.ids is not None:
            found |= {definition.ids.variable} & set(self._asked)
        if name in self._lists:
            found |= self._group(self._lists[name])
        return found

    def _condition(self, condition: Condition) -> Names:
        return frozenset(name for leaf in leaves_of(condition) for name in self._leaf(leaf))

    def _leaf(self, leaf: Condition) -> Iterator[str]:
        variable = getattr(leaf, "variable", "")
        derived = self._recipe.groups.derived.get(variable)
        if derived is not None:
            for category in derived.categories.values():
                yield from self._condition(parse_condition(category.where))
        question = self._asked.get(variable)
        if question is None:
            return
        yield variable + MISSING_MARK
        if isinstance(leaf, IsAnswered):
            return
        if question.type != "multi":
            yield variable
        elif isinstance(leaf, IsOneOf):
            offered = offered_categories(question)
            yield from (f"{variable}.{category}" for category in leaf.categories if category in offered)

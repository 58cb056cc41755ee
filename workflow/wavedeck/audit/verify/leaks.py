"""Whether what a file shows lets a reader solve a hidden figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.figures.recipe import questions_behind, recipe_for
from wavedeck.figures.records import Figure
from wavedeck.figures.relations import Relation, group_relations
from wavedeck.study.load import Study

#: One group and the rest of a total tell nothing of each other that the total does not.
_FEWEST = 2
_OUTSIDE = ("gross", "response_rate", "benchmark", "range")


def check_disclosure(result: Verification, truth: Truth, printed: Iterable[tuple[int, Binding]]) -> None:
    """Report where a total and all its other groups are shown, so that a hidden group follows.

    Parameters
    ----------
    result
        Takes what is found.
    truth
        With the full store, without which nothing can be told.
    printed
        Slide and claim of every figure that the file prints.
    """
    rule = truth.study.settings.suppression.disclosure
    if rule is None or not truth.full:
        return
    shown: dict[str, tuple[int, str]] = {}
    for slide, one in printed:
        if one.address in truth.full and any(sign.isdigit() for sign in one.printed):
            shown.setdefault(one.address, (slide, one.element))
    answers = _questions(truth.study)
    for part in truth.study.settings.parts:
        names = {figure.group for figure in truth.full.values() if figure.part == part}
        relations = group_relations(truth.study.group_book, part, sorted(names))
        for cell in _cells(truth, part, answers):
            for relation in relations:
                _check(result, cell, relation, shown, rule.minimum)


def _questions(study: Study) -> dict[tuple[str, str, str, str, str], str]:
    """Return which question's answers each figure counts."""
    pairs = [(part, wave) for wave in study.wave_names for part in study.parts_in(wave)]
    return questions_behind([recipe_for(study, part, wave) for part, wave in pairs])


def _cells(
    truth: Truth, part: str, answers: Mapping[tuple[str, str, str, str, str], str]
) -> Iterator[Mapping[str, Sequence[Figure]]]:
    """Yield the figures of one question by group, where one of them may not be shown.

    A mean and a distribution of the same answers stand together: one gives the other away.
    """
    found: dict[tuple[str, ...], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in truth.full.values():
        if figure.part == part and figure.statistic not in _OUTSIDE and figure.statistic != "composition":
            own = (figure.indicator, figure.item, figure.category)
            asked = answers.get((part, figure.wave, *own))
            found[(figure.wave, asked) if asked else (figure.wave, *own)][figure.group].append(figure)
    hidden = {one.address for one in truth.store if one.state == "suppressed"}
    for cell in found.values():
        if any(one.address in hidden for own in cell.values() for one in own):
            yield cell


def _check(
    result: Verification,
    cell: Mapping[str, Sequence[Figure]],
    relation: Relation,
    shown: Mapping[str, tuple[int, str]],
    minimum: int,
) -> None:
    total = [one for one in cell.get(relation.total, ()) if one.address in shown]
    members = [cell[name] for name in relation.parts if name in cell and _size(cell[name])]
    if not total or len(members) < _FEWEST:
        return
    unseen = [own for own in members if not any(one.address in shown for one in own)]
    rest = _size(total) - sum(map(_size, members))
    small = [own for own in unseen if 0 < _size(own) < minimum]
    if small and rest >= 0 and 0 < rest + sum(map(_size, unseen)) < minimum:
        slide, element = shown[total[0].address]
        message = f"{total[0].address} and all its other groups give away {small[0][0].address}"
        result.fault(slide, element, "leak", message)


def _size(figures: Sequence[Figure]) -> float:
    """Return how many respondents the figures of a group give away."""
    sizes = ((one.base if one.smallest_base is None else one.smallest_base) or 0.0 for one in figures)
    return max(sizes, default=0.0)

"""Whether the question and the respondents over a table are those of its figures."""

from __future__ import annotations

from wavedeck.audit.verify.book.layout import Layout
from wavedeck.audit.verify.expected import Truth
from wavedeck.audit.verify.result import Verification
from wavedeck.study.codebook import Question

_LOOP = "{loop}"
_BETWEEN = " / "
_HEADS = 3


def check_lines(result: Verification, truth: Truth, layout: Layout) -> None:
    """Report a question that was not the one asked, and respondents who were not those asked.

    Between the title and the heads stand the question, where there is one, and who was asked.
    """
    lines = [layout.sheet.text((row, 1)) for row in range(2, layout.first[0] - _HEADS)]
    questions = _questions(truth, layout)
    wanted = dict.fromkeys(_start(truth, one) for one in questions if one.question)
    texts = [" ".join(one.split()) for one in lines]
    if len(texts) != 1 + bool(wanted) or any(one not in texts[0] for one in wanted):
        found = f"'{texts[0]}' stands" if wanted and texts else "there are other lines"
        known = f"the question is '{next(iter(wanted))}'" if wanted else "its figures rest on no question"
        result.fault(0, layout.claims.element((2, 1)), "mismatch", f"{found} over the table, but {known}")
        return
    who = lines[-1]
    if _parts(who) not in [_parts(layout.words["asked"].format(who=one)) for one in _asked(truth, layout)]:
        place = (layout.first[0] - _HEADS - 1, 1)
        result.fault(0, layout.claims.element(place), "mismatch", f"'{who}' is not who was asked")


def _questions(truth: Truth, layout: Layout) -> list[Question]:
    known = truth.study.every_indicator
    names = dict.fromkeys(one.indicator for one in layout.claims.figures.values() if one.indicator in known)
    return [one for name in names for one in truth.labels.questions_behind(name)]


def _start(truth: Truth, question: Question) -> str:
    """Return a question up to where the names of a loop's entries stand."""
    return " ".join(truth.labels.text(question.question or {}).partition(_LOOP)[0].split())


def _asked(truth: Truth, layout: Layout) -> list[str]:
    asked = dict.fromkeys(
        truth.labels.text(one.asked_of) for one in _questions(truth, layout) if one.asked_of
    )
    if asked:
        return [_BETWEEN.join(asked)]
    parts = {one.part for one in layout.claims.figures.values()} & set(truth.study.settings.parts)
    declared = [truth.study.settings.parts[one].respondents for one in sorted(parts)]
    return [truth.labels.text(one) if one else layout.words["everyone"] for one in declared]


def _parts(text: str) -> frozenset[str]:
    return frozenset(text.replace(": ", _BETWEEN, 1).split(_BETWEEN))

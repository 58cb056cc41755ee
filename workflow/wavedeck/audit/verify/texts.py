"""Account for the numbers in a text: claims first, then what the study declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wavedeck.audit.verify.bindings import Binding
from wavedeck.audit.verify.expected import Truth, kind_of
from wavedeck.audit.verify.match import match
from wavedeck.audit.verify.result import Verification
from wavedeck.audit.verify.tokens import Token, tokens


def account_text(
    result: Verification,
    truth: Truth,
    text: str,
    claims: Sequence[Binding],
    *,
    slide: int,
    element: str,
    known: Iterable[str] = (),
    lines: bool = False,
) -> None:
    """Hold a text against its claims, and account for every other number in it.

    Parameters
    ----------
    result
        Takes what is found.
    truth
        Store and study.
    text
        The text of a shape, a cell, a note.
    claims
        What the file says that it prints, in order.
    slide, element
        Where it stands.
    known
        Texts whose numbers are accounted for elsewhere: names of series in a legend.
    lines
        Whether each line is a paragraph of its own, to name in messages.
    """
    matched = match(text, claims)
    for one in matched.found:
        check_claim(result, truth, one.binding, slide=slide)
    left = [one for one in tokens(text, truth.language) if not matched.covers(one.start, one.end)]
    strange = [one for one in left if not _is_declared(text, one, truth, known)]
    for token in left:
        if token not in strange:
            where = _placed(element, text, token, lines=lines)
            result.account(slide, where, "label", token.text, address="study/labels", name="label")
    spare = _report_missing(result, truth, matched.missing, strange, slide=slide)
    for token in spare:
        what = "the mark" if token.is_mark else "the number"
        message = f"{what} '{token.text}' belongs to no figure{_hint(truth, token)}"
        result.fault(slide, _placed(element, text, token, lines=lines), "orphan", message)


def _placed(element: str, text: str, token: Token, *, lines: bool) -> str:
    return f"{element}/p{text.count(chr(10), 0, token.start) + 1}" if lines else element


def check_claim(result: Verification, truth: Truth, binding: Binding, *, slide: int) -> None:
    """Hold one claim against store and study."""
    problem = truth.problem(binding)
    if problem:
        leak = "may not be printed" in problem
        result.fault(slide, binding.element, "leak" if leak else "mismatch", problem)
        return
    result.account(
        slide, binding.element, kind_of(binding), binding.printed, address=binding.address, name=binding.field
    )


def _is_declared(text: str, token: Token, truth: Truth, known: Iterable[str]) -> bool:
    """Tell whether a number belongs to a text that the study declares, or to one accounted for elsewhere."""
    if token.is_mark:
        return "▲▼" in text[max(0, token.start - 1) : token.end + 1]
    lowered = text.casefold().translate(_SPACES)
    near = (*(one.casefold() for one in known), *truth.declared.phrases)
    return any(_within(lowered, phrase, token) for phrase in near if token.text.casefold() in phrase)


def _within(text: str, phrase: str, token: Token) -> bool:
    start = text.find(phrase)
    while start >= 0:
        if start <= token.start and token.end <= start + len(phrase):
            return True
        start = text.find(phrase, start + 1)
    return _is_cut(text, phrase, token)


def _is_cut(text: str, phrase: str, token: Token) -> bool:
    """Tell whether a number stands in the part of a phrase that was kept before '…'."""
    end = text.find("…", token.end)
    for length in range(min(len(phrase), end), 0, -1) if end > 0 else ():
        start = text.find(phrase[:length].rstrip(), 0, end)
        if length >= _LEAST_KEPT and 0 <= start <= token.start and token.end <= start + length:
            return True
    return False


_SPACES = {ord("\n"): " ", ord("\u00a0"): " ", ord("\u000b"): " "}
_LEAST_KEPT = 20


def _report_missing(
    result: Verification,
    truth: Truth,
    missing: Sequence[Binding],
    strange: Sequence[Token],
    *,
    slide: int,
) -> list[Token]:
    """Report claims that are gone, each with the number that stands instead, and return the other numbers."""
    spare = list(strange)
    for claim in missing:
        problem = truth.problem(claim)
        if problem:
            result.fault(slide, claim.element, "mismatch", problem)
        instead = _nearest(spare, claim)
        if instead is None:
            gone = f"'{claim.printed}' of {claim.source} is gone"
            result.fault(slide, claim.element, "edited", gone)
            continue
        spare.remove(instead)
        wrong = f"'{instead.text}' stands where {claim.source} is '{claim.printed}'"
        leak = truth.hidden_like(instead.text) if claim.printed in _HIDDEN_SIGNS else ""
        wrong += f"; it is the hidden value of {leak}" if leak else ""
        result.fault(slide, claim.element, "leak" if leak else "mismatch", wrong)
    return spare


_HIDDEN_SIGNS = ("*",)


def _nearest(spare: Sequence[Token], claim: Binding) -> Token | None:
    mark = claim.field.endswith(".mark")
    return next((one for one in spare if one.is_mark == mark), None)


def _hint(truth: Truth, token: Token) -> str:
    """Say which hidden figures would print as this number."""
    found = truth.hidden_like(token.text)
    return f"; it is the hidden value of {found}" if found else ""

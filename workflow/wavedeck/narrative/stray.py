"""Numbers in a finished text that no figure, constant or label gives."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wavedeck.narrative.refusals import RefusedError

_FIGURE = re.compile("\ue000\\d+\ue001.*?\ue002", re.DOTALL)
_NUMBER = re.compile(r"[^\W\d_]*\d[\w.,]*")


def refuse_stray_numbers(rendered: str, names: Iterable[str], template: str) -> None:
    """Refuse a text that prints a number of which nobody can say where it comes from.

    Parameters
    ----------
    rendered
        The text, its figures marked up.
    names
        Labels that it names; their digits are theirs.
    template
        What messages call the template.

    Raises
    ------
    RefusedError
        Naming the number and the words around it.
    """
    left = _without(_FIGURE.sub("", rendered), names)
    found = _NUMBER.search(left)
    if found:
        around = " ".join(left[max(0, found.start() - 40) : found.end() + 40].split())
        raise RefusedError(
            f"{template}: '{found[0].rstrip('.,')}' is no figure, constant or label, in '{around}'; "
            "write counted() for how many a list has, and label() or a constant for a name with a number"
        )


def _without(text: str, names: Iterable[str]) -> str:
    numbered = sorted((name for name in names if re.search(r"\d", name)), key=len, reverse=True)
    for name in numbered:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text, flags=re.IGNORECASE)
    return text

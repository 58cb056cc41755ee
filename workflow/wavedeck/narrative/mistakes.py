"""Say what is wrong with a template in the words of those who write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import Parameter, signature

from wavedeck.study.errors import did_you_mean

# Texts print figures as they stand: nothing is computed, cut or drawn by lot.
REFUSED_FILTERS = ("abs", "float", "format", "int", "random", "round", "sum", "truncate", "wordwrap")
_OF_CLAIMS = ("a claim ", "the condition of a claim ")
_OPEN_TAG = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_UNKNOWN_TAG = re.compile(r"unknown tag '(\w+)'")
_NO_FILTER = re.compile(r"^No filter named '(\w+)'")
_CALL = re.compile(r"^(?:\w+\.)*(\w+)\(\) ")
_UNEXPECTED = re.compile(r"unexpected keyword argument '(\w+)'")


def syntax_mistake(message: str, line: str) -> str:
    """Return what to look for where a template cannot be read.

    Parameters
    ----------
    message
        What Jinja says.
    line
        The line of the template.
    """
    if message.startswith(_OF_CLAIMS):
        return message
    left_open, unknown, filtered = (one.search(message) for one in (_OPEN_TAG, _UNKNOWN_TAG, _NO_FILTER))
    if left_open:
        name = left_open[1]
        found = f", before '{{% {unknown[1]} %}}'" if unknown else ""
        return f"'{{% {name} %}}' is not closed; write '{{% end{name} %}}' after it{found}"
    if unknown:
        return f"there is no tag '{{% {unknown[1]} %}}'"
    if filtered:
        why = "; texts print figures as they stand" if filtered[1] in REFUSED_FILTERS else ""
        return f"{filtered[0]}{why}"
    return f"a bracket, brace or quote is not closed, or something is missing, in '{line.strip()}'"


def call_mistake(message: str, functions: Mapping[str, object]) -> str | None:
    """Return how a function is written that was called with wrong arguments; None for other errors."""
    called = _CALL.match(message)
    function = functions.get(called[1]) if called else None
    if called is None or not callable(function):
        return None
    known = list(signature(function).parameters.values())
    name, unexpected = called[1], _UNEXPECTED.search(message)
    names = [one.name for one in known]
    wrong = f"wrong arguments for {name}()"
    if unexpected:
        wrong = f"{name}() has no argument '{unexpected[1]}'{did_you_mean(unexpected[1], names)}"
    where = "; an address is 'part/indicator/group', in quotes" if "address" in names else ""
    return f"{wrong}; write {name}({', '.join(map(_written, known))}){where}"


def _written(parameter: Parameter) -> str:
    has_default = parameter.default is not Parameter.empty
    return f"{parameter.name}={parameter.default!r}" if has_default else parameter.name

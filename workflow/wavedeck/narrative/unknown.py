"""Names in templates that no study and no function has, found before there are figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables

from wavedeck.narrative.refusals import Found, RefusedError, trees
from wavedeck.study.errors import did_you_mean
from wavedeck.study.load import Study
from wavedeck.study.paths import shown

_ADDRESS = re.compile(r"^(?P<part>\w+)/(?P<indicator>\w+)(?=[@./])")


def refuse_unknown(jinja: Environment, folder: Path, file: str, study: Study) -> None:
    """Refuse a template, or one that it includes, that calls what does not exist or asks for no indicator.

    Addresses that a template puts together are looked at as far as they are written out.

    Raises
    ------
    RefusedError
        With a line for every unknown name.
    """
    told = [
        f"{shown(path)}, line {line}: {mistake}"
        for path, tree in trees(jinja, folder, file)
        for line, mistake in sorted({*_functions(tree, jinja.globals), *_indicators(tree, study)})
    ]
    if told:
        raise RefusedError("\n".join(told))


def _functions(tree: nodes.Template, known: Collection[str]) -> Found:
    missing = find_undeclared_variables(tree) - set(known)
    for call in tree.find_all(nodes.Call):
        name = getattr(call.node, "name", None)
        if isinstance(call.node, nodes.Name) and name in missing:
            yield call.lineno, f"there is no function {name}(){did_you_mean(name, known)}"


def _indicators(tree: nodes.Template, study: Study) -> Found:
    known = (*study.every_indicator, *study.impact.analyses)
    for line, text in _strings(tree):
        found = _ADDRESS.match(text)
        if found and found["part"] in study.settings.parts and found["indicator"] not in known:
            yield (
                line,
                f"'{text}': there is no indicator '{found['indicator']}'"
                + did_you_mean(found["indicator"], known),
            )


def _strings(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            yield constant.lineno, constant.value

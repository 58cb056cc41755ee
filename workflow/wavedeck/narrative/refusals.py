"""What no template may hold: waves and numbers written out, printed figures compared, another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.meta import find_referenced_templates

from wavedeck.study.errors import NarrativeError
from wavedeck.study.paths import shown
from wavedeck.study.typed_numbers import typed_number

PRINTING = frozenset(("fig", "base", "diff", "p_value", "between", "constant", "span", "fraction"))
_OTHER = re.compile(r"\.(\w+)\.j2$")
_NO_COMPARING = (
    "printed figures cannot be compared; write more_than(a, b), at_least(a, 'constant'), rises(a) or "
    "highest_is('part/indicator', 'item')"
)
Found = Iterator[tuple[int, str]]


class RefusedError(NarrativeError):
    """A template holds what no template may hold; the message names every line."""


def refuse(jinja: Environment, folder: Path, file: str, waves: tuple[str, ...], language: str) -> None:
    """Refuse a template, or one that it includes, that holds what would not be true of another wave.

    Raises
    ------
    RefusedError
        With a line for everything that is wrong.
    """
    checks: tuple[Callable[[nodes.Template], Found], ...] = (
        lambda tree: _waves(tree, waves),
        _numbers,
        _compared,
        lambda tree: _languages(tree, language),
    )
    told = [
        f"{shown(path)}, line {line}: {mistake}"
        for path, tree in trees(jinja, folder, file)
        for line, mistake in sorted({found for check in checks for found in check(tree)})
    ]
    if told:
        raise RefusedError("\n".join(told))


def trees(jinja: Environment, folder: Path, file: str) -> Iterator[tuple[Path, nodes.Template]]:
    """Yield the path and the content of a template and of all that it includes."""
    waiting, seen = [file], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        source, path, _ = FileSystemLoader(folder).get_source(jinja, name)
        tree = jinja.parse(source, name, path)
        yield Path(path), tree
        waiting += [other for other in find_referenced_templates(tree) if other and other not in seen]


def _waves(tree: nodes.Template, waves: tuple[str, ...]) -> Found:
    names = "|".join(re.escape(name) for name in waves if len(name) > 2)
    literal = re.compile(rf"(?<![\w-])({names})(?![\w-])" if names else r"(?!)")
    for line, text in _literals(tree):
        found = literal.search(text)
        if found:
            mend = "write wave_label(), wave=-1 or wave='first' instead, so that the text holds in the next"
            yield line + text[: found.start()].count("\n"), f"'{found[1]}' is a wave; {mend} wave too"


def _literals(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for data in tree.find_all(nodes.TemplateData):
        yield data.lineno, data.data
    for constant in tree.find_all(nodes.Const):
        yield constant.lineno, constant.value if isinstance(constant.value, str) else ""


def _numbers(tree: nodes.Template) -> Found:
    """Yield each number in plain text, and in text that is printed or kept to be printed."""
    for data in tree.find_all(nodes.TemplateData):
        for place, text in enumerate(data.data.split("\n")):
            yield from _typed(data.lineno + place, text)
    for output in tree.find_all(nodes.Output):
        for expression in output.nodes:
            for constant in _printed(expression):
                yield from _typed(constant.lineno, str(constant.value))
    for kept in tree.find_all(nodes.Assign):
        for constant in _printed(kept.node):
            if isinstance(constant.value, str) and re.search(r"\s", constant.value):
                yield from _typed(constant.lineno, constant.value)


def _typed(line: int, text: str) -> Found:
    number = typed_number(text)
    if number:
        yield line, f"the number '{number}' is typed; write fig(), base() or counted(), or declare a constant"


def _printed(expression: nodes.Node) -> Iterator[nodes.Const]:
    """Yield the constants of an expression that end up in what it gives, not those that steer it."""
    inner: list[nodes.Node | None] = []
    match expression:
        case nodes.Const():
            yield expression
        case nodes.CondExpr():
            inner = [expression.expr1, expression.expr2]
        case nodes.Concat() | nodes.List() | nodes.Tuple():
            inner = list(expression.iter_child_nodes())
        case nodes.Add() | nodes.Or() | nodes.And():
            inner = [expression.left, expression.right]
        case nodes.Filter():
            inner = [expression.node]
    for one in inner:
        if one is not None:
            yield from _printed(one)


def _compared(tree: nodes.Template) -> Found:
    """Yield each comparison of printed figures: they are text, and '10' comes before '9'."""
    for compare in tree.find_all(nodes.Compare):
        sides = [compare.expr, *(operand.expr for operand in compare.ops)]
        if any(_prints_figure(side) for side in sides):
            yield compare.lineno, _NO_COMPARING


def _prints_figure(side: nodes.Node) -> bool:
    if isinstance(side, nodes.Getattr):
        return side.attr == "fig"
    return isinstance(side, nodes.Call) and isinstance(side.node, nodes.Name) and side.node.name in PRINTING


def _languages(tree: nodes.Template, language: str) -> Found:
    for reference in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        for constant in _constants(reference):
            found = _OTHER.search(str(constant.value))
            if found and found[1] != language:
                yield (
                    constant.lineno,
                    f"'{constant.value}' is in another language than this text ({language})",
                )


def _constants(reference: nodes.Node) -> Iterator[nodes.Const]:
    """Yield what names the template in a tag that takes another one in."""
    named = getattr(reference, "template", None)
    if isinstance(named, nodes.Const):
        yield named
    elif isinstance(named, nodes.Node):
        yield from named.find_all(nodes.Const)

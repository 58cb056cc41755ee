"""The tag ``{% claim 'name' if … %} … {% otherwise %} … {% endclaim %}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from wavedeck.narrative.basis import basis_of
from wavedeck.narrative.claims import Claim, Prints
from wavedeck.study.errors import NarrativeError

if TYPE_CHECKING:
    from wavedeck.narrative.narrator import Narrator

_TITLE = re.compile(r"^[ \t]*# ", re.MULTILINE)
_TITLE_OF_CLAIM = re.compile(r"^\s*#\s+\{%[-+]?\s*claim\b")
NEEDS = "a claim that gives the title needs {% otherwise %}, the title for when it does not hold"
FORM = "write {% claim 'name' if rises('part/indicator/group') %} … {% otherwise %} … {% endclaim %}"


class ClaimTag(Extension):
    """Binds a sentence to a condition, and tells the narrator what became of it."""

    tags = {"claim"}  # noqa: RUF012 - as Jinja declares it
    narrator: Narrator

    def parse(self, parser: Parser) -> nodes.Node:
        """Read one claim."""
        line = next(parser.stream).lineno
        name = parser.parse_expression(with_condexpr=False)
        if not parser.stream.skip_if("name:if"):
            parser.fail(f"a claim has a name and a condition; {FORM}", line)
        condition = parser.parse_expression()
        self._require_figures(parser, condition, line)
        body = parser.parse_statements(("name:otherwise", "name:endclaim"))
        other: list[nodes.Node] = []
        if next(parser.stream).value == "otherwise":
            other = parser.parse_statements(("name:endclaim",), drop_needle=True)
        if not other and self._gives_title(parser, body, line):
            parser.fail(NEEDS, line)
        return nodes.If(self._call(name, condition, bool(other)), body, [], other, lineno=line)

    def _call(self, name: nodes.Expr, condition: nodes.Expr, has_other: bool) -> nodes.Call:
        loaded = {one.name for one in condition.find_all(nodes.Name)}
        loaded |= {condition.name} if isinstance(condition, nodes.Name) else set()
        used = nodes.List([nodes.Name(one, "load") for one in sorted(loaded)])
        opened = self.call_method("_opened", [name])
        return self.call_method("_closed", [opened, condition, used, nodes.Const(has_other)])

    def _require_figures(self, parser: Parser, condition: nodes.Expr, line: int) -> None:
        asks = (nodes.Call, nodes.Name, nodes.Getattr)
        if not isinstance(condition, asks) and not any(condition.find_all(asks)):
            parser.fail(f"the condition of a claim rests on no figure; {FORM}", line)

    def _gives_title(self, parser: Parser, body: list[nodes.Node], line: int) -> bool:
        holder = nodes.Template(body, lineno=line)
        return any(_TITLE.search(one.data) for one in holder.find_all(nodes.TemplateData)) or bool(
            _TITLE_OF_CLAIM.match(self._source_line(parser, line))
        )

    def _source_line(self, parser: Parser, line: int) -> str:
        loader = self.environment.loader
        if loader is None or parser.name is None:
            return ""
        lines = loader.get_source(self.environment, parser.name)[0].splitlines()
        return lines[line - 1] if line <= len(lines) else ""

    def _opened(self, name: object) -> str:
        """Begin to note which figures the condition asks for."""
        if not isinstance(name, str) or not name.strip():
            raise NarrativeError(f"{name!r} is no name of a claim; {FORM}")
        if any(claim.name == name for claim in self.narrator.claims):
            raise NarrativeError(f"claim '{name}' stands twice on this slide; give each a name of its own")
        self.narrator.trail.clear()
        return name

    def _closed(self, name: str, condition: object, used: list[object], has_other: bool) -> bool:
        """Note what became of a claim."""
        asked = [*self.narrator.trail, *(basis for value in used for basis in basis_of(value))]
        holds = bool(condition)
        prints: Prints = "sentence" if holds else "alternative" if has_other else "nothing"
        self.narrator.claims.append(Claim(name, holds, prints, tuple(dict.fromkeys(asked))))
        return holds

"""One table of the book: title and question, heads, rows with figures and bases, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wavedeck.figures.formats import format_number, number_code, round_half_up
from wavedeck.figures.records import Figure
from wavedeck.narrative.book_names import indicator_name, measure_of
from wavedeck.render.book.banner import BannerColumn, banner_of, head_rows
from wavedeck.render.book.body import BASES, CATEGORY, INDICATOR, ITEM, Body, Row, body_of
from wavedeck.render.book.describe import Cell, Claim, Look, Sheet, cell_of_runs
from wavedeck.render.book.families import IMPACT, Content
from wavedeck.render.book.notes import notes_under
from wavedeck.render.book.setting import Setting
from wavedeck.render.book.subject import asked_of, question_of, title_of
from wavedeck.render.book.widths import widths_of
from wavedeck.render.chart.workbook import Exact
from wavedeck.render.compose.context import MARKS
from wavedeck.render.signs import SIGNS
from wavedeck.render.text import Run

Cells = list[Cell | None]


@dataclass(frozen=True)
class BookTable:
    """A table with its number and the name of its sheet."""

    setting: Setting
    content: Content
    number: int
    name: str

    @property
    def part(self) -> str:
        """Return its part."""
        return self.content.family.part

    @cached_property
    def columns(self) -> list[BannerColumn]:
        """Return its columns."""
        return banner_of(self.setting, self.content)

    @cached_property
    def body(self) -> Body:
        """Return its figures."""
        return body_of(self.content, dict(self.setting.store.figures), self.columns)

    @cached_property
    def title(self) -> str:
        """Return what it is about."""
        return title_of(self.setting, self.content)

    @cached_property
    def stub(self) -> tuple[int, ...]:
        """Return the parts of an address that its rows name, indicator first."""
        rows = self.content.rows
        found = [ITEM] if any(item for _, item, _ in rows) else []
        many = len(self.content.indicators) > 1
        alike = len({(row[ITEM], self._row_name(row)) for row in rows}) < len(rows)
        if alike or (many and self.content.family.kind == IMPACT):
            found.insert(0, INDICATOR)
        if any(category for _, _, category in rows) or (many and INDICATOR not in found):
            found.append(CATEGORY)
        return tuple(found)

    def _row_name(self, row: Row) -> str:
        """Return the answer, or the indicator where it has no answers."""
        if row[CATEGORY]:
            return self.setting.labels.category(row[INDICATOR], row[CATEGORY])
        return indicator_name(self.setting.labels, self.setting.words, row[INDICATOR])

    @property
    def bases(self) -> tuple[str, ...]:
        """Return the bases worth a row: where nothing is weighted, all three are the number of answers."""
        weighting = self.setting.study.weighting.parts.get(self.part)
        return BASES if weighting is not None and weighting.method != "none" else BASES[:1]

    def measure(self, indicator: str) -> str:
        """Return in what an indicator is given: %, mean, NPS, number."""
        return measure_of(self.setting.labels, self.setting.words, indicator)

    def sheet(self) -> Sheet:
        """Return the whole sheet."""
        head = self._head()
        body = list(self._rows())
        notes = notes_under(self.setting, self.content, self._states(), {one.against for one in self.columns})
        untested = self.setting.words["not_tested"]
        if any(cell is not None and cell.value == untested for row in body for cell in row):
            notes.append((Run(self.setting.words["tests_not"]),))
        foot: list[Cells] = [[]]
        foot += [[cell_of_runs(runs, Look("note"))] for runs in notes]
        stub = len(self.stub) + 1
        tab = f"category_{list(self.setting.study.settings.parts).index(self.part) % 4 + 1}"
        widths = widths_of(head[-3:], body, stub=stub)
        return Sheet(self.name, tab, [*head, *body, *foot], widths, len(head), stub, len(body))

    def _head(self) -> list[Cells]:
        words, stub = self.setting.words, len(self.stub) + 1
        number = Run(str(self.number), address="study/tables", field="numbering")
        lines: list[Cells] = [[cell_of_runs([number, Run(f". {self.title}")], Look("title"))]]
        question = question_of(self.setting, self.content)
        lines += [[cell_of_runs(question, Look("line"))]] if question else []
        lines += [[Cell(words["asked"].format(who=asked_of(self.setting, self.content)), Look("line"))]]
        sets, groups, waves = head_rows(self.setting, self.part, self.columns)
        back = Cell(words["back"], Look("link"), link=f"internal:'{words['contents']}'!A1")
        dummy = Cell(words["dummy"], Look("line")) if self.setting.study.settings.dummy else None
        names = [words[("indicator", "item", "category")[one]] for one in self.stub] + [words["measure"]]
        heads: Cells = [Cell(name, Look("stub_head")) for name in names]
        gap: Cells = [None] * (stub - 1)
        return [*lines, [back, *gap, *sets], [dummy, *gap, *groups], [*heads, *waves]]

    def _states(self) -> set[str]:
        return {figure.state for figure in self.body.figures.values()}

    def _rows(self) -> Iterator[Cells]:
        for block in self.body.blocks():
            for place, row in enumerate(block.rows):
                yield self._figure_row(row, rule=not place)
            for name in self.bases:
                for scope in block.scopes:
                    if self.body.has_base(scope, name):
                        yield self._base_row(scope, name)

    def _figure_row(self, row: Row, *, rule: bool) -> Cells:
        names = [self._stub_name(row, dimension) for dimension in self.stub]
        look = Look("stub", rule=rule)
        heads: Cells = [Cell(name, look) for name in (*names, self.measure(row[INDICATOR]))]
        return [*heads, *(self._cell(row, column, rule=rule) for column in self.columns)]

    def _stub_name(self, row: Row, dimension: int) -> str:
        if dimension == INDICATOR:
            return indicator_name(self.setting.labels, self.setting.words, row[INDICATOR])
        if dimension == ITEM:
            return self.setting.labels.item(row[INDICATOR], row[ITEM])
        return self._row_name(row)

    def _cell(self, row: Row, column: BannerColumn, *, rule: bool) -> Cell:
        if column.against:
            return self._mark(row, column, rule=rule)
        figure = self.body.figures[row, column]
        look = Look("figure", bold=column.wave == self.setting.wave, rule=rule, opens=column.opens)
        return figure_cell(self.setting, figure, look)

    def _mark(self, row: Row, column: BannerColumn, *, rule: bool) -> Cell:
        address = column.address(self.part, row)
        item = self.setting.store.comparison(address, column.against)
        if item is None or not item.mark:
            return Cell(self.setting.words["not_tested"], Look("mark", rule=rule, role="grey"))
        sign = MARKS.get(item.mark, "")
        role = {"+": "positive_strong", "-": "negative_strong"}.get(item.mark, "")
        claims = (Claim(address, f"{column.against}.mark", sign),) if sign else ()
        return Cell(sign, Look("mark", rule=rule, role=role), claims)

    def _base_row(self, scope: Sequence[Row], name: str) -> Cells:
        words, look = self.setting.words, Look("stub", quiet=True)
        named = ({self._stub_name(row, one) for row in scope} for one in self.stub)
        names = [own.pop() if len(own) == 1 else words["bases"] for own in named]
        heads: Cells = [Cell(text, look) for text in (*names, words[name])]
        return [*heads, *(self._base(scope, column, name) for column in self.columns)]

    def _base(self, scope: Sequence[Row], column: BannerColumn, name: str) -> Cell:
        if column.against:
            return Cell("", Look("mark", quiet=True))
        look = Look("base", quiet=True, opens=column.opens)
        return base_cell(self.setting, self.body.behind(scope, column), name, look)


def figure_cell(setting: Setting, figure: Figure, look: Look) -> Cell:
    """Return a figure as a cell: the rounded value in the format of its unit, or the sign of its state."""
    printed = setting.context.printed(figure)
    if not printed or figure.estimate is None:
        sign = SIGNS[figure.state]
        return Cell(sign, look, (Claim(figure.address, "estimate", sign),))
    low = SIGNS["low_base"] if figure.state == "low_base" else ""
    code = number_code(figure.unit, figure.decimals)
    code = f'"{low}"{code}' if low else code
    value = Exact(round_half_up(figure.estimate, figure.decimals))
    claim = Claim(figure.address, "estimate", f"{low}{printed}")
    return Cell(value, replace(look, code=code), (claim,))


def base_cell(setting: Setting, figure: Figure, name: str, look: Look) -> Cell:
    """Return a base of a figure as a cell, or the sign of its state."""
    value = getattr(figure, name) if figure.is_shown else None
    if value is None:
        sign = SIGNS[figure.state]
        return Cell(sign, look, (Claim(figure.address, name, sign),))
    printed = format_number(value, 0, setting.context.language)
    rounded = Exact(round_half_up(value, 0))
    return Cell(
        rounded,
        replace(look, code=number_code("count", 0)),
        (Claim(figure.address, name, printed),),
    )

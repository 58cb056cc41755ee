"""The two sheets before the tables: contents with links, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date

from wavedeck.figures.formats import format_number
from wavedeck.figures.records import Figure
from wavedeck.render.book.banner import AGAINST, set_label
from wavedeck.render.book.describe import Cell, Claim, Look, Sheet, cell_of_runs
from wavedeck.render.book.notes import mark_notes, state_notes
from wavedeck.render.book.setting import Setting
from wavedeck.render.book.subject import asked_of, broken_down
from wavedeck.render.book.table import BookTable, base_cell
from wavedeck.render.compose.asked import BASELESS
from wavedeck.render.compose.footers import Note, constant_run, filled, wave_run
from wavedeck.render.text import Run
from wavedeck.study.base import language_tag, text_in

Cells = list[Cell | None]
_HEAD = 4
_PERCENT = 100.0


def contents_sheet(setting: Setting, tables: Sequence[BookTable]) -> Sheet:
    """Return the list of tables: number, part, subject, groups, who was asked, largest base; each a link."""
    words, wave = setting.words, wave_run(setting.context, setting.wave)
    title = setting.study.report_title(setting.wave, setting.context.language)
    notice = Cell(words["dummy"], Look("line")) if setting.study.settings.dummy else None
    named = ("table", "part", "subject", "measure", "broken_down", "asked_of")
    heads: Cells = [Cell(words[one], Look("column_head")) for one in named]
    largest = cell_of_runs(
        filled(words["largest_base"], {"wave": (wave,)}), Look("column_head", code="right")
    )
    reading = Cell(words["reading"], Look("link"), link=f"internal:'{words['reading']}'!A1")
    rows: list[Cells] = [
        [Cell(f"{title}: {words['title']}", Look("title"))],
        [Cell(text_in(setting.study.settings.author, setting.context.language), Look("line"))],
        [reading, None, notice],
        [*heads, largest],
        *(_entry(setting, table, rule=_opens(tables, place)) for place, table in enumerate(tables)),
    ]
    widths = (9.0, 26.0, 48.0, 20.0, 44.0, 44.0, 12.0)
    return Sheet(words["contents"], "brand", rows, widths, _HEAD, 0, len(tables), frozenset(range(1, 6)))


def _opens(tables: Sequence[BookTable], place: int) -> bool:
    return not place or tables[place].part != tables[place - 1].part


def _entry(setting: Setting, table: BookTable, *, rule: bool) -> Cells:
    look, link = Look("text", rule=rule), f"internal:'{table.name}'!A1"
    number = Cell(table.number, Look("text", rule=rule, code="0"), (_numbering(table),))
    part = setting.text(setting.study.settings.parts[table.part].label)
    sets = [set_label(setting, table.part, one.group) for one in table.columns]
    return [
        number,
        Cell(part, look),
        Cell(table.title, Look("link", rule=rule), (), link),
        Cell(_measures(table), look),
        Cell(broken_down(setting, table.content, sets), look),
        Cell(asked_of(setting, table.content), look),
        _largest(setting, table, rule=rule),
    ]


def _measures(table: BookTable) -> str:
    return ", ".join(dict.fromkeys(table.measure(one) for one in table.content.indicators))


def _numbering(table: BookTable) -> Claim:
    return Claim("study/tables", "numbering", str(table.number))


def _largest(setting: Setting, table: BookTable, *, rule: bool) -> Cell | None:
    """Return the largest base of a table in the newest wave, or the sign of the first figure without one."""
    own = [one for one in table.body.figures.values() if one.statistic not in BASELESS]
    newest = [one for one in own if one.wave == setting.wave]
    if not newest:
        return Cell("", Look("base", rule=rule))
    return base_cell(setting, max(newest, key=_size), "base", Look("base", rule=rule))


def _size(figure: Figure) -> float:
    return figure.base if figure.is_shown and figure.base is not None else -1.0


def reading_sheet(setting: Setting, tables: Sequence[BookTable]) -> Sheet:
    """Return how to read the tables: where figures come from, bases, weighting, signs, marks."""
    back = Cell(setting.words["back"], Look("link"), link=f"internal:'{setting.words['contents']}'!A1")
    rows: list[Cells] = [[Cell(setting.words["reading"], Look("title"))], [back]]
    for key, notes in _sections(setting, tables):
        rows += [[], [Cell(setting.words[key], Look("heading"))]]
        rows += [[cell_of_runs(note, Look("text"))] for note in notes]
    return Sheet(setting.words["reading"], "brand", rows, (110.0,), wraps=frozenset((0,)))


def _sections(setting: Setting, tables: Sequence[BookTable]) -> Iterator[tuple[str, list[Note]]]:
    words, part = setting.words, next(iter(setting.study.settings.parts))
    plain: list[Note] = [
        (Run(words[one]),) for one in ("tables_rows", "tables_newest", "tables_filter", "tables_sums")
    ]
    several = any("multiple" in one.body.statistics.values() for one in tables)
    plain += [(Run(words["tables_multiple"]),)] if several else []
    states = {figure.state for table in tables for figure in table.body.figures.values()}
    against = {column.against for table in tables for column in table.columns}
    yield "about", _about(setting)
    yield "fieldwork", list(_fieldwork(setting))
    yield "tables", plain
    yield "weighting", _weighting(setting)
    yield "signs", state_notes(setting, part, states)
    if against & set(AGAINST):
        yield "tests", [*mark_notes(setting, part, against), *_tests(setting)]


def _about(setting: Setting) -> list[Note]:
    words, settings, language = setting.words, setting.study.settings, setting.context.language
    published = date.fromisoformat(setting.study.wave(setting.wave).published)
    day = format_date(published, "long", locale=language_tag(language).replace("-", "_"))
    values = {
        "agency": (Run(text_in(settings.author, language)),),
        "commissioner": (Run(text_in(settings.commissioner or {}, language)),)
        if settings.commissioner
        else (),
        "date": (Run(day, address=setting.wave, field="published"),),
    }
    title = Run(setting.study.report_title(setting.wave, language))
    agency = "about_agency_for" if settings.commissioner else "about_agency"
    notes: list[Note] = [tuple(filled(words["about_report"], {"title": (title,)}))]
    notes.append(tuple(filled(words[agency], values)))
    notes.append((Run(words["about_sources"]),))
    return [*notes, (Run(words["about_dummy"]),)] if settings.dummy else notes


def _fieldwork(setting: Setting) -> Iterator[Note]:
    """Yield when the fieldwork of each part and wave was, where the study says so."""
    study = setting.study
    for part, declared in study.settings.parts.items():
        for wave in study.waves_until(setting.wave):
            period = study.settings.fieldwork(wave, part) if part in study.parts_in(wave) else None
            if period:
                values = {
                    "part": (Run(setting.text(declared.label)),),
                    "wave": (wave_run(setting.context, wave),),
                    "text": (Run(setting.text(period), address=wave, field="fieldwork"),),
                }
                yield tuple(filled(setting.words["fieldwork_of"], values))


def _weighting(setting: Setting) -> list[Note]:
    words, notes = setting.words, list[Note]()
    for part, declared in setting.study.settings.parts.items():
        own = setting.study.weighting.parts.get(part)
        text = words[f"weighting_{own.method if own else 'none'}"]
        notes.append((Run(text.format(part=setting.text(declared.label))),))
    weighted = any(one.method != "none" for one in setting.study.weighting.parts.values())
    kinds = ("bases_unweighted", *("bases_weighted", "bases_effective") * weighted, "bases_rows")
    return [*notes, *((Run(words[one]),) for one in kinds)]


def _tests(setting: Setting) -> Iterator[Note]:
    tests, language = setting.study.settings.tests, setting.context.language
    level = format_number(_PERCENT * (1 - tests.level), 0, language) + "%"
    correction = "" if tests.correction == "none" else setting.context.words[tests.correction]
    minimum = constant_run(setting.context.number(tests.minimum_base), "tests.minimum_base")
    values = {
        "level": (constant_run(level, "tests.level"),),
        "correction": (Run(correction),) if correction else (),
        "minimum": (minimum,),
    }
    yield tuple(filled(setting.words["tests_level"], values))
    for key in ("tests_what", "tests_empty", "tests_not"):
        yield (Run(setting.words[key]),)

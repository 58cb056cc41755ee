"""The table book of a report: contents, how to read it, and a sheet per table."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from xlsxwriter import Workbook

from wavedeck.render.book.describe import Sheet
from wavedeck.render.book.families import contents_of
from wavedeck.render.book.front import contents_sheet, reading_sheet
from wavedeck.render.book.looks import Looks
from wavedeck.render.book.names import sheet_name
from wavedeck.render.book.package import ledger_of, with_ledger
from wavedeck.render.book.setting import Setting
from wavedeck.render.book.subject import title_of
from wavedeck.render.book.table import BookTable
from wavedeck.render.book.write import write_sheet
from wavedeck.render.compose.context import Context
from wavedeck.render.files import write_whole
from wavedeck.render.pptx.package import normalise
from wavedeck.study.base import language_tag, text_in


def write_book(context: Context, path: Path) -> list[Sheet]:
    """Write the table book of a report; the same bytes for the same store and study.

    Parameters
    ----------
    context
        The report with its publishable store.
    path
        Where the workbook goes.

    Returns
    -------
    list
        The sheets as described.
    """
    setting = Setting(context)
    sheets = sheets_of(setting)
    stamp = dt.datetime.combine(dt.date.fromisoformat(context.study.wave(context.wave).published), dt.time())
    report = {
        "study": context.study.name,
        "wave": context.wave,
        "language": language_tag(context.language),
    }
    blob = with_ledger(_written(setting, sheets, stamp), ledger_of(sheets, report))
    write_whole(path, normalise(blob, stamp=stamp))
    return sheets


def sheets_of(setting: Setting) -> list[Sheet]:
    """Describe every sheet of a table book: contents, how to read it, then the tables."""
    contents = contents_of(setting.study, setting.store, setting.labels)
    tables = [
        BookTable(setting, one, number, sheet_name(number, title_of(setting, one)))
        for number, one in enumerate(contents, start=1)
    ]
    front = [contents_sheet(setting, tables), reading_sheet(setting, tables)]
    return [*front, *(one.sheet() for one in tables)]


def _written(setting: Setting, sheets: list[Sheet], stamp: dt.datetime) -> bytes:
    stream = io.BytesIO()
    context, settings = setting.context, setting.study.settings
    title = context.study.report_title(context.wave, context.language)
    author = text_in(settings.author, context.language)
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties(
            {
                "title": f"{title}: {setting.words['title']}",
                "subject": text_in(settings.subtitle, context.language) if settings.subtitle else "",
                "author": author,
                "company": author,
                "created": stamp,
            }
        )
        looks, page = Looks(book, context.style), _page(setting, title, author)
        for sheet in sheets:
            write_sheet(book, looks, sheet, context.style, page)
    return stream.getvalue()


def _page(setting: Setting, title: str, author: str) -> dict[str, str]:
    notice = setting.words["dummy"] if setting.study.settings.dummy else ""
    left, right, middle = (one.replace("&", "&&") for one in (title, notice, author))
    page = setting.words["page"]
    return {"header": f"&L{left}&R{right}", "footer": f"&L{middle}&C&A&R{page} &P / &N"}

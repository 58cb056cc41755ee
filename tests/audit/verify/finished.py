"""The finished report of the tiny study, made once: deck, PDF and the truth to hold them against."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

import tiny_study
from wavedeck.audit.verify.expected import Truth
from wavedeck.figures.quote_book import PrintedQuote, QuoteBook
from wavedeck.render.compose.report import write_deck
from wavedeck.render.pdf import convert

_QUOTE = PrintedQuote("wishes", "en", "en", "sex_female", "visitors/remark/sex_female/2024", "More chairs.")
BOOK = QuoteBook((_QUOTE,))


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp())
    write_deck(tiny_study.context(quotes=BOOK), tiny_study.HOUSE / "deck.pptx", made / "deck.pptx")
    return made


def deck() -> Path:
    return folder() / "deck.pptx"


@cache
def pdf() -> Path:
    path = folder() / "deck.pdf"
    title, created = "Visitors of a small library 2024", dt.date(2024, 6, 28)
    convert(deck(), path, language="en-GB", title=title, created=created)
    return path


@cache
def truth() -> Truth:
    stores = tiny_study.stores()
    study = tiny_study.study()
    return Truth(study, "2024", "en", stores.publishable, stores.full.figures, BOOK)

"""Quotes as paragraphs: the text, then whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from wavedeck.render.compose.context import Context
from wavedeck.render.text import Paragraph, Run
from wavedeck.study.base import text_in
from wavedeck.study.visuals import QuotesSpec

FIELD = "quote"
TYPED = "study/quotes"


def quote_paragraphs(context: Context, quotes: QuotesSpec) -> list[Paragraph]:
    """Return quotes chosen by a rule, or typed, each followed by the label of its group.

    Each carries its source, so that the ledger knows where its words and numbers come from.
    """
    return [
        paragraph
        for text, group, address in _quotes(context, quotes)
        for paragraph in _paragraphs(context, text, group, address)
    ]


def quoted_question(context: Context, quotes: QuotesSpec) -> str:
    """Return the line with the question that quotes answer, empty where it is not known."""
    rules = context.study.verbatims.selections
    name = rules[quotes.selection].variable if quotes.selection else quotes.variable
    variable = context.study.codebook.variables[name] if name else None
    if variable is None or variable.question is None:
        return ""
    return context.words["question"].format(text=text_in(variable.question, context.language))


def _quotes(context: Context, quotes: QuotesSpec) -> Iterator[tuple[str, str, str]]:
    if quotes.selection:
        for chosen in context.quotes.of(quotes.selection, context.language):
            yield chosen.text, chosen.group, chosen.address
    for typed in quotes.quotes:
        yield text_in(typed.text, context.language), typed.group, TYPED


def _paragraphs(context: Context, text: str, group: str, address: str) -> Iterator[Paragraph]:
    words = context.words["quote"].format(text=text)
    run = Run(words, address=address, field=FIELD)
    yield Paragraph((run,), style="quote")
    yield Paragraph((Run(context.labels.group(group)),), style="source")

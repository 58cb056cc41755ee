from __future__ import annotations

from pathlib import Path

import tiny_study
from wavedeck.figures.quote_book import PrintedQuote, QuoteBook
from wavedeck.render.compose.quotes import quote_paragraphs, quoted_question
from wavedeck.render.compose.report import write_deck
from wavedeck.study.visuals import QuotesSpec

ADDRESS = "visitors/remark/sex_female/2024"
CHOSEN = PrintedQuote("wishes", "en", "en", "sex_female", ADDRESS, "Open 2 hours longer, please.")
OTHER = PrintedQuote("wishes", "nl", "nl", "sex_female", ADDRESS, "Graag langer open.")
BOOK = QuoteBook((CHOSEN, OTHER))
BY_RULE = QuotesSpec(selection="wishes")


def test_chosen_quote_carries_its_address_and_the_label_of_its_group() -> None:
    words, source = quote_paragraphs(tiny_study.context(quotes=BOOK), BY_RULE)
    (run,) = words.runs
    assert (run.text, run.address, run.field) == ("“Open 2 hours longer, please.”", ADDRESS, "quote")
    assert (words.style, source.style, source.text) == ("quote", "source", "Women")


def test_typed_quote_has_its_study_as_source() -> None:
    typed = QuotesSpec.model_validate({"quotes": [{"text": "More chairs.", "group": "sex_male"}]})
    words, source = quote_paragraphs(tiny_study.context(), typed)
    assert (words.text, words.runs[0].address, source.text) == ("“More chairs.”", "study/quotes", "Men")


def test_rule_that_chose_nothing_gives_no_paragraph() -> None:
    assert quote_paragraphs(tiny_study.context(), BY_RULE) == []


def test_question_comes_from_the_rule_or_from_the_slide() -> None:
    context = tiny_study.context()
    asked = "What should be better?"
    assert asked in quoted_question(context, BY_RULE)
    quote = {"text": "x", "group": "all"}
    typed = QuotesSpec.model_validate({"variable": "remark", "quotes": [quote]})
    assert asked in quoted_question(context, typed)
    assert quoted_question(context, QuotesSpec.model_validate({"quotes": [quote]})) == ""


def test_ledger_knows_each_chosen_quote(tmp_path: Path) -> None:
    context = tiny_study.context(quotes=BOOK)
    printed = write_deck(context, tiny_study.HOUSE / "deck.pptx", tmp_path / "deck.pptx")
    quotes = [(one.address, one.printed) for one in printed if one.address == ADDRESS]
    assert quotes == [(ADDRESS, "“Open 2 hours longer, please.”")]

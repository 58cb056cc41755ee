from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from wavedeck.figures.cleared import read_cleared
from wavedeck.figures.quote_book import QuoteBook, read_quotes, write_quotes
from wavedeck.figures.quote_recipe import QuoteSettings
from wavedeck.figures.quotes import ChosenQuotes, choose_quotes, write_chosen
from wavedeck.intake.problems import RawDataError
from wavedeck.study.codebook import Codebook
from wavedeck.study.settings import Groups
from wavedeck.study.verbatims import VerbatimFile, Verbatims

CODEBOOK = Codebook.model_validate(
    {
        "variables": {
            "id": {"label": "Id", "type": "id"},
            "area": {"label": "Area", "type": "single", "categories": {"n": "North", "s": "South"}},
            "why": {"label": "Why", "type": "open"},
            "theme": {
                "label": "Theme",
                "type": "multi",
                "coded_from": "why",
                "categories": {"slow": "Slow", "kind": "Kind"},
            },
        }
    }
)
GROUPS = Groups.model_validate({"breakdowns": {"area": {"label": "Area", "variable": "area"}}})
HEAD = "respondent,variable,cleared,language,text\n"
# Eight in the north, two in the south; odd ones say slow, even ones kind.
RESPONSES = pa.table(
    {
        "_id": [str(number) for number in range(1, 11)],
        "area": ["n"] * 8 + ["s"] * 2,
        "area!": pa.nulls(10, pa.string()),
        "theme.slow": [number % 2 == 1 for number in range(1, 11)],
        "theme.kind": [number % 2 == 0 for number in range(1, 11)],
    }
)
TEXTS = "".join(f"{number},why,yes,nl,Dit is antwoord {number}\n" for number in range(1, 11))


@pytest.fixture
def choose(tmp_path: Path):
    """Choose quotes from a file of cleared texts."""

    def run(
        choices: list[dict],
        *,
        texts: str = TEXTS,
        languages: tuple[str, ...] = ("nl",),
        minimum: int = 3,
        redaction: dict | None = None,
        **rule: object,
    ) -> ChosenQuotes:
        (tmp_path / "cleared.csv").write_text(HEAD + texts)
        rule = {"part": "vis", "variable": "why", "minimum_length": 5, "choices": choices, **rule}
        declared = Verbatims.model_validate(
            {
                "files": {"vis": {"cleared": {"file": "data/{wave}/cleared.csv"}}},
                "frames": {"theme": {"tones": {"slow": "negative", "kind": "positive"}}},
                "redaction": redaction or {},
                "selections": {"voices": rule},
            }
        )
        settings = QuoteSettings(
            wave="2017",
            parts=["vis"],
            languages=list(languages),
            codebook=CODEBOOK,
            groups=GROUPS,
            verbatims=declared,
            minimum=minimum,
        )
        file = VerbatimFile(file="data/{wave}/cleared.csv")
        cleared = read_cleared(tmp_path / "cleared.csv", declared=file, wave="2017", rules=declared.redaction)
        return choose_quotes(settings, {"vis": RESPONSES}, {"vis": cleared})

    return run


def _texts(chosen: ChosenQuotes) -> list[str]:
    return [quote.text for quote in chosen.quotes]


def _rules(chosen: ChosenQuotes) -> list[str]:
    return [finding.rule for finding in chosen.findings]


def test_quotes_come_from_their_group_with_its_label_and_address(choose) -> None:
    chosen = choose([{"group": "area_n", "count": 3}])
    assert len({int(text.split()[-1]) for text in _texts(chosen)} & set(range(1, 9))) == 3
    assert {quote.group for quote in chosen.quotes} == {"area_n"}
    assert {quote.address for quote in chosen.quotes} == {"vis/why/area_n/2017"}
    assert chosen.findings == ()


def test_choice_is_the_same_each_time_and_another_with_another_seed(choose) -> None:
    wanted = [{"group": "area_n", "count": 4}]
    assert _texts(choose(wanted)) == _texts(choose(wanted))
    shuffled = "".join(reversed(TEXTS.splitlines(keepends=True)))
    assert _texts(choose(wanted, texts=shuffled)) == _texts(choose(wanted))
    assert _texts(choose(wanted, seed=2)) != _texts(choose(wanted))


def test_answer_not_cleared_is_never_quoted(choose) -> None:
    texts = TEXTS.replace("why,yes", "why,no").replace("4,why,no", "4,why,yes")
    chosen = choose([{"group": "all", "count": 2}], texts=texts)
    assert _texts(chosen) == ["Dit is antwoord 4"]
    assert _rules(chosen) == ["few_quotes"]


def test_small_group_is_left_out_and_said_so(choose) -> None:
    chosen = choose([{"group": "area_s"}])
    assert chosen.quotes == ()
    (finding,) = chosen.findings
    assert finding.rule == "small_group"
    assert "group 'area_s' has 2 respondents, fewer than 3; its quotes are left out" in finding.message


def test_small_group_gets_the_label_declared_instead(choose) -> None:
    chosen = choose([{"group": "area_s", "otherwise": "all"}])
    (quote,) = chosen.quotes
    assert (quote.group, quote.address) == ("all", "vis/why/all/2017")
    assert quote.text in ("Dit is antwoord 9", "Dit is antwoord 10")
    assert "labelled 'all' as declared" in chosen.findings[0].message


def test_label_instead_must_be_large_enough_too(choose) -> None:
    chosen = choose([{"group": "area_s", "otherwise": "all"}], minimum=11)
    assert chosen.quotes == ()


def test_group_of_exactly_the_minimum_keeps_its_label(choose) -> None:
    assert [quote.group for quote in choose([{"group": "area_s"}], minimum=2).quotes] == ["area_s"]


def test_tone_and_codes_restrict(choose) -> None:
    negative = _texts(choose([{"group": "area_n", "count": 9, "tone": "negative"}]))
    assert sorted(negative) == [f"Dit is antwoord {number}" for number in (1, 3, 5, 7)]
    kind = _texts(choose([{"group": "area_n", "count": 9, "codes": ["kind"]}]))
    assert sorted(kind) == [f"Dit is antwoord {number}" for number in (2, 4, 6, 8)]


def test_nobody_and_nothing_is_quoted_twice(choose) -> None:
    texts = "1,why,yes,nl,Dezelfde woorden\n2,why,yes,nl,dezelfde Woorden\n3,why,yes,nl,Andere woorden\n"
    chosen = choose([{"group": "area_n", "count": 2}, {"group": "all", "count": 2}], texts=texts)
    assert len(chosen.quotes) == 2
    assert len({text.casefold() for text in _texts(chosen)}) == 2


def test_sentence_that_was_quoted_is_not_quoted_again_within_another_text(choose) -> None:
    texts = "1,why,yes,nl,Het is traag. Ik wacht nog.\n2,why,yes,nl,Ik wacht nog!\n"
    assert len(choose([{"group": "all", "count": 2}], texts=texts).quotes) == 1


def test_length_has_limits(choose) -> None:
    texts = f"1,why,yes,nl,Kort\n2,why,yes,nl,{'Lang ' * 60}\n3,why,yes,nl,Precies goed\n"
    assert _texts(choose([{"group": "all", "count": 3}], texts=texts)) == ["Precies goed"]


def test_every_deck_gets_the_quote_in_its_own_language(choose) -> None:
    texts = "1,why,yes,nl,Het duurt lang\n1,why,yes,en,It takes long\n2,why,yes,nl,Alleen in het Nederlands\n"
    chosen = choose([{"group": "all", "count": 2}], texts=texts, languages=("nl", "en"))
    assert [(quote.deck, quote.text) for quote in chosen.quotes] == [
        ("nl", "Het duurt lang"),
        ("en", "It takes long"),
    ]


def test_quote_wanted_in_a_language_stands_so_in_every_deck(choose) -> None:
    texts = "1,why,yes,en,It takes long\n2,why,yes,nl,Het duurt lang\n2,why,yes,en,It takes so long\n"
    chosen = choose([{"group": "all", "count": 2, "language": "en"}], texts=texts, languages=("nl", "en"))
    assert [(one.deck, one.language, one.text) for one in chosen.quotes] == [
        ("nl", "en", "It takes long"),
        ("en", "en", "It takes long"),
    ]


def test_what_an_editor_overlooked_is_taken_out_and_reported_without_the_text(choose) -> None:
    chosen = choose([{"group": "all"}], texts="1,why,yes,nl,Mail mij op a.b@example.nl\n")
    assert _texts(chosen) == ["Mail mij op […]"]
    (finding,) = chosen.findings
    assert (finding.rule, finding.row) == ("redacted", 2)
    assert "example.nl" not in str(finding)


def test_text_that_keeps_a_long_number_is_not_quoted(choose) -> None:
    chosen = choose([{"group": "all"}], texts="1,why,yes,nl,Mijn zaak 12345 loopt\n")
    assert chosen.quotes == ()
    assert _rules(chosen) == ["digits", "few_quotes"]


def test_unclear_mark_of_clearing_stops_and_is_not_quoted(choose, tmp_path: Path) -> None:
    chosen = choose([{"group": "all"}], texts="1,why,misschien,nl,Dit is een antwoord\n")
    assert chosen.quotes == ()
    assert (chosen.findings[0].rule, chosen.findings[0].severity) == ("unclear_mark", "stop")
    outputs = [tmp_path / name for name in ("quotes.csv", "log.csv", "findings.csv")]
    with pytest.raises(
        RawDataError, match=r"data/2017/cleared\.csv:2: cleared says 'misschien'; write yes or no"
    ):
        write_chosen(chosen, *outputs)
    assert not any(path.exists() for path in outputs)


def test_text_of_nobody_we_know_is_reported(choose) -> None:
    chosen = choose([{"group": "all"}], texts="99,why,yes,nl,Dit is een antwoord\n")
    assert "unknown_respondent" in _rules(chosen)


def test_file_for_renderers_says_nothing_about_respondents(choose, tmp_path: Path) -> None:
    chosen = choose([{"group": "area_n", "count": 2}])
    path = tmp_path / "quotes.csv"
    write_quotes(chosen.quotes, path)
    assert path.read_text().splitlines()[0] == "selection,deck,language,group,address,text"
    assert read_quotes(path) == QuoteBook(chosen.quotes)
    assert list(chosen.log.columns) == ["selection", "file", "row", "id", "group", "label"]
    assert len(chosen.log) == 2


def test_book_gives_quotes_of_one_rule_in_one_language(choose) -> None:
    book = QuoteBook(choose([{"group": "area_n", "count": 2}]).quotes)
    assert len(book.of("voices", "nl")) == 2
    assert book.of("voices", "en") == book.of("others", "nl") == ()

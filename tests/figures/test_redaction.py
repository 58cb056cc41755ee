from __future__ import annotations

import pytest

from wavedeck.figures.redaction import longest_number, redact
from wavedeck.study.verbatims import Redaction


@pytest.mark.parametrize(
    ("text", "left", "pattern"),
    [
        ("Mail to j.de-vries+x@mail.example.nl please", "Mail to […] please", "email"),
        ("See www.example.org/page?x=1 now", "See […] now", "url"),
        ("See https://example.org now", "See […] now", "url"),
        ("On 12-03-2013 I came", "On […] I came", "date"),
        ("On 3 maart 2013 I came", "On […] I came", "date"),
        ("On 1st May I came", "On […] I came", "date"),
        ("Call 06-12345678.", "Call […].", "phone"),
        ("Call +31 (0)20 123 45 67.", "Call […].", "phone"),
        ("I live at 1234 AB", "I live at […]", "postcode"),
        ("My number 2845123456 is lost", "My number […] is lost", "phone"),
        ("File Z-123456 is lost", "File […] is lost", "long_number"),
    ],
)
def test_built_in_pattern_takes_out(text: str, left: str, pattern: str) -> None:
    found = redact(text, Redaction())
    assert found.text == left
    assert pattern in found.found


@pytest.mark.parametrize("text", ["I waited 3 months", "Grade 7.5, or 8", "In the year 2013", "Half of us"])
def test_harmless_text_stays(text: str) -> None:
    assert redact(text, Redaction()) == (text, ())


def test_own_pattern_comes_first_and_has_its_name() -> None:
    rules = Redaction.model_validate({"own": {"v_number": r"V-?\d{6,}"}, "mark": "X"})
    assert redact("My V-1234567 is lost", rules) == ("My X is lost", ("v_number",))


def test_names_go_whatever_their_case_and_only_as_whole_words() -> None:
    rules = Redaction(names=["Jansen", "Van den Berg"])
    assert redact("Ask JANSEN or van den berg, not Jansens", rules).text == "Ask […] or […], not Jansens"


def test_pattern_left_out_of_the_list_is_not_applied() -> None:
    assert redact("a@b.nl", Redaction(patterns=["date"])).text == "a@b.nl"


def test_no_number_has_length_nought() -> None:
    assert longest_number("none at all") == 0

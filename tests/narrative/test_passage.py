from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from wavedeck.narrative.passage import Piece, Source, mark_up, read_passage
from wavedeck.study.errors import NarrativeError

SEVEN = Source("p/mark/all/w", "estimate")


def test_title_is_one_line_and_text_follows_it() -> None:
    passage = read_passage("# A title\nA first\nsentence.\n\nA second.", [])
    assert passage.title.text == "A title"
    assert [(line.kind, line.text) for line in passage.lines] == [
        ("paragraph", "A first sentence."),
        ("paragraph", "A second."),
    ]


def test_heading_is_one_line() -> None:
    passage = read_passage("# T\n## Head\nText", [])
    assert [(line.kind, line.text) for line in passage.lines] == [("heading", "Head"), ("paragraph", "Text")]


def test_bullet_goes_on_until_the_next() -> None:
    passage = read_passage("# T\n- one\n  goes on\n- two\n\nAfter", [])
    assert [(line.kind, line.text) for line in passage.lines] == [
        ("bullet", "one goes on"),
        ("bullet", "two"),
        ("paragraph", "After"),
    ]


def test_note_stands_apart() -> None:
    passage = read_passage("# T\nText\nNote: for the speaker\nonly", [])
    assert [line.text for line in passage.notes] == ["for the speaker only"]
    assert [line.text for line in passage.lines] == ["Text"]


def test_bold_and_figures_become_pieces() -> None:
    text = f"# T\nGives **{mark_up('7.4', 0)} or more** now"
    assert read_passage(text, [SEVEN]).lines[0].pieces == (
        Piece("Gives "),
        Piece("7.4", "p/mark/all/w", "estimate", bold=True),
        Piece(" or more", bold=True),
        Piece(" now"),
    )


@pytest.mark.parametrize("name", ["lower", "upper", "title", "capitalize", "trim", "string"])
def test_figure_survives_filters(name: str) -> None:
    rendered = (
        Environment(autoescape=False)
        .from_string(f"# T\n{{{{ text | {name} }}}}")
        .render(text=f"gets {mark_up('7.4', 0)} from all")
    )
    pieces = read_passage(rendered, [SEVEN]).lines[0].pieces
    assert [(piece.text, piece.address) for piece in pieces if piece.address] == [("7.4", SEVEN.address)]


def test_figure_survives_replace_and_join() -> None:
    template = Environment(autoescape=False).from_string("# T\n{{ [a, a] | join(', ') | replace('.', ',') }}")
    pieces = read_passage(template.render(a=mark_up("7.4", 0)), [SEVEN]).lines[0].pieces
    assert [piece.text for piece in pieces] == ["7,4", ", ", "7,4"]


def test_figure_cut_in_pieces_is_refused() -> None:
    with pytest.raises(NarrativeError, match="a filter cut a printed figure"):
        read_passage("# T\n" + mark_up("7.4", 0)[:4], [SEVEN])


def test_two_titles_are_refused() -> None:
    with pytest.raises(NarrativeError, match="'One' and 'Two'"):
        read_passage("# One\n# Two", [])


def test_bold_left_open_is_refused() -> None:
    with pytest.raises(NarrativeError, match="bold text"):
        read_passage("# T\nIn **bold", [])


WORDS = st.text(
    st.characters(categories=("L", "N", "Zs", "P"), exclude_characters="*#-"), min_size=1, max_size=12
)


@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=6))
def test_pieces_together_are_the_text(parts: list[tuple[str, bool]]) -> None:
    sources = [Source(f"p/x{place}/all/w", "estimate") for place in range(len(parts))]
    body = "".join(
        mark_up(text, place) if is_figure else text for place, (text, is_figure) in enumerate(parts)
    )
    passage = read_passage(f"# T\n\nx{body}x", sources)
    assert len(passage.lines) == 1
    assert " ".join(passage.lines[0].text.split()) == " ".join(
        f"x{''.join(text for text, _ in parts)}x".split()
    )
    assert sum(bool(piece.address) for piece in passage.lines[0].pieces) == sum(figure for _, figure in parts)


def test_area_and_boxes_know_their_lines() -> None:
    text = "# T\nBefore\n::: area left\nIn\n::: box Keep\n- one\n:::\nAfter\n:::\n::: box\nLast\n:::\n"
    lines = read_passage(text, []).lines
    assert [(line.text, line.area, line.box) for line in lines] == [
        ("Before", "body", 0),
        ("In", "left", 0),
        ("Keep", "left", 1),
        ("one", "left", 1),
        ("After", "left", 0),
        ("Last", "body", 2),
    ]
    assert lines[2].kind == "heading"


def test_numbers_levels_and_breaks_are_read() -> None:
    text = "## + Head\n+ point\n- bullet\n-- under it\nName \\\nStreet 1\n\nEnd"
    lines = read_passage(text, []).lines
    assert [(one.text, one.kind, one.level, one.numbered, one.tight) for one in lines] == [
        ("Head", "heading", 0, True, False),
        ("point", "paragraph", 0, True, False),
        ("bullet", "bullet", 0, False, False),
        ("under it Name", "bullet", 1, False, True),
        ("Street 1", "paragraph", 0, False, False),
        ("End", "paragraph", 0, False, False),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("::: box A\nx", "a box is not closed"),
        (":::", "closes nothing"),
        ("::: area a\n::: area b\n:::\n:::", "stands in a area"),
        ("::: bxo A\n:::", "is unknown"),
    ],
)
def test_wrong_fence_is_refused(text: str, said: str) -> None:
    with pytest.raises(NarrativeError, match=said):
        read_passage(text, [])


def test_two_stars_before_a_space_are_a_sign() -> None:
    (foot,) = read_passage("# T\nText\nFoot: ** Sponsors stand elsewhere.", []).foot
    assert foot.text == "** Sponsors stand elsewhere."

import pytest

from render.samples import STYLE, quotes
from wavedeck.render.measure import break_lines, lines_of, text_width
from wavedeck.render.pptx.fit import fit, split_columns
from wavedeck.render.text import Paragraph, Run, bullets, paragraphs

SPEC = STYLE.sizes("body")
SENTENCE = "Customers wait less long than two years ago, and say so themselves. "


def test_short_text_gets_the_largest_size():
    found, _ = fit(paragraphs("Short"), width=4, height=4, spec=SPEC)
    assert found.size == SPEC.sizes[0]
    assert found.lines == 1


def test_longer_text_steps_down_within_the_limits():
    text = bullets([SENTENCE * 2] * 4)
    found, _ = fit(text, width=4, height=4.6, spec=SPEC)
    assert SPEC.sizes[-1] <= found.size < SPEC.sizes[0]


def test_text_beyond_the_smallest_size_does_not_fit():
    found, tried = fit(paragraphs(SENTENCE * 30), width=4, height=4, spec=SPEC)
    assert found is None
    assert tried.size == SPEC.sizes[-1]
    assert tried.height > 4


def test_title_may_take_two_lines_at_most():
    spec = STYLE.sizes("title")
    found, _ = fit(paragraphs("word " * 60), width=12.3, height=9, spec=spec)
    assert found is None


def test_word_wider_than_the_box_does_not_fit_however_high_it_is():
    found, _ = fit(paragraphs("Klanttevredenheidsonderzoeken"), width=1, height=5, spec=SPEC)
    assert found is None


def test_bold_runs_are_measured_bold():
    plain, bold = (Paragraph((Run(SENTENCE * 3, bold=one),)) for one in (False, True))
    assert text_width("Marks", 12, bold=True) > text_width("Marks", 12)
    assert (
        fit([plain], width=3, height=9, spec=SPEC)[1].lines
        <= fit([bold], width=3, height=9, spec=SPEC)[1].lines
    )


def test_runs_joined_within_a_word_stay_one_word():
    joined = Paragraph((Run("Klanten"), Run("panel", bold=True)))
    assert fit([joined], width=1.0, height=5, spec=SPEC)[0] is None


def test_columns_never_part_a_quote_from_its_source():
    text = quotes()
    left, right = split_columns(text, width=6, spec=SPEC)
    assert [*left, *right] == text
    assert left[-1].style == "source"
    assert right[0].style == "quote"


@pytest.mark.parametrize("width", [0.8, 1.5, 3.0])
def test_broken_lines_are_as_many_as_measured_and_fit(width):
    label = "Information about the progress of an application"
    lines = break_lines(label, width, 12).split("\n")
    assert len(lines) == lines_of(label, width, 12)
    assert " ".join(lines) == label
    assert all(text_width(line, 12) <= width for line in lines if " " in line)

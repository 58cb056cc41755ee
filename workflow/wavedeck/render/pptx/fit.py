"""Say whether paragraphs fit a box, and at which size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wavedeck.render.measure import line_height, text_width, wrap
from wavedeck.render.style import TextSizes
from wavedeck.render.text import Paragraph

BULLET_INDENT, NUMBER_INDENT = 0.2, 0.3
#: Least size of running text in points.
LEAST = 14.0
_SAFETY = 0.985
_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class StyleStep:
    """How a paragraph style differs from the body: points, and space as a share of its size.

    `fixed` is a size that does not follow the body, `least` the smallest it may get.
    """

    points: float = 0.0
    fixed: float = 0.0
    least: float = 0.0
    bold: bool = False
    italic: bool = False
    before: float = 0.0
    after: float | None = None
    role: str | None = None


STEPS = {
    "body": StyleStep(),
    "heading": StyleStep(bold=True, before=0.35, after=0.15, role="brand"),
    "lead": StyleStep(points=2),
    "quote": StyleStep(italic=True, after=0.1),
    "source": StyleStep(points=-3, least=12, after=1.2, role="grey"),
    "small": StyleStep(points=-2),
    "asked": StyleStep(fixed=10, role="grey"),
}


@dataclass(frozen=True)
class Fit:
    """A size at which text fits, with the height it then takes in inches."""

    size: float
    height: float
    lines: int


def paragraph_size(paragraph: Paragraph, size: float) -> float:
    """Return the type size of a paragraph in a box whose body has a given size."""
    step = STEPS[paragraph.style]
    return step.fixed or max(size + step.points - (1 if paragraph.level and size > LEAST else 0), step.least)


def widest_word(paragraph: Paragraph, size: float, *, family: str = "Carlito") -> float:
    """Return the width of the longest word of a paragraph in inches."""
    return max(word for word, _ in _words(paragraph, paragraph_size(paragraph, size), family))


def _words(paragraph: Paragraph, size: float, family: str) -> Iterator[tuple[float, float]]:
    bold_style = STEPS[paragraph.style].bold
    word = 0.0
    for run in paragraph.runs:
        bold = run.bold or bold_style
        for position, piece in enumerate(run.text.split(" ")):
            if position:
                yield word, text_width(" ", size, family=family, bold=bold)
                word = 0.0
            word += text_width(piece, size, family=family, bold=bold)
    yield word, 0.0


def paragraph_lines(paragraph: Paragraph, width: float, size: float, *, family: str = "Carlito") -> int:
    """Return the number of lines a paragraph takes at a body size in a box of a given width (inches)."""
    own = paragraph_size(paragraph, size)
    return wrap(list(_words(paragraph, own, family)), (width - indent_of(paragraph)) * _SAFETY)


def indent_of(paragraph: Paragraph) -> float:
    """Return by how many inches the text of a paragraph is indented."""
    return BULLET_INDENT * paragraph.level + hanging_of(paragraph)


def hanging_of(paragraph: Paragraph) -> float:
    """Return the room of a bullet or number before the text, in inches."""
    return NUMBER_INDENT if paragraph.number else BULLET_INDENT if paragraph.bullet else 0.0


def spaces(paragraph: Paragraph, size: float, share: float) -> tuple[float, float]:
    """Return the space before and after a paragraph in points."""
    step, own = STEPS[paragraph.style], paragraph_size(paragraph, size)
    after = 0.0 if paragraph.tight else share if step.after is None else step.after
    return step.before * own, after * own


def measure(
    content: Sequence[Paragraph], width: float, size: float, *, spec: TextSizes, family: str = "Carlito"
) -> Fit:
    """Measure paragraphs at a body size.

    Parameters
    ----------
    content
        Paragraphs from top to bottom.
    width
        Width of the box in inches.
    size
        Size of body text in points.
    spec
        Line spacing and space between paragraphs.
    family
        Typeface to measure with.
    """
    height, lines = 0.0, 0
    for position, paragraph in enumerate(content):
        own = paragraph_lines(paragraph, width, size, family=family)
        before, after = spaces(paragraph, size, spec.space_after)
        height += own * line_height(paragraph_size(paragraph, size), spec.line_spacing)
        height += (before if position else 0.0) / _POINTS_PER_INCH
        height += (after if position < len(content) - 1 else 0.0) / _POINTS_PER_INCH
        lines += own
    return Fit(size, height, lines)


def fit(
    content: Sequence[Paragraph],
    *,
    width: float,
    height: float,
    spec: TextSizes,
    family: str = "Carlito",
) -> tuple[Fit | None, Fit]:
    """Find the largest declared size at which paragraphs fit a box.

    Returns
    -------
    tuple
        The fit, or None where even the smallest size does not; and the measure at the smallest
        size tried, for the message.
    """
    measured = Fit(spec.sizes[0], 0.0, 0)
    for size in spec.sizes:
        measured = measure(content, width, size, spec=spec, family=family)
        too_many = spec.max_lines is not None and measured.lines > spec.max_lines
        words_fit = all(widest_word(one, size, family=family) <= width for one in content)
        if words_fit and not too_many and measured.height <= height + 0.02:
            return measured, measured
    return None, measured


_BREAK_BEFORE = frozenset({"quote", "heading", "lead"})


def split_columns(
    content: Sequence[Paragraph],
    *,
    width: float,
    spec: TextSizes,
    family: str = "Carlito",
    anywhere: bool = False,
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Divide paragraphs over two columns of about equal height, never between a quote and its source.

    Parameters
    ----------
    content
        Paragraphs in reading order.
    width
        Width of a column in inches.
    spec
        Type sizes; the largest is measured with.
    anywhere
        Divide between any two paragraphs, not only before quotes, headings and leads.
    """
    places = [
        place
        for place, paragraph in enumerate(content)
        if place
        and content[place - 1].style != "heading"
        and (anywhere or paragraph.style in _BREAK_BEFORE or content[place - 1].style == "source")
    ]

    def tallest(place: int) -> float:
        halves = (content[:place], content[place:])
        return max(measure(half, width, spec.sizes[0], spec=spec, family=family).height for half in halves)

    best = min(places, key=tallest, default=len(content))
    return content[:best], content[best:]

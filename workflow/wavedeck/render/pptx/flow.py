"""Texts in rectangles of a slide, some of them in quiet boxes, all in one type size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wavedeck.render.boxes import Box
from wavedeck.render.pptx.fit import measure, widest_word
from wavedeck.render.style import TextSizes
from wavedeck.render.text import Paragraph

GAP = 0.18
PADDING = 0.14


@dataclass(frozen=True)
class TextBlock:
    """Paragraphs that stand together; `boxed` in a quiet box, `ruled` under a thin rule."""

    content: tuple[Paragraph, ...]
    boxed: bool = False
    ruled: bool = False

    @property
    def inset(self) -> float:
        """Return the space between the edge and the text, in inches."""
        return PADDING if self.boxed else 0.0

    @property
    def rule(self) -> float:
        """Return the space that the rule takes over the text, in inches."""
        return 0.1 if self.ruled else 0.0


@dataclass(frozen=True)
class Flow:
    """Blocks from the top of a rectangle down, under the name that the ledger knows them by."""

    name: str
    blocks: tuple[TextBlock, ...]


def block_height(block: TextBlock, width: float, size: float, *, spec: TextSizes, family: str) -> float:
    """Return the height of a block in inches, at a type size and in a width given in inches."""
    inner = width - 2 * block.inset
    text = measure(block.content, inner, size, spec=spec, family=family).height
    return text + 2 * block.inset + block.rule


def flow_height(flow: Flow, width: float, size: float, *, spec: TextSizes, family: str) -> float:
    """Return the height of all blocks with the gaps between them, in inches."""
    heights = [block_height(one, width, size, spec=spec, family=family) for one in flow.blocks]
    return sum(heights) + GAP * (len(heights) - 1)


def words_fit(flow: Flow, width: float, size: float, *, family: str) -> bool:
    """Tell whether no single word is wider than its block."""
    return all(
        widest_word(one, size, family=family) <= width - 2 * block.inset
        for block in flow.blocks
        for one in block.content
    )


def stacked(
    flow: Flow, box: Box, size: float, *, spec: TextSizes, family: str
) -> Iterator[tuple[TextBlock, Box]]:
    """Yield each block with its place, from the top of a rectangle down."""
    top = box.top
    for block in flow.blocks:
        height = block_height(block, box.width, size, spec=spec, family=family)
        yield block, Box(box.left, top, box.width, height)
        top += height + GAP


def largest_size(
    placed: Sequence[tuple[Flow, Box]], spec: TextSizes, *, family: str
) -> tuple[float | None, tuple[Flow, float, Box]]:
    """Return the largest size at which every flow fits its rectangle, or None.

    Returns
    -------
    tuple
        The size; and the flow that is farthest from fitting at the last size tried, with the inches that
        it is too high (below 0: to spare) and its rectangle.
    """
    worst: tuple[Flow, float, Box] | None = None
    for size in spec.sizes:
        over = [
            (flow, flow_height(flow, box.width, size, spec=spec, family=family) - box.height, box)
            for flow, box in placed
        ]
        worst = max(over, key=lambda one: one[1])
        narrow = [flow for flow, box in placed if not words_fit(flow, box.width, size, family=family)]
        if worst[1] <= 0.02 and not narrow:
            return size, worst
    assert worst is not None
    return None, worst

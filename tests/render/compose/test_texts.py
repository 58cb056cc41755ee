from __future__ import annotations

import pytest

from wavedeck.narrative.passage import read_passage
from wavedeck.render.compose.texts import blocks_of, headed, numbers_before, paragraphs_of, refuse_other_areas
from wavedeck.study.deck import TextSlide
from wavedeck.study.errors import RenderError

NUMBERED = read_passage("# T\n+ One\n\nBetween\n\n+ Two\n::: area left\n+ Other\n:::", [])


def text_slide(name: str, **more: object) -> TextSlide:
    return TextSlide.model_validate({"id": name, "kind": "text", **more})


def test_boxes_part_text_and_empty_ones_go() -> None:
    lines = read_passage("Before\n::: box Keep\n- this\n:::\n::: box Gone\n:::\nAfter", []).lines
    blocks = blocks_of(lines)
    assert [(block.boxed, [one.text for one in block.content]) for block in blocks] == [
        (False, ["Before"]),
        (True, ["Keep", "this"]),
        (False, ["After"]),
    ]


def test_headings_without_anything_under_them_go() -> None:
    lines = read_passage("## A\n- one\n## B\n## C\ntwo", []).lines
    assert [[line.text for line in own] for own in headed(lines)] == [["A", "one"], ["C", "two"]]


def test_numbers_count_within_an_area_and_go_on_from_the_slide_continued() -> None:
    slides = [(text_slide("a"), NUMBERED), (text_slide("b", continues="a"), NUMBERED)]
    before = numbers_before(slides)
    assert before == {"a": {}, "b": {"body": 2, "left": 1}}
    made = paragraphs_of(NUMBERED.lines[:3], counted=before["b"]["body"])
    assert [one.number for one in made] == [3, 0, 4]


def test_numbers_go_on_past_a_slide_that_the_wave_does_not_have() -> None:
    declared = [text_slide("a"), text_slide("b", continues="a"), text_slide("c", continues="b")]
    slides = [(one, NUMBERED) for one in (declared[0], declared[2])]
    assert numbers_before(slides, declared)["c"] == {"body": 2, "left": 1}


def test_area_that_a_slide_lacks_is_refused_with_the_near_one() -> None:
    with pytest.raises(RenderError, match=r"slide 'a' has no area 'left'.* it has body"):
        refuse_other_areas(text_slide("a"), NUMBERED, ["body"])

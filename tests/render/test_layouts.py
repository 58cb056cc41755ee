from __future__ import annotations

import tiny_study
from wavedeck.render.layouts import layout_problems


def test_layout_that_the_house_lacks_is_named_with_those_it_has() -> None:
    sound = tiny_study.slide("cover")
    wrong = sound.model_copy(update={"layout": "covr"})
    right = sound.model_copy(update={"layout": "cover"})
    ((slide, problem),) = layout_problems(tiny_study.HOUSE / "deck.pptx", [sound, wrong, right])
    assert slide is wrong
    assert problem.startswith("template deck.pptx has no layout 'covr'; did you mean 'cover'?")

from __future__ import annotations

import tiny_study
from wavedeck.audit.verify.declared import declared_texts


def test_points_of_answer_scales_are_names_of_the_study() -> None:
    declared = declared_texts(tiny_study.study(), "en")
    assert {"0", "1", "10"} <= declared.texts
    assert "11" not in declared.texts


def test_points_are_no_phrases_that_explain_a_number() -> None:
    assert not {"0", "1", "10"} & set(declared_texts(tiny_study.study(), "en").phrases)

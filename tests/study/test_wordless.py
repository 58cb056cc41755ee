from __future__ import annotations

from wavedeck.study.codebook import Codebook
from wavedeck.study.wordless import without_words, wordless


def _codebook(label: str) -> Codebook:
    variable = {
        "label": label,
        "question": label,
        "type": "single",
        "categories": {"a": label},
        "codes": {"1": "a"},
    }
    return Codebook.model_validate({"variables": {"v": variable}})


def test_codebooks_that_differ_in_words_only_are_alike() -> None:
    assert wordless(_codebook("One")) == wordless(_codebook("Another"))


def test_wordless_codebook_is_still_a_codebook() -> None:
    again = Codebook.model_validate(wordless(_codebook("One")))
    assert again.variables["v"].codes == {"1": "a"}
    assert list(again.variables["v"].categories) == ["a"]


def test_conditions_of_derived_categories_stay() -> None:
    derived = {"categories": {"old": {"label": {"en": "Old"}, "where": {"age": {"min": 65}}}}}
    assert without_words(derived)["categories"]["old"]["where"] == {"age": {"min": 65}}

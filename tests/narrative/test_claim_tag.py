from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.claims import Claim
from wavedeck.narrative.passage import Passage
from wavedeck.narrative.write import check_template, write_passage
from wavedeck.study.errors import NarrativeError

OVERALL = "visitors/overall/all"


def written(folder: Path, text: str, **more: str) -> tuple[Passage, list[Claim]]:
    for name, content in {"slide": text, **more}.items():
        (folder / f"{name}.en.j2").write_text(content, encoding="utf-8")
    narrator = tiny_study.narrator()
    return write_passage(folder, "slide", narrator), narrator.claims


def claim(condition: str, *, other: str = "{% otherwise %}\n# No\n") -> str:
    return f"{{% claim 'one' if {condition} %}}\n# Yes\n{other}{{% endclaim %}}"


def test_claim_that_holds_prints_its_sentence(tmp_path: Path) -> None:
    passage, claims = written(tmp_path, claim(f"passes('{OVERALL}', 'low_mark')"))
    assert passage.title.text == "Yes"
    assert [(one.name, one.holds, one.prints) for one in claims] == [("one", True, "sentence")]


def test_claim_that_fails_prints_its_alternative(tmp_path: Path) -> None:
    passage, claims = written(tmp_path, claim(f"passes('{OVERALL}', 'high_mark')"))
    assert passage.title.text == "No"
    assert [(one.holds, one.prints) for one in claims] == [(False, "alternative")]


def test_claim_without_alternative_leaves_its_sentence_out(tmp_path: Path) -> None:
    text = f"# T\n- One{{% claim 'one' if passes('{OVERALL}', 'high_mark') %}}, two{{% endclaim %}}."
    passage, claims = written(tmp_path, text)
    assert [line.text for line in passage.lines] == ["One."]
    assert [one.prints for one in claims] == ["nothing"]


@pytest.mark.parametrize(
    "condition",
    [
        f"change('{OVERALL}') == 'rise'",
        f"not rises('{OVERALL}')",
        f"rises('{OVERALL}') or falls('{OVERALL}')",
        f"'x' if rises('{OVERALL}')",
    ],
)
def test_claim_knows_the_figures_that_its_condition_asks_for(tmp_path: Path, condition: str) -> None:
    _, claims = written(tmp_path, claim(f"({condition})"))
    assert (f"{OVERALL}/2024", "previous") in [(one.address, one.kind) for one in claims[0].rests_on]


def test_claim_knows_the_figures_behind_a_name_that_was_set(tmp_path: Path) -> None:
    text = f"{{% set move = change('{OVERALL}') %}}" + claim("move == 'rise'")
    _, claims = written(tmp_path, text)
    assert [(one.address, one.kind) for one in claims[0].rests_on] == [(f"{OVERALL}/2024", "previous")]


def test_claim_knows_a_ranking_that_found_nothing(tmp_path: Path) -> None:
    text = "{% set rising = marked('visitors/overall', '+', over='branch') %}" + claim("rising")
    _, claims = written(tmp_path, text)
    assert [(one.address, one.kind) for one in claims[0].rests_on] == [("visitors/overall", "branch")]


def test_claims_of_the_template_before_are_forgotten(tmp_path: Path) -> None:
    narrator = tiny_study.narrator()
    (tmp_path / "slide.en.j2").write_text(claim(f"passes('{OVERALL}', 'low_mark')"))
    for _ in range(2):
        write_passage(tmp_path, "slide", narrator)
    assert len(narrator.claims) == 1


def test_claim_in_a_macro_of_another_template_is_noted(tmp_path: Path) -> None:
    words = (
        "{% macro said(name) %}{% claim 'low_' ~ name if passes('visitors/overall/' ~ name, 'low_mark') %}"
        "fine{% endclaim %}{% endmacro %}"
    )
    text = "{% from 'words.en.j2' import said %}\n# T\n{{ said('all') }} {{ said('branch_north') }}"
    passage, claims = written(tmp_path, text, words=words)
    assert [one.name for one in claims] == ["low_all", "low_branch_north"]
    assert passage.lines[0].text == "fine fine"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            claim(f"rises('{OVERALL}')", other=""),
            "line 1: a claim that gives the title needs {% otherwise %}",
        ),
        (
            f"# {{% claim 'one' if rises('{OVERALL}') %}}Yes{{% endclaim %}}",
            "line 1: a claim that gives the title needs {% otherwise %}",
        ),
        ("# T\n{% claim 'one' if 1 == 1 %}x{% endclaim %}", "line 2: the condition of a claim rests on no"),
        ("# T\n{% claim 'one' %}x{% endclaim %}", "line 2: a claim has a name and a condition; write"),
        ("# T\n{% claim 'one' if wave %}x", "line 2: '{% claim %}' is not closed; write '{% endclaim %}'"),
        ("# T\n{% claim '' if wave %}x{% endclaim %}", "line 2: '' is no name of a claim"),
        (
            "# T\n" + 2 * f"{{% claim 'one' if rises('{OVERALL}') %}}x{{% endclaim %}}",
            "line 2: claim 'one' stands twice on this slide",
        ),
    ],
)
def test_mistake_in_a_claim_names_template_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(NarrativeError) as caught:
        written(tmp_path, text)
    assert f"slide.en.j2, {message}" in str(caught.value)


def test_check_finds_a_title_without_alternative_before_there_are_figures(tmp_path: Path) -> None:
    (tmp_path / "slide.en.j2").write_text(claim(f"rises('{OVERALL}')", other=""))
    with pytest.raises(NarrativeError, match=r"needs \{% otherwise %\}"):
        check_template(tmp_path, "slide", tiny_study.narrator())

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tiny_study
from wavedeck.narrative.basis import Basis
from wavedeck.narrative.claim_list import claims_of
from wavedeck.narrative.claims import (
    ClaimLine,
    failing,
    figures_behind,
    read_claims,
    require_all,
    write_claims,
)
from wavedeck.study.errors import NarrativeError

HIDDEN = "visitors/overall/branch_east*sex_male/2024"
CLAIMS = """
{% claim 'rises' if rises('visitors/overall/all') %}
# It rises
{% otherwise %}
# It does not
{% endclaim %}
{% claim 'hidden' if passes('visitors/overall/branch_east*sex_male') %}
- They pass
{% endclaim %}
{% claim 'passes' if passes('visitors/overall/all') %}
- It passes
{% endclaim %}
"""


@pytest.fixture
def lines(tmp_path: Path) -> list[ClaimLine]:
    folder = Path(shutil.copytree(tiny_study.TEMPLATES, tmp_path / "tiny"))
    (folder / "overall.en.j2").write_text(CLAIMS)
    return claims_of(folder, tiny_study.narrator())


def test_claims_are_listed_with_slide_and_figures(lines: list[ClaimLine]) -> None:
    assert [(one.slide, one.id, one.claim, one.holds, one.prints) for one in lines] == [
        (8, "overall", "rises", False, "alternative"),
        (8, "overall", "hidden", False, "nothing"),
        (8, "overall", "passes", True, "sentence"),
    ]
    assert lines[0].figures == "visitors/overall/all/2024 = 7.4 [previous: same]"
    assert str(lines[0]) == (
        "slide 8 (overall), claim 'rises' does not hold, the alternative is printed; it rests on "
        "visitors/overall/all/2024 = 7.4 [previous: same]"
    )


def test_hidden_figure_of_a_claim_is_its_state(lines: list[ClaimLine]) -> None:
    assert lines[1].figures == f"{HIDDEN} = suppressed"


def test_ranking_without_entries_is_told_as_such() -> None:
    told = figures_behind([Basis("visitors/service", "items")], tiny_study.store(), "en")
    assert told == "visitors/service over items"


def test_list_of_claims_can_be_written_and_read(lines: list[ClaimLine], tmp_path: Path) -> None:
    write_claims(lines, tmp_path / "claims.csv")
    assert read_claims(tmp_path / "claims.csv") == lines
    assert (tmp_path / "claims.csv").read_text().splitlines()[0] == "slide,id,claim,holds,prints,figures"


def test_strict_report_names_every_claim_that_does_not_hold(lines: list[ClaimLine]) -> None:
    with pytest.raises(
        NarrativeError, match=r"tiny 2024: 2 claims do not hold, and .*\n- slide 8 .*\n- slide 8"
    ):
        require_all(lines, "tiny 2024")
    require_all([line for line in lines if line not in failing(lines)], "tiny 2024")

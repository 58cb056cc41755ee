"""The stage that holds earlier waves against what was delivered: when it runs, and what it says."""

from __future__ import annotations

from delivered_study import deliver_earlier
from workplace import Workplace

LIST = "data/processed/tiny/2024/restatements.csv"
RAW = "data/raw/tiny/2023/responses.csv"


def test_list_is_made_again_when_a_delivery_comes_in_or_figures_change(workplace: Workplace) -> None:
    first = workplace.snakemake(LIST)
    assert first.code == 0, first.text
    assert "differ from what was delivered" not in first.text
    assert workplace.snakemake(LIST).stages == frozenset()
    deliver_earlier(workplace.folder)
    second = workplace.snakemake(LIST)
    assert second.stages == {"restate"}
    assert "tiny 2024: 0 printed figures of earlier waves differ from what was delivered" in second.text
    workplace.edit(RAW, "23002,1,1,36,7,", "23002,1,1,36,10,")
    third = workplace.snakemake(LIST)
    assert "restate" in third.stages
    assert "of them on slides then; wavedeck explain --restated tiny" in third.text
    assert "visitors/overall/all/2023,2023,printed" in (workplace.folder / LIST).read_text()

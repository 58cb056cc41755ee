from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from audit.cards.as_written import Written
from built_study import build
from tiny_study import ROOT, study
from wavedeck.audit.cards.coding import mask_of, texts_of
from wavedeck.audit.cards.internal import internal_cards
from wavedeck.audit.cards.public import public_cards
from wavedeck.audit.ledger import AuditError
from wavedeck.study.impact import Impact

KEY, RAW = "visitors/2024", Path("data/raw/tiny/2024/responses.csv")


def raw_rows(built: Path) -> dict[int, dict[str, str]]:
    with (built / RAW).open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), start=2))


def test_raw_answers_are_those_of_the_file(internal: Written, built: Path) -> None:
    known, rows = raw_rows(built), internal.blocks[KEY]["rows"]
    compared = 0
    for name, block in internal.shared["evidence"][KEY]["questions"].items():
        for column, coded in internal.blocks[block]["questions"][name]["raw"].items():
            assert texts_of(coded) == [known[row][column] for row in rows], column
            compared += 1
    assert compared > 10


def test_dropped_row_says_by_which_rule(tmp_path: Path) -> None:
    folder, own = tmp_path / "tiny", study()
    shutil.copytree(ROOT, folder)
    with (folder / RAW).open("a", encoding="utf-8") as file:
        file.write((folder / RAW).read_text(encoding="utf-8").splitlines()[1] + "\n")
    once = replace(own, cleaning=own.cleaning.model_copy(update={"duplicates": "keep_first"}))
    build(once, folder, folder, "2024", impact=False)
    made = dict(internal_cards(folder, replace(once, impact=Impact()), "2024").blocks())[KEY]
    last = max(raw_rows(folder))
    assert made["dropped"] == [{"row": last, "disposition": "dropped", "rule": "duplicates:keep_first"}]
    assert sorted([*made["rows"], last]) == sorted(raw_rows(folder))


def test_changes_are_those_of_the_cleaning_log(internal: Written, built: Path) -> None:
    path = built / "data/processed/tiny/2024/visitors/cleaning_log.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = [(int(one["row"]), one["column"], one["raw"], one["value"]) for one in csv.DictReader(file)]
    changes = internal.blocks[KEY]["changes"]
    assert [(one["row"], one["column"], one["raw"], one["value"]) for one in changes] == known
    assert known


def test_crossed_group_is_who_is_in_both(internal: Written) -> None:
    groups = internal.blocks[f"{KEY}/groups"]["groups"]
    crossed = mask_of(groups["branch_north*sex_female"])
    both = mask_of(groups["branch_north"]) & mask_of(groups["sex_female"])
    assert (crossed == both).all()
    assert 0 < crossed.sum() < len(crossed)


def test_missing_raw_file_is_named(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(built, folder)
    (folder / RAW).unlink()
    with pytest.raises(AuditError, match=r"tiny/2024/responses\.csv: this raw file is not there"):
        dict(internal_cards(folder, study(), "2024").blocks())


def test_report_that_is_not_built_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"figures\.parquet: this file is not there; build the report first"):
        public_cards(tmp_path, study(), "2024")

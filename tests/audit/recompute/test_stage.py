"""The second route agrees with the first, and planted faults are found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from built_study import build
from tiny_study import study
from wavedeck.audit.ledger import AuditError
from wavedeck.audit.recompute.outcome import (
    Recomputation,
    RoutesDisagreeError,
    require_agreement,
    write_outcome,
)
from wavedeck.audit.recompute.sql import Session
from wavedeck.study.load import Study
from wavedeck.study.settings import Weighting

Run = Callable[..., tuple[Session, Recomputation]]
PROCESSED = Path("data/processed/tiny/2024")
MARKS = {"1": 35.0, "2": 40.0, "3": 25.0}


def _changed(path: Path, column: str, change: Callable[[list], list]) -> None:
    table = pq.read_table(path)
    values = pa.array(change(table[column].to_pylist()), table.schema.field(column).type)
    pq.write_table(table.set_column(table.column_names.index(column), column, values), path)


def test_routes_agree_and_every_stored_number_is_accounted_for(built_once: Path, recomputed: Run) -> None:
    session, found = recomputed(built_once)
    assert found.wrong == ()
    assert found.same > 3000
    held = session.rows("SELECT count(*) FROM stored_value")[0][0]
    assert found.same + found.left_out == held
    unnamed = session.rows("SELECT count(*) FROM outcome WHERE verdict <> 'same' AND reason = ''")
    assert unnamed == [(0,)]


def test_every_estimate_but_those_of_replicates_is_compared(built_once: Path, recomputed: Run) -> None:
    session, _ = recomputed(built_once)
    left = session.rows(
        "SELECT DISTINCT statistic FROM outcome JOIN stored USING (address) "
        "WHERE field = 'estimate' AND verdict <> 'same'"
    )
    assert left == [("placement",)]


@pytest.mark.parametrize("field", ["estimate", "base", "effective_base", "sd", "deff"])
def test_changed_figure_is_found(built: Path, recomputed: Run, field: str) -> None:
    path = built / PROCESSED / "full_figures.parquet"
    wanted = "visitors/overall/branch_north/2024"
    addresses = pq.read_table(path)["address"].to_pylist()
    place = addresses.index(wanted)
    _changed(path, field, lambda old: [*old[:place], old[place] * (1 + 1e-6), *old[place + 1 :]])
    _, found = recomputed(built)
    assert found.differs == 1
    assert found.wrong[0].startswith(f"{wanted} {field}: stored ")


def test_changed_standard_error_is_found_in_what_follows_from_it(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "full_figures.parquet"
    wanted = "visitors/overall/branch_north/2024"
    place = pq.read_table(path)["address"].to_pylist().index(wanted)
    _changed(path, "se", lambda old: [*old[:place], old[place] * (1 + 1e-6), *old[place + 1 :]])
    session, _ = recomputed(built)
    found = session.rows("SELECT address, field FROM outcome WHERE verdict = 'differs' ORDER BY field")
    assert found == [(wanted, "deff"), (wanted, "previous.se"), (wanted, "stated.se")]


def test_changed_difference_is_found(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "full_comparisons.parquet"
    table = pq.read_table(path)
    rows = [
        place
        for place, (address, kind) in enumerate(
            zip(table["address"].to_pylist(), table["kind"].to_pylist(), strict=True)
        )
        if (address, kind) == ("visitors/overall/sex_male/2024", "rest")
    ]
    _changed(path, "difference", lambda old: [*old[: rows[0]], 0.5, *old[rows[0] + 1 :]])
    _, found = recomputed(built)
    assert [line.partition(":")[0] for line in found.wrong] == [
        "visitors/overall/sex_male/2024 rest.difference"
    ]


def test_figure_that_was_taken_out_is_found(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "full_figures.parquet"
    table = pq.read_table(path)
    pq.write_table(table.filter(pc.not_equal(table["address"], "visitors/recommend/all/2024")), path)
    _, found = recomputed(built)
    assert "the store has no value" in found.wrong[0]
    assert {line.split(" ")[0] for line in found.wrong} == {"visitors/recommend/all/2024"}


def test_changed_weight_is_found(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "visitors" / "weights.parquet"
    row = pq.read_table(path)["_row"][4].as_py()
    _changed(path, "weight", lambda old: [*old[:4], old[4] * 1.01, *old[5:]])
    _, found = recomputed(built)
    assert found.wrong == (
        f"visitors/weights/2024 weight: stored 54, recomputed 53 (first differs in row {row})",
    )


def test_changed_answer_is_found(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "visitors" / "responses.parquet"
    row = pq.read_table(path)["_row"][7].as_py()
    _changed(path, "branch", lambda old: [*old[:7], "south" if old[7] != "south" else "east", *old[8:]])
    _, found = recomputed(built)
    assert found.wrong == (
        f"visitors/responses/2024 branch: stored 54, recomputed 53 (first differs in row {row})",
    )


def test_changed_raw_answer_is_found_in_figures(built: Path, recomputed: Run) -> None:
    path = built / "data/raw/tiny/2024/responses.csv"
    header, first, *rest = path.read_text().splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells["overall"] = "3" if cells["overall"] != "3" else "4"
    path.write_text("\n".join([header, ",".join(cells.values()), *rest]) + "\n")
    session, found = recomputed(built)
    assert found.wrong[0].startswith("visitors/responses/2024 overall: ")
    wrong = "SELECT count(*) FROM outcome WHERE verdict = 'differs' AND field = 'estimate' AND address = "
    assert session.rows(wrong + "'visitors/overall/all/2024'") == [(1,)]
    assert session.rows(wrong + "'visitors/activity.read/all/2024'") == [(0,)]


def test_disagreement_is_an_error_that_names_the_figures(built: Path, recomputed: Run) -> None:
    path = built / PROCESSED / "full_figures.parquet"
    _changed(path, "estimate", lambda old: [old[0] + 1, *old[1:]])
    _, found = recomputed(built)
    with pytest.raises(RoutesDisagreeError, match=r"(?s)1 number does not agree .*visitors/respondents/all"):
        require_agreement(found, Path("recompute.csv"))


def test_missing_raw_file_is_told(built: Path, recomputed: Run) -> None:
    (built / "data/raw/tiny/2023/responses.csv").unlink()
    with pytest.raises(AuditError, match=r"data/raw/tiny/2023/responses.csv: this raw file is not there"):
        recomputed(built)


def test_outcome_is_the_same_bytes_twice(built_once: Path, recomputed: Run, tmp_path: Path) -> None:
    files = []
    for place in ("a.csv", "b.csv"):
        session, _ = recomputed(built_once)
        write_outcome(session, tmp_path / place)
        files.append((tmp_path / place).read_bytes())
    assert files[0] == files[1]
    assert files[0].startswith(b"address,field,stored,recomputed,route,difference,verdict,reason\n")


def _weighted(weighting: dict) -> Study:
    return replace(study(), weighting=Weighting.model_validate({"parts": {"visitors": weighting}}))


RAKED = {
    "method": "rake",
    "margins": {
        "branch": {"variable": "branch", "targets": {"north": 45, "south": 35, "east": 20}},
        "sex": {"variable": "sex", "targets": {"female": 52, "male": 48}},
    },
    "unplaced": "exclude",
}


@pytest.mark.parametrize(
    "weighting",
    [
        {"method": "none"},
        {"method": "given", "variable": "age", "unplaced": "weight_one"},
        {"method": "given", "variable": "age", "unplaced": "exclude"},
        RAKED,
    ],
)
def test_other_weightings_agree(built: Path, recomputed: Run, weighting: dict) -> None:
    own = _weighted(weighting)
    build(own, built, built, "2024", impact=False)
    _, found = recomputed(built, replace(own, impact=type(own.impact)()))
    assert found.wrong == ()
    assert found.same > 2500


def test_raked_weights_that_miss_a_margin_or_the_form_are_found(built: Path, recomputed: Run) -> None:
    own = replace(_weighted(RAKED), impact=type(study().impact)())
    build(own, built, built, "2024", impact=False)
    path = built / PROCESSED / "visitors" / "weights.parquet"
    _changed(path, "weight", lambda old: [*old[:4], old[4] * 1.01, *old[5:]])
    _, found = recomputed(built, own)
    told = " ".join(found.wrong)
    assert "visitors/weights/2024 proof of form" in told
    assert "visitors/weights/2024 proof of branch." in told

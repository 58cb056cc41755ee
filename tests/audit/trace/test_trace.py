from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from wavedeck.audit.ledger import AuditError, Print
from wavedeck.audit.trace.export import csv_of, json_of, record_of
from wavedeck.audit.trace.place import Place
from wavedeck.audit.trace.say import text_of
from wavedeck.audit.trace.trace import trace_figure
from wavedeck.figures.records import Figure

OVERALL = "visitors/overall/all/2024"
RAW = "data/raw/tiny/2024/responses.csv"


def raw_rows(built: Path) -> dict[int, dict[str, str]]:
    with (built / RAW).open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), start=2))


def test_rows_show_the_raw_file_as_it_is(place: Place, built: Path) -> None:
    found = trace_figure(place, OVERALL, rows=None, show_ids=True)
    known = raw_rows(built)
    assert found.file.checksum == hashlib.sha256((built / RAW).read_bytes()).hexdigest()
    assert len(found.rows) == found.all_rows == found.figure.base
    for one in found.rows:
        assert one.raw == {"overall": known[one.row]["overall"]}
        assert one.id == known[one.row]["id"]
        assert one.values["value"] == float(known[one.row]["overall"]) == float(one.cleaned["overall"])


def test_who_gave_no_answer_is_not_among_the_rows(place: Place, built: Path) -> None:
    silent = {line for line, row in raw_rows(built).items() if row["overall"] in ("", "99")}
    found = trace_figure(place, OVERALL, rows=None)
    assert silent
    assert not silent & {one.row for one in found.rows}


def test_ids_are_pseudonyms_that_stay_the_same(place: Place) -> None:
    first, again = (trace_figure(place, OVERALL) for _ in range(2))
    known = trace_figure(place, OVERALL, show_ids=True)
    assert [one.id for one in first.rows] == [one.id for one in again.rows]
    assert not {one.id for one in first.rows} & {one.id for one in known.rows}
    assert len({one.id for one in first.rows}) == len(first.rows)


def test_pseudonyms_cannot_be_made_from_the_published_checksum(place: Place) -> None:
    found, known = trace_figure(place, OVERALL), trace_figure(place, OVERALL, show_ids=True)
    names = [f"{known.file.checksum}{mark}{one.id}" for mark in ("", "/") for one in known.rows]
    made = {hashlib.sha256(name.encode()).hexdigest()[:10] for name in names}
    assert not made & {one.id for one in found.rows}


def test_text_is_short_and_says_how_many_rows_there_are_more(place: Place) -> None:
    lines = list(text_of(trace_figure(place, OVERALL)))
    more = int(trace_figure(place, OVERALL).figure.base or 0) - 10
    assert f"... and {more} more" in lines[-1]
    assert "equal" in next(line for line in lines if "add up to" in line)


def test_weights_say_how_they_came_about(place: Place) -> None:
    found = trace_figure(place, OVERALL, rows=None)
    assert found.weighting is not None
    known = {one.cell: one.weight for one in found.weighting.cells}
    assert set(known) == {"north", "south", "east"}
    assert sum(one.respondents for one in found.weighting.cells) == found.all_rows
    for one in found.weighting.cells:
        assert float(one.how.rpartition("= ")[2]) == pytest.approx(one.weight, rel=1e-5)


def test_every_comparison_has_its_card(place: Place) -> None:
    cards = {one.result.kind: one for one in trace_figure(place, "visitors/overall/sex_female/2024").tests}
    assert set(cards) == {"previous", "stated", "rest"}
    assert cards["previous"].other == place.figure("visitors/overall/sex_female/2023").estimate
    assert cards["rest"].tests > 1
    assert cards["rest"].correction == "holm"


def test_suppressed_figure_is_shown_with_a_label(place: Place) -> None:
    row = next(one for one in place.figures.to_pylist() if one["state"] == "suppressed" and one["estimate"])
    figure = Figure(**row)
    found = trace_figure(place, figure.address)
    assert found.value == figure.estimate
    assert "INTERNAL, NOT PUBLISHED: this figure is suppressed" in list(text_of(found))[1]
    assert record_of(found)["label"].startswith("INTERNAL, NOT PUBLISHED")


def test_changed_answer_names_its_rule(place: Place) -> None:
    with (place.wave("visitors", "2024").path / "cleaning_log.csv").open(encoding="utf-8") as file:
        changed = next(row for row in csv.DictReader(file) if row["variable"] == "sex")
    found = trace_figure(place, "visitors/sample.branch_north/all/2024", rows=None)
    assert found.all_rows > 0
    sexes = trace_figure(place, "visitors/overall/sex_female/2024", rows=None)
    assert int(changed["row"]) not in {one.row for one in sexes.rows}


def test_coded_answers_show_their_codes(place: Place, built: Path) -> None:
    found = trace_figure(place, "visitors/remark_theme.opening/all/2024", rows=None, show_ids=True)
    with (built / "data/raw/tiny/2024/visitors_coding.csv").open(encoding="utf-8") as file:
        codes = {row["respondent"]: row["code"] for row in csv.DictReader(file)}
    for one in found.rows:
        if one.values["value"]:
            assert "opening" in one.raw["remark_theme (codes)"]
            assert one.id in codes


def test_base_of_a_figure_can_be_asked_about(place: Place) -> None:
    found = trace_figure(place, OVERALL, field="base", prints=[Print("2", "base/p1", OVERALL, "base", "48")])
    assert found.value == found.all_rows == int(found.printed)


def test_json_and_csv_hold_the_same_rows(place: Place) -> None:
    found = trace_figure(place, OVERALL, rows=None)
    record = json.loads(json_of(record_of(found)))
    lines = list(csv.DictReader(csv_of(found).splitlines()))
    assert [one["row"] for one in record["rows"]] == [int(one["row"]) for one in lines]
    assert sum(float(one["part_of_estimate"]) for one in lines) == pytest.approx(record["figure"]["estimate"])


def test_definition_says_what_group_and_question(place: Place) -> None:
    found = trace_figure(place, "visitors/service@shed/sex_male/2024").definition
    assert found.group_condition == "sex is male"
    assert found.questions[0].asked_if == "sex is male"
    assert found.questions[0].columns == ("q_shed",)
    assert "indicators.yaml, line" in found.place


def test_model_card_comes_with_figures_of_impact(place: Place) -> None:
    found = trace_figure(place, "visitors/drivers_quadrant@staff.priority/all/2024")
    assert found.total is None
    assert found.card["measure"] == "correlation"
    assert found.card["driver"]["quadrant"]
    assert found.all_rows


def test_unknown_address_suggests_one(place: Place) -> None:
    with pytest.raises(AuditError, match="did you mean 'visitors/overall/all/2024'"):
        trace_figure(place, "visitors/overal/all/2024")


def test_changed_raw_file_no_longer_adds_up(place: Place, tmp_path: Path, built: Path) -> None:
    import shutil

    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    path = folder / "data/processed/tiny/2024/visitors/responses.parquet"
    table = pq.read_table(path)
    marks = [5.0 if one is not None else None for one in table["overall"].to_pylist()]
    place_of = table.schema.get_field_index("overall")
    pq.write_table(table.set_column(place_of, "overall", pa.array(marks, pa.float64())), path)
    found = trace_figure(Place(place.study, folder, "2024"), OVERALL)
    assert found.adds_up is False
    assert any("NOT EQUAL" in line for line in text_of(found))

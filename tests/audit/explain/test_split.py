from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from changed_study import (
    ANSWER,
    CONFIG,
    RAW,
    TARGETS,
    TOP,
    WAVE,
    Against,
    Edit,
    add_row,
    build_changed,
    copy_changed,
    drop_row,
)
from wavedeck.audit.explain.build import Side, open_builds
from wavedeck.audit.explain.changes import Change, Comparison, Part
from wavedeck.audit.explain.split import compare_builds
from wavedeck.figures.store import read_figures, write_figures

OVERALL = "visitors/overall/all/2024"
HIGH = "visitors/overall_high/all/2024"
CODING = Edit("data/raw/tiny/2024/visitors_coding.csv", "24002,remark,staff", "24002,remark,quiet")
CELLS = """method: cell
    unplaced: stop
    cells:
      north: {group: branch_north, target: 50}
      south: {group: branch_south, target: 40}
      east: {group: branch_east, target: 10}
"""
GIVEN = "method: given\n    variable: given\n    unplaced: weight_one\n"
COLUMN = (
    Edit(RAW, "age,overall,", "age,verdict,"),
    Edit(f"{CONFIG}/codebook.yaml", "question: How do you rate the library as a whole?", "columns: overall"),
    Edit(f"{CONFIG}/codebook.yaml", "columns: overall", 'by_wave: {"2024": {columns: verdict}}'),
)


def one(found: Comparison, address: str) -> Change:
    return next(change for change in found.changes if change.address == address)


def adds_up(found: Comparison) -> bool:
    return all(
        abs(sum(part.change for part in change.parts) - (change.difference or 0.0))
        <= 1e-12 * max(1.0, abs(change.now.estimate or 0.0))
        for change in found.moved
    )


def stored(folder: Path) -> Path:
    return folder / "data" / "processed" / "tiny" / WAVE / "full_figures.parquet"


def patch(folder: Path, address: str, by: float) -> None:
    """Change a stored value, as a change of the program would."""
    figures = read_figures(stored(folder))
    changed = [
        type(figure)(**{**vars(figure), "estimate": (figure.estimate or 0) + by})
        if figure.address == address
        else figure
        for figure in figures
    ]
    write_figures(changed, stored(folder))


def test_two_equal_builds_have_no_changes(against: Against) -> None:
    found = against()
    assert not found.changes
    assert not found.pairs.gone
    assert not found.pairs.new
    assert not any(found.kinds.values())


def test_changed_answer_is_records_alone(against: Against) -> None:
    found = against(ANSWER)
    assert set(found.counts) == {"records"}
    assert {change.now.wave for change in found.moved} == {WAVE}
    assert one(found, OVERALL).part_of("records") == pytest.approx(one(found, OVERALL).difference, abs=1e-12)
    assert not any(change.now.indicator == "service" for change in found.moved)


def test_rows_that_went_and_came_are_records(against: Against) -> None:
    found = against(drop_row("24003,"), add_row("24005,", "24999"))
    assert set(found.counts) == {"records"}
    assert adds_up(found)


def test_changed_code_of_an_open_answer_is_records(against: Against) -> None:
    found = against(CODING)
    assert set(found.counts) == {"records"}
    assert {change.now.indicator for change in found.moved} == {"remark_theme"}


def test_other_targets_are_weights_alone_in_every_wave(against: Against) -> None:
    found = against(*TARGETS)
    assert set(found.counts) == {"weights"}
    assert {change.now.wave for change in found.moved} == {"2023", WAVE}
    assert adds_up(found)


def test_other_categories_of_a_share_are_definition_of_that_share_alone(against: Against) -> None:
    found = against(TOP)
    assert set(found.counts) == {"definition"}
    assert {change.now.indicator for change in found.moved} == {"overall_high"}


def test_patched_value_is_code(against: Against, before: Path, tmp_path: Path) -> None:
    against()
    patch(tmp_path / "after", OVERALL, 0.25)
    found = compare_builds(*open_builds(Side("before", before), Side("after", tmp_path / "after")))
    assert [change.address for change in found.moved] == [OVERALL]
    assert one(found, OVERALL).parts == (Part(("code",), pytest.approx(0.25)),)


def test_value_patched_in_the_first_build_is_code_and_not_records(before: Path, tmp_path: Path) -> None:
    first, second = build_changed(tmp_path / "first"), build_changed(tmp_path / "second", [ANSWER])
    patch(first, OVERALL, 0.25)
    whole = compare_builds(*open_builds(Side("before", before), Side("second", second)))
    found = compare_builds(*open_builds(Side("first", first), Side("second", second)))
    assert one(found, OVERALL).part_of("code") == pytest.approx(-0.25)
    assert one(found, OVERALL).part_of("records") == pytest.approx(one(whole, OVERALL).difference)


def test_build_that_is_out_of_date_is_named(against: Against, before: Path, tmp_path: Path) -> None:
    against()
    for edit in TARGETS:
        edit.apply(tmp_path / "after")
    found = compare_builds(*open_builds(Side("before", before), Side("after", tmp_path / "after")))
    assert found.unlike == {"a": (), "b": (("visitors", "2023"), ("visitors", WAVE))}
    assert not found.moved


def test_all_causes_together_are_told_apart_and_add_up(
    against: Against, before: Path, tmp_path: Path
) -> None:
    edits = (ANSWER, drop_row("24003,"), add_row("24005,", "24999"), *TARGETS, TOP)
    against(*edits)
    patch(tmp_path / "after", HIGH, 1.5)
    found = compare_builds(*open_builds(Side("before", before), Side("after", tmp_path / "after")))
    assert [part.name for part in one(found, HIGH).parts] == ["records", "weights", "definition", "code"]
    assert one(found, HIGH).part_of("code") == pytest.approx(1.5)
    assert adds_up(found)


def test_each_step_is_the_build_with_that_much_exchanged(
    against: Against, before: Path, tmp_path: Path
) -> None:
    found = against(ANSWER, *TARGETS, TOP)
    records = build_changed(tmp_path / "records", [ANSWER])
    weights = build_changed(tmp_path / "weights", [ANSWER, *TARGETS])
    values = [
        next(one.estimate for one in read_figures(stored(folder)) if one.address == HIGH)
        for folder in (before, records, weights, tmp_path / "after")
    ]
    assert [value for _, value in one(found, HIGH).via] == values
    steps = [after - at for at, after in itertools.pairwise(values)]
    assert [part.change for part in one(found, HIGH).parts] == pytest.approx(
        [step for step in steps if step], abs=1e-12
    )


def test_rows_that_do_not_fit_the_old_codebook_are_one_part_with_the_definition(against: Against) -> None:
    found = against(*COLUMN, Edit(RAW, "24002,1,2,56,6,", "24002,1,2,56,9,"))
    assert set(found.counts) == {"records and definition"}
    why = found.failed["records", ("visitors", WAVE)]
    assert "overall" in why
    assert adds_up(found)


def test_given_weights_are_weights_and_not_records(tmp_path: Path) -> None:
    given = (
        Edit(
            f"{CONFIG}/codebook.yaml",
            "variables:\n",
            "variables:\n  given:\n    label: Weight\n"
            "    type: numeric\n    minimum: 0\n    maximum: 100\n    columns: age\n",
        ),
        Edit(f"{CONFIG}/weighting.yaml", CELLS, GIVEN),
        Edit(f"{CONFIG}/groups.yaml", "{age: {max: 39}}", "{sex: female}"),
        Edit(f"{CONFIG}/groups.yaml", "{age: {min: 40}}", "{sex: male}"),
    )
    first = build_changed(tmp_path / "first", given)
    second = build_changed(tmp_path / "second", (*given, Edit(RAW, "24002,1,2,56,", "24002,1,2,91,")))
    found = compare_builds(*open_builds(Side("first", first), Side("second", second)))
    assert set(found.counts) == {"weights"}
    assert adds_up(found)


def test_other_state_names_what_changed_it(against: Against) -> None:
    found = against(Edit(f"{CONFIG}/study.yaml", "minimum: 5, low_base: 12", "minimum: 25, low_base: 30"))
    south = one(found, "visitors/overall/branch_south/2024")
    assert (south.old.state, south.now.state, south.state_causes) == ("shown", "suppressed", ("definition",))
    assert south.is_internal


def test_renamed_indicator_is_a_pair_and_its_change_is_split(tmp_path: Path) -> None:
    named = [
        Edit(
            f"{CONFIG}/indicators.yaml",
            "indicators:\n",
            f"indicators:\n  {name}:\n    label: New\n    statistic: mean\n    variable: overall\n",
        )
        for name in ("old_name", "new_name")
    ]
    first = build_changed(tmp_path / "first", [named[0]])
    second = build_changed(tmp_path / "second", [named[1], ANSWER])
    found = compare_builds(*open_builds(Side("first", first), Side("second", second)))
    assert ("visitors/old_name/all/2024", "visitors/new_name/all/2024") in found.pairs.renamed
    assert not found.pairs.gone
    assert not found.pairs.new
    moved = one(found, "visitors/new_name/all/2024")
    assert moved.part_of("records") == pytest.approx(one(found, OVERALL).difference)


def test_figures_of_one_build_only_are_new_or_gone(against: Against) -> None:
    added = Edit(
        f"{CONFIG}/indicators.yaml",
        "indicators:\n",
        "indicators:\n  another:\n    label: New\n    statistic: mean\n    variable: age\n",
    )
    found = against(added)
    assert set(found.pairs.new) == {"visitors/another/all/2023", "visitors/another/all/2024"}
    assert not found.changes


def test_label_moves_nothing_and_is_no_difference(against: Against) -> None:
    found = against(Edit(f"{CONFIG}/indicators.yaml", "label: Gives 8 or more", "label: Gives an 8 or more"))
    assert not any(found.kinds.values())
    assert not found.changes


def test_nothing_is_written_to_either_project(before: Path, tmp_path: Path) -> None:
    after = build_changed(tmp_path / "after", [ANSWER, *TARGETS, TOP])
    kept = [_state(folder) for folder in (before, after)]
    compare_builds(*open_builds(Side("before", before), Side("after", after)))
    assert [_state(folder) for folder in (before, after)] == kept


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def test_definitions_alone_stand_for_a_build_that_was_not_kept(before: Path, tmp_path: Path) -> None:
    settings = copy_changed(tmp_path / "settings", [TOP])
    sides = (Side("then", settings, is_stored=False), Side("before", before))
    found = compare_builds(*open_builds(*sides))
    assert set(found.counts) == {"definition"}
    assert {change.now.indicator for change in found.moved} == {"overall_high"}


def test_weighting_by_groups_that_the_old_study_lacks_is_one_part_with_the_definition(
    against: Against,
) -> None:
    found = against(
        Edit(
            f"{CONFIG}/groups.yaml",
            "groups:\n",
            "groups:\n  upper:\n    label: Upper\n    where: {branch: north}\n",
        ),
        Edit(f"{CONFIG}/weighting.yaml", "branch_north, target: 50", "upper, target: 45"),
        Edit(f"{CONFIG}/weighting.yaml", "branch_south, target: 40", "branch_south, target: 45"),
    )
    assert set(found.counts) == {"weights and definition"}
    assert "upper" in found.failed["weights", ("visitors", WAVE)]
    assert adds_up(found)


def test_wave_that_one_build_lacks_is_new_and_the_others_are_compared(before: Path, tmp_path: Path) -> None:
    first = build_changed(tmp_path / "first", TARGETS, wave="2023")
    found = compare_builds(*open_builds(Side("first", first), Side("before", before)))
    assert (found.first.wave, found.second.wave) == ("2023", WAVE)
    assert set(found.counts) == {"weights"}
    assert {address.rpartition("/")[2] for address in found.pairs.new} == {WAVE}
    assert {change.now.wave for change in found.moved} == {"2023"}
    assert found.unlike == {"a": (), "b": ()}


def test_computed_states_are_those_of_the_build(against: Against) -> None:
    found = against(ANSWER, *TARGETS, TOP)
    assert not [change for change in found.changes if "code" in change.state_causes]

"""Each thing that can be wrong gives one clear message, and no half-written file stays."""

from __future__ import annotations

import pytest

from workplace import Run, Workplace

RAW = "data/raw/tiny/2024/responses.csv"


def _expect_message(place: Workplace, *wanted: str, code: int = 1) -> Run:
    """Build, and expect a message that holds all these words, without a traceback."""
    run = place.wavedeck("build")
    assert run.code == code, run.text
    for words in wanted:
        assert words in run.text, run.text
    assert "Traceback" not in run.text
    assert len([line for line in run.text.splitlines() if wanted[0] in line]) == 1, run.text
    _nothing_half_written(place)
    return run


def _nothing_half_written(place: Workplace) -> None:
    draft = place.folder / "data" / "processed" / "tiny" / "2024" / "draft"
    assert not (draft / "deck.pptx").exists()
    hidden = [path for path in place.folder.rglob(".*.part") if ".snakemake" not in path.parts]
    assert hidden == []


def _write_raw(place: Workplace, change: str, into: str) -> None:
    place.edit(RAW, change, into)


def test_missing_raw_file_is_named(workplace: Workplace) -> None:
    (workplace.folder / RAW).unlink()
    _expect_message(workplace, RAW, "is not there")


def test_renamed_column_is_named_with_the_closest(workplace: Workplace) -> None:
    header = (workplace.folder / RAW).read_text().splitlines()[0]
    column = header.split(",")[-1]
    _write_raw(workplace, header, header.removesuffix(column) + column + "X")
    _expect_message(workplace, f"'{column}'", RAW, f"{column}X")


def test_code_outside_the_codebook_is_named_with_its_row(workplace: Workplace) -> None:
    lines = (workplace.folder / RAW).read_text().splitlines()
    cells, names = lines[3].split(","), lines[0].split(",")
    place = names.index(_single_column(workplace))
    cells[place] = "77"
    (workplace.folder / RAW).write_text("\n".join([*lines[:3], ",".join(cells), *lines[4:]]) + "\n")
    _expect_message(workplace, f"{RAW}:4", "77", "not in the codebook")


def _single_column(place: Workplace) -> str:
    from wavedeck.study.load import load_study

    study = load_study(place.folder / "config" / "studies" / "tiny")
    declared = study.cleaning.unknown_codes
    questions = study.codebook.questions("visitors", "2024")
    chosen = next(one for one in questions if one.type == "single" and one.name not in declared)
    return chosen.raw_columns[0]


def test_duplicate_ids_are_named(workplace: Workplace) -> None:
    lines = (workplace.folder / RAW).read_text().splitlines()
    (workplace.folder / RAW).write_text("\n".join([*lines, lines[1]]) + "\n")
    _expect_message(workplace, f"{RAW}:2", "stands again on row 56", "keep_first")


def test_malformed_yaml_is_named_with_its_line(workplace: Workplace) -> None:
    workplace.edit(workplace.study("deck"), "slides:\n", "slides:\n  - id: [cover\n")
    _expect_message(workplace, "deck.yaml, line", "YAML")


def test_misspelt_key_is_named_with_the_closest(workplace: Workplace) -> None:
    workplace.edit(workplace.study("study"), "title:", "titel:")
    _expect_message(workplace, "did you mean 'title'", "study.yaml, line")


def test_unknown_figure_in_a_template_is_named_with_its_line(built: Workplace) -> None:
    path = built.folder / "templates" / "tiny" / "cover.en.j2"
    path.write_text("# Cover\n{{ fig('visitors/overal/all') }}\n")
    _expect_message(built, "cover.en.j2, line 2", "'visitors/overal/all'", "did you mean")


def test_undefined_variable_in_a_template_is_named_with_its_line(built: Workplace) -> None:
    path = built.folder / "templates" / "tiny" / "cover.en.j2"
    path.write_text("# Cover\n{{ titel }}\n")
    _expect_message(built, "cover.en.j2, line 2", "'titel' is undefined")


def test_targets_that_sum_to_99_are_named_with_their_sum(workplace: Workplace) -> None:
    workplace.edit(workplace.study("weighting"), "target: 10", "target: 9")
    _expect_message(workplace, "99", "weighting")


def test_empty_weighting_cell_is_named(workplace: Workplace) -> None:
    east = "      east: {group: branch_east, target: 10}\n"
    nobody = "      nobody: {group: nobody, target: 5}\n"
    workplace.edit(workplace.study("weighting"), east, east.replace("10", "5") + nobody)
    declared = "groups:\n  nobody: {label: Nobody, where: {overall: {min: 99}}}\n"
    workplace.edit(workplace.study("groups"), "groups:\n", declared)
    _expect_message(workplace, "nobody")


@pytest.mark.parametrize("size", [0, 1, 200])
def test_truncated_sav_is_named(workplace: Workplace, size: int) -> None:
    import pandas as pd
    import pyreadstat

    raw = workplace.folder / "data/raw/tiny/2024/responses.sav"
    frame = pd.read_csv(workplace.folder / RAW, dtype=str).fillna("")
    pyreadstat.write_sav(frame, str(raw))
    raw.write_bytes(raw.read_bytes()[:size])
    _use(workplace, file="data/raw/tiny/2024/responses.sav", format="sav")
    _expect_message(workplace, "responses.sav")


def _use(place: Workplace, **source: str) -> None:
    """Say that the raw file of wave 2024 differs from the others."""
    inside = ", ".join(f"{key}: {value}" for key, value in source.items())
    line = "      format: csv\n"
    place.edit(place.study("study"), line, f'{line}      by_wave: {{"2024": {{{inside}}}}}\n')


def test_latin_1_declared_as_utf_8_is_named_with_its_line(workplace: Workplace) -> None:
    raw = workplace.folder / RAW
    lines = raw.read_text().splitlines()
    lines[2] = lines[2].rsplit(",", 1)[0] + ",café"
    raw.write_bytes(("\n".join(lines) + "\n").encode("latin-1"))
    _use(workplace, encoding="utf-8")
    _expect_message(workplace, f"{RAW}:3", "not UTF-8", "cp1252")


def test_template_without_the_placeholder_is_named(built: Workplace) -> None:
    built.edit(built.study("deck"), "kind: contents", "kind: contents, layout: cover")
    _expect_message(built, "body", "cover")


def test_two_studies_with_one_name_are_named(workplace: Workplace) -> None:
    import shutil

    studies = workplace.folder / "config" / "studies"
    shutil.copytree(studies / "tiny", studies / "copy")
    _expect_message(workplace, "'tiny'", "copy", code=1)


def test_wave_typed_as_a_number_is_named_with_the_remedy(workplace: Workplace) -> None:
    workplace.edit(workplace.study("study"), 'id: "2024"', "id: 2024")
    _expect_message(workplace, '"2024"', "study.yaml, line", "quotes")


@pytest.mark.parametrize("content", ["", "\n"])
def test_empty_file_is_named(workplace: Workplace, content: str) -> None:
    (workplace.folder / RAW).write_text(content)
    _expect_message(workplace, RAW, "empty")

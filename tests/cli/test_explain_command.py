from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from built_study import build
from changed_study import ANSWER, ANSWER_BEFORE, CONFIG, TARGETS, TOP, WAVE, build_changed
from delivered_study import deliver_earlier
from wavedeck.cli.app import FINE, STOPPED, WRONG_USE, app
from wavedeck.cli.main import run
from wavedeck.study.load import load_study

OVERALL = "visitors/overall/all/2024"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_changed(tmp_path_factory.mktemp("explain") / "before")


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_changed(tmp_path_factory.mktemp("explain") / "after", [ANSWER, *TARGETS, TOP])


def wavedeck(folder: Path, capsys: Capture, *words: object) -> tuple[int, str, str]:
    said = ["explain", *map(str, words), "--directory", str(folder)]
    code = run(lambda: app(said, prog_name="wavedeck"))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_summary_counts_figures_names_inputs_and_causes(before: Path, after: Path, capsys: Capture) -> None:
    code, out, _ = wavedeck(after, capsys, before)
    assert code == FINE
    assert f"A is {before}, B is this folder" in out
    assert "visitors 2024: records, weights, definition" in out
    assert "54 respondents became 54: 0 added, 0 removed, 1 changed" in out
    assert "indicators/overall_high" in out
    assert "--format csv lists all of them" in out


def test_two_folders_are_held_against_each_other_in_the_order_given(
    before: Path, after: Path, capsys: Capture
) -> None:
    _, there, _ = wavedeck(before, capsys, before, after, OVERALL, "--format", "json")
    _, back, _ = wavedeck(before, capsys, after, before, OVERALL, "--format", "json")
    assert json.loads(there)["change"] == pytest.approx(-json.loads(back)["change"])


def test_address_gives_split_rows_weights_and_lines_of_the_definition(
    before: Path, after: Path, capsys: Capture
) -> None:
    code, out, _ = wavedeck(after, capsys, before, "visitors/overall_high/all", "--rows", "all")
    assert code == FINE
    assert out.startswith("visitors/overall_high/all/2024\n")
    assert "+cells/north/target: 45.0" in out
    assert "+categories: ['7', '8', '9', '10']" in out or '+categories: ["7", "8", "9", "10"]' in out
    assert "INTERNAL: holds answers of respondents" in out
    assert "overall 6 -> 9" in out
    assert "24002" not in out


def test_respondents_are_not_listed_unless_asked_for(before: Path, after: Path, capsys: Capture) -> None:
    _, out, _ = wavedeck(after, capsys, before, OVERALL)
    assert "6 -> 9" not in out
    assert "1 changed in an answer that this figure rests on" in out


def test_csv_and_json_say_the_same_for_every_figure(before: Path, after: Path, capsys: Capture) -> None:
    rows = list(csv.DictReader(wavedeck(after, capsys, before, "--format", "csv")[1].splitlines()))
    record = json.loads(wavedeck(after, capsys, before, "--format", "json")[1])
    assert [row["address"] for row in rows] == [one["address"] for one in record["changes"]]
    for row, one in zip(rows, record["changes"], strict=True):
        parts = [float(row[name] or 0) for name in ("records", "weights", "definition", "code", "joined")]
        assert sum(parts) == pytest.approx(one["change"] or 0, abs=1e-9)
        assert bool(row["label"]) == bool(one["label"])


def test_hidden_figures_are_labelled_internal(before: Path, after: Path, capsys: Capture) -> None:
    record = json.loads(wavedeck(after, capsys, before, "--format", "json")[1])
    hidden = [one for one in record["changes"] if one["a"]["state"] == "suppressed"]
    assert hidden
    assert all(one["label"].startswith("INTERNAL") for one in hidden)
    _, out, _ = wavedeck(after, capsys, before, hidden[0]["address"])
    assert "INTERNAL, NOT PUBLISHED" in out


def test_figure_that_does_not_differ_is_said_so(before: Path, after: Path, capsys: Capture) -> None:
    code, out, _ = wavedeck(after, capsys, before, "visitors/respondents/all/2024")
    assert (code, out.strip().splitlines()[-1]) == (FINE, "nothing about this figure differs")


@pytest.mark.parametrize(
    "words",
    [
        ["visitors/overall/all"],
        ["visitors/overall/all/2024"],
        ["tiny/visitors/overall/all/2024"],
        ["visitors/overall/all", "--from", "2023", "--to", "2024"],
        ["visitors/overall/all/2023", "visitors/overall/all/2024"],
        ["visitors/overall/all/2024", "visitors/overall/all/2023"],
    ],
)
def test_waves_are_found_in_every_way_of_asking(before: Path, capsys: Capture, words: list[str]) -> None:
    code, out, _ = wavedeck(before, capsys, *words)
    assert code == FINE
    assert out.startswith("visitors/overall/all/2023 -> 2024\n")
    assert "split by the weighting cells" in out


def test_waves_can_be_split_otherwise_and_had_as_csv_and_json(before: Path, capsys: Capture) -> None:
    words = (OVERALL, "--by", "sex", "--format")
    rows = list(csv.DictReader(wavedeck(before, capsys, *words, "csv")[1].splitlines()))
    record = json.loads(wavedeck(before, capsys, *words, "json")[1])
    assert [row["group"] for row in rows] == [one["group"] for one in record["groups"]]
    assert sum(float(row["mix"]) + float(row["within"]) for row in rows) == pytest.approx(record["change"])


@pytest.mark.parametrize(
    "asked",
    [
        ([], WRONG_USE, "say what to explain"),
        (["{before}x"], WRONG_USE, "there is no such folder; did you mean 'before'?"),
        (["{before}/data"], WRONG_USE, "there is no config/config.yaml in it"),
        (["{before}", "--study", "tinny"], STOPPED, "has no study 'tinny'; did you mean 'tiny'?"),
        (["{before}", "--wave", "2022"], STOPPED, "has no report of wave '2022'; did you mean '2024'?"),
        (["{before}", "visitors/overal/all/2024"], STOPPED, "did you mean 'visitors/overall/all/2024'?"),
        (["{before}", "--by", "sex"], WRONG_USE, "explain a change between waves"),
        (["{before}", "--format", "cvs"], WRONG_USE, "did you mean 'csv'?"),
        (["{before}", "--rows", "many"], WRONG_USE, "give a number, or all"),
        (["visitors/overal/all/2024"], STOPPED, "did you mean 'visitors/overall/all/2023'?"),
        (["visitors/overall/all/2023"], WRONG_USE, "2023 is the first wave"),
        (["visitors/overall/all", "--from", "2020"], WRONG_USE, "holds no wave '2020'"),
        (["visitors/overall/all/2024", "--by", "brunch"], STOPPED, "did you mean 'branch'?"),
        (["visitors/overall/all/2023", "visitors/service@staff/all/2024"], WRONG_USE, "different figures"),
        (["--restated"], WRONG_USE, "takes one study"),
        (["--restated", "tinny"], WRONG_USE, "did you mean 'tiny'?"),
        (["HEAD~1"], STOPPED, "no folder, no address and no revision"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    before: Path, after: Path, capsys: Capture, asked: tuple[list[str], int, str]
) -> None:
    words, code, said = asked
    found, _, err = wavedeck(after, capsys, *(word.replace("{before}", str(before)) for word in words))
    assert found == code
    assert said in err
    assert "Traceback" not in err


def test_folder_that_is_not_built_is_said_so(before: Path, tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(before, tmp_path / "bare", ignore=shutil.ignore_patterns("processed"))
    code, _, err = wavedeck(before, capsys, tmp_path / "bare")
    assert code == STOPPED
    assert "study 'tiny' is not built there; run in that folder: wavedeck build tiny" in err


def test_revision_of_the_settings_is_computed_with_the_raw_files_of_now(
    before: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = Path(shutil.copytree(before, tmp_path / "study"))
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "config"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "First"], check=True)
    TOP.apply(folder)
    build(load_study(folder / CONFIG), folder, folder, WAVE)
    code, out, _ = wavedeck(folder, capsys, "HEAD", "--format", "json")
    assert code == FINE
    record = json.loads(out)
    assert set(record["causes"]) == {"definition"}
    assert {one["address"].split("/")[1] for one in record["changes"]} == {"overall_high"}


def test_restatements_are_listed_and_end_well(tmp_path: Path, capsys: Capture) -> None:
    folder = build_changed(tmp_path / "study")
    deliver_earlier(folder)
    assert "no figure differs" in wavedeck(folder, capsys, "--restated", "tiny")[1]
    ANSWER_BEFORE.apply(folder)
    build(load_study(folder / CONFIG), folder, folder, WAVE)
    code, out, _ = wavedeck(folder, capsys, "tiny", "--restated")
    assert code == FINE
    assert "report of 2023: data/published/tiny/2023/1" in out
    assert "another printed value" in out
    rows = list(
        csv.DictReader(wavedeck(folder, capsys, "--restated", "tiny", "--format", "csv")[1].splitlines())
    )
    record = json.loads(wavedeck(folder, capsys, "--restated", "tiny", "--format", "json")[1])
    assert rows == record["restatements"]

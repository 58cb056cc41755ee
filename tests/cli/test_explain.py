from __future__ import annotations

from pathlib import Path

from wavedeck.cli.engine_output import BuildReader
from wavedeck.cli.explain import explain, messages_in


def _explained(folder: Path, *lines: str) -> list[str]:
    reader = BuildReader()
    for line in lines:
        reader.feed(line)
    return explain(reader, folder=folder, build_log=folder / "logs/build.log")


def test_messages_are_read_from_every_block_of_a_log() -> None:
    log = "x\n--- message\none\ntwo\n--- end\ny\n--- message\nthree\n--- end\n"
    assert messages_in(log) == ["one\ntwo", "three"]


def test_messages_of_a_log_that_breaks_off_are_not_lost() -> None:
    assert messages_in("--- message\none\n") == ["one"]


def test_explain_gives_a_message_once_when_two_stages_say_the_same(tmp_path: Path) -> None:
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_text("--- message\nsame\n--- end\n")
    lines = ("Error in rule a:", "    log: a.log", "Error in rule b:", "    log: b.log")
    assert _explained(tmp_path, *lines) == ["same"]


def test_explain_stage_without_log_names_the_log_of_the_build(tmp_path: Path) -> None:
    (said,) = _explained(tmp_path, "Job 3: Make the deck", "Error in rule deck:", "    jobid: 3")
    assert said.startswith("Stage 'Make the deck' stopped")
    assert said.endswith("logs/build.log")


def test_explain_advises_on_raw_files_alone_to_put_them_there_as_received(tmp_path: Path) -> None:
    lines = (
        'MissingInputException in rule deck in file "x.smk", line 3:',
        "Missing input files:",
        "    affected files:",
    )
    said = _explained(tmp_path, *lines, "        data/raw/a/1.csv", "        templates/house/deck.pptx")
    assert said[0].splitlines() == [
        "data/raw/a/1.csv: this file is missing; put it there as it was received",
        "templates/house/deck.pptx: this file is missing",
    ]


def test_explain_leaves_out_the_closing_words_of_the_engine(tmp_path: Path) -> None:
    lines = ("WorkflowError:", "study 'x': no wave '9'", "", "WorkflowError:")
    assert _explained(tmp_path, *lines, "At least one job did not complete successfully.") != []
    assert _explained(tmp_path, "WorkflowError:", "At least one job did not complete successfully.") == [
        f"The build stopped for an unforeseen reason. Everything it wrote is in {tmp_path / 'logs/build.log'}"
    ]

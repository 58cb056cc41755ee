from __future__ import annotations

import pytest

from wavedeck.cli.engine_output import BuildReader, Event, Finished, Notice, Started, Steps


def _events(text: str) -> list[Event]:
    reader = BuildReader()
    return [event for event in map(reader.feed, text.splitlines(keepends=True)) if event]


def test_reader_without_rule_message_names_rule_and_wildcards() -> None:
    block = (
        "rule weight:\n    input: a\n    output: b\n    log: logs/w.log\n    jobid: 4\n"
        "    reason: Missing output files: b\n    wildcards: study=tiny, wave=02\n"
        "[Sun Nov 22 10:33:30 2026]\nFinished jobid: 4 (Rule: weight)\n1 of 3 steps (33%) done\n"
    )
    assert _events(block) == [Started(4, "weight"), Finished(4, "weight tiny 02"), Steps(1, 3)]


def test_reader_takes_the_number_of_steps_from_the_job_stats() -> None:
    assert _events("Job stats:\njob      count\n-----  -------\na            1\ntotal        7\n") == [
        Steps(0, 7)
    ]


@pytest.mark.parametrize("rule", ["all", "all_deck"])
def test_reader_passes_over_target_rules(rule: str) -> None:
    assert _events(f"localrule {rule}:\n    input: a\n    jobid: 0\nFinished jobid: 0 (Rule: {rule})\n") == []


def test_reader_keeps_jobs_apart_that_run_together() -> None:
    block = "Job 1: One\nJob 2: Two\nFinished jobid: 2 (Rule: b)\nFinished jobid: 1 (Rule: a)\n"
    assert _events(block)[2:] == [Finished(2, "Two"), Finished(1, "One")]


def test_reader_collects_each_failure_with_its_logs() -> None:
    reader = BuildReader()
    for line in (
        *(
            "Job 1: One",
            "Job 2: Two",
            "Error in rule a:",
            "    message: None",
            "    jobid: 1",
            "    input: x",
        ),
        "    log: logs/a.log, logs/b.log (check log file(s) for error details)",
        *("Error in rule b:", "    jobid: 2", "    log: logs/c.log (check log file(s) for error details)"),
    ):
        reader.feed(line)
    assert [(failure.label, failure.logs) for failure in reader.failures] == [
        ("One", ["logs/a.log", "logs/b.log"]),
        ("Two", ["logs/c.log"]),
    ]


def test_reader_does_not_take_the_log_of_a_job_for_that_of_a_failure() -> None:
    reader = BuildReader()
    for line in ("Error in rule a:", "    jobid: 1", "    log: logs/a.log", "rule b:", "    log: logs/b.log"):
        reader.feed(line)
    assert [failure.logs for failure in reader.failures] == [["logs/a.log"]]


def test_reader_passes_on_that_a_study_is_left_out() -> None:
    line = "study 'tiny' is left out: data/raw/tiny/02/raw.txt is not there (see data/raw/README.md)"
    assert _events(f"{line}\nBuilding DAG of jobs...\n") == [Notice(line)]

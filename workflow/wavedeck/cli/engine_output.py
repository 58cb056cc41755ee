"""Understand what the workflow engine writes while it runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class Started(NamedTuple):
    """A job began."""

    job: int
    label: str


class Finished(NamedTuple):
    """A job ended well."""

    job: int
    label: str


class Steps(NamedTuple):
    """So many jobs of all are done."""

    done: int
    total: int


class Notice(NamedTuple):
    """Something that a person should know about a build that goes on."""

    text: str


Event = Started | Finished | Steps | Notice


@dataclass
class Failure:
    """A job that ended badly, and the logs it wrote."""

    rule: str
    label: str = ""
    logs: list[str] = field(default_factory=list)


class BuildReader:
    """Turn lines into events; target rules (``all``, ``all_...``) are passed over.

    A job shows as its rule's message, or as the rule's name and its wildcards.

    Examples
    --------
    >>> reader = BuildReader()
    >>> reader.feed("Job 2: Read the raw data of wave 2017")
    Started(job=2, label='Read the raw data of wave 2017')
    >>> reader.feed("Finished jobid: 2 (Rule: intake)")
    Finished(job=2, label='Read the raw data of wave 2017')
    """

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.lines: list[str] = []
        self._labels: dict[int, str] = {}
        self._rule = ""
        self._job = -1
        self._in_failure = False
        self._handlers: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Event | None]]] = [
            (re.compile(r"Job (\d+): (.*)$"), self._message),
            (re.compile(r"(?:local)?rule (\S+):$"), self._rule_block),
            (re.compile(r"Error in rule (\S+):$"), self._failure_block),
            (re.compile(r"    jobid: (\d+)$"), self._jobid),
            (re.compile(r"    wildcards: (.+)$"), self._wildcards),
            (re.compile(r"    log: (.+?)(?: \(check log file.*)?$"), self._logs),
            (re.compile(r"Finished jobid: (\d+) \(Rule: (\S+)\)$"), self._finished),
            (re.compile(r"total +(\d+)$"), self._total),
            (re.compile(r"(\d+) of (\d+) steps \(.+\) done$"), self._steps),
            (re.compile(r"(study '.+' is left out: .+)$"), self._notice),
            (re.compile(r"Note: (.+)$"), self._notice),
        ]

    def feed(self, line: str) -> Event | None:
        """Take one line; return the event that it stands for, if any."""
        line = line.rstrip("\n")
        self.lines.append(line)
        for pattern, handle in self._handlers:
            if found := pattern.match(line):
                return handle(found)
        return None

    def _message(self, found: re.Match[str]) -> Event:
        self._in_failure = False
        return self._start(int(found[1]), found[2])

    def _rule_block(self, found: re.Match[str]) -> None:
        self._rule, self._in_failure = found[1], False

    def _failure_block(self, found: re.Match[str]) -> None:
        self._in_failure = True
        self.failures.append(Failure(found[1], label=found[1]))

    def _jobid(self, found: re.Match[str]) -> Event | None:
        if self._in_failure:
            self.failures[-1].label = self._labels.get(int(found[1]), self.failures[-1].rule)
            return None
        if _is_target(self._rule):
            return None
        return self._start(int(found[1]), self._rule)

    def _start(self, job: int, label: str) -> Event:
        self._job = job
        self._labels[job] = label
        return Started(job, label)

    def _wildcards(self, found: re.Match[str]) -> None:
        if self._in_failure or _is_target(self._rule):
            return
        values = [entry.partition("=")[2] for entry in found[1].split(", ")]
        self._labels[self._job] = f"{self._rule} {' '.join(values)}"

    def _logs(self, found: re.Match[str]) -> None:
        if self._in_failure:
            self.failures[-1].logs = found[1].split(", ")

    def _finished(self, found: re.Match[str]) -> Event | None:
        job, rule = int(found[1]), found[2]
        return None if _is_target(rule) else Finished(job, self._labels.get(job, rule))

    def _total(self, found: re.Match[str]) -> Event:
        return Steps(0, int(found[1]))

    def _steps(self, found: re.Match[str]) -> Event:
        return Steps(int(found[1]), int(found[2]))

    def _notice(self, found: re.Match[str]) -> Event:
        return Notice(found[1])


def _is_target(rule: str) -> bool:
    return rule == "all" or rule.startswith("all_")

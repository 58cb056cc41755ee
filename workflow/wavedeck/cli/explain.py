"""Say in plain words why a build stopped."""

from __future__ import annotations

import re
from pathlib import Path

from wavedeck.cli.engine_output import BuildReader, Failure
from wavedeck.cli.stage import MESSAGE_END, MESSAGE_START

_PROBLEM = re.compile(r'(\w*(?:Exception|Error))(?: in [^"]*"[^"]+", line \d+)?:$')
_CLOSING = "At least one job did not complete successfully."


def explain(reader: BuildReader, *, folder: Path, build_log: Path) -> list[str]:
    """Return what a person should know about a build that stopped, one message an entry.

    Parameters
    ----------
    reader
        What the engine wrote.
    folder
        Folder that the build worked on; logs are named from here.
    build_log
        Where all of the engine's output stands.
    """
    if reader.failures:
        messages = [text for failure in reader.failures for text in _of_failure(failure, folder, build_log)]
    else:
        messages = [_of_problem(kind, text, build_log) for kind, text in _problems(reader.lines)]
    return list(dict.fromkeys(messages)) or [_unknown("The build stopped", build_log)]


def _of_failure(failure: Failure, folder: Path, build_log: Path) -> list[str]:
    logs = [folder / log for log in failure.logs]
    messages = [
        text for log in logs if log.is_file() for text in messages_in(log.read_text(errors="replace"))
    ]
    where = next((log for log in logs if log.is_file() and log.stat().st_size), build_log)
    return messages or [_unknown(f"Stage '{failure.label}' stopped", where)]


def messages_in(log: str) -> list[str]:
    r"""Return the messages for people in the log of a stage.

    >>> messages_in("reading\n--- message\nrow 3: id 7 stands twice\n--- end\nTraceback ...")
    ['row 3: id 7 stands twice']
    """
    blocks = log.split(f"{MESSAGE_START}\n")[1:]
    return [block.partition(f"\n{MESSAGE_END}")[0].strip() for block in blocks]


def _problems(lines: list[str]) -> list[tuple[str, str]]:
    problems = []
    for place, line in enumerate(lines):
        if found := _PROBLEM.match(line):
            text = _paragraph(lines[place + 1 :])
            if text and text != _CLOSING:
                problems.append((found[1], text))
    return problems


def _paragraph(lines: list[str]) -> str:
    stop = next((at for at, line in enumerate(lines) if re.match(r'\s+File "', line)), len(lines))
    return "\n".join(lines[:stop]).strip()


def _of_problem(kind: str, text: str, build_log: Path) -> str:
    if kind == "WorkflowError":
        return text
    if kind == "LockException":
        return (
            "Another build of this folder is running, or an earlier one was cut off. "
            "When none is running, take the lock away with: wavedeck build --unlock"
        )
    if kind == "MissingInputException" and "affected files:" in text:
        files = [line.strip() for line in text.partition("affected files:")[2].splitlines() if line.strip()]
        return "\n".join(f"{file}: this file is missing{_remedy(file)}" for file in files)
    return _unknown("The build stopped", build_log)


def _remedy(file: str) -> str:
    return "; put it there as it was received" if "data/raw/" in file else ""


def _unknown(what: str, log: Path) -> str:
    return f"{what} for an unforeseen reason. Everything it wrote is in {log}"

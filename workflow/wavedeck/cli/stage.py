"""How a stage of the workflow runs: everything into its log, messages for people on the screen."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wavedeck.study.errors import WavedeckError

MESSAGE_START, MESSAGE_END = "--- message", "--- end"
NOTE = "Note: "


@contextmanager
def logged(log: str) -> Iterator[Callable[..., None]]:
    """Send output to a log; an error ends the stage with its message, and the log keeps the traceback.

    Gives a function that shows notes, one or more texts of one line, on the screen too.
    """
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    screen = os.dup(2)
    with Path(log).open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield lambda *notes: _note(notes, screen)
        except Exception as error:  # noqa: BLE001 - every error ends as a message, none as a traceback
            _tell(_message(error, log), screen)
            traceback.print_exc()
            sys.stderr.flush()
            raise SystemExit(1) from None


def _note(notes: Iterable[str], screen: int) -> None:
    sys.stdout.flush()
    for note in notes:
        for target in (screen, 1):
            os.write(target, f"{NOTE}{note}\n".encode())


def _message(error: Exception, log: str) -> str:
    if isinstance(error, WavedeckError):
        return str(error)
    kind = type(error).__name__
    return f"this stage met an error of its own ({kind}: {error}); its log has the details: {log}"


def _tell(message: str, screen: int) -> None:
    sys.stdout.flush()
    sys.stdout.write(f"{MESSAGE_START}\n{message}\n{MESSAGE_END}\n")
    sys.stdout.flush()
    os.write(screen, f"\n{message}\n".encode())

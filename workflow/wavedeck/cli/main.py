"""The program ``wavedeck``: it runs, and ends with an exit code and a message."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from wavedeck.cli import building, checking
from wavedeck.cli.app import FINE, INTERRUPTED, STOPPED, WRONG_USE, app
from wavedeck.cli.project import UsageError
from wavedeck.study.errors import WavedeckError

COMMANDS = (building, checking)
CRASH_LOG = Path("logs") / "wavedeck.log"


def main() -> None:
    """Run the program and end with its exit code; a person sees messages, never a traceback."""
    sys.exit(run(app))


def run(program: Callable[[], object]) -> int:
    """Run a program and return its exit code, printing the message of what stopped it."""
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else STOPPED
    except UsageError as error:
        return _end(str(error), WRONG_USE)
    except WavedeckError as error:
        return _end(str(error), STOPPED)
    except KeyboardInterrupt:
        return _end("Stopped. The same command goes on where it was.", INTERRUPTED)
    except Exception:  # noqa: BLE001 - the last door: whatever it is, the log keeps it
        return _end(
            f"Something unforeseen went wrong. Everything about it is in {_keep_traceback()}", STOPPED
        )
    return FINE


def _end(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201 - the message for the person
    return code


def _keep_traceback() -> Path:
    CRASH_LOG.parent.mkdir(parents=True, exist_ok=True)
    CRASH_LOG.write_text(traceback.format_exc())
    return CRASH_LOG.resolve()

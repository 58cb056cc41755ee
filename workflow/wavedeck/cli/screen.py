"""Show a build while it runs, and what it made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from wavedeck.cli.engine_output import Event, Finished, Notice, Started, Steps

PIPE_WIDTH = 120


def console() -> Console:
    """Return a console that does not break lines when its output is not a screen.

    It draws no pictures for words between colons: ``:chart:`` is a word of ours.
    """
    screen = Console(highlight=False, emoji=False)
    return screen if screen.is_terminal else Console(highlight=False, emoji=False, width=PIPE_WIDTH)


class BuildScreen:
    """One line per finished stage; on a terminal a bar below them."""

    def __init__(self, out: Console, progress: Progress) -> None:
        self.finished = 0
        self._out = out
        self._progress = progress
        self._bar = progress.add_task("Looking what is to be done", total=None)
        self._running: dict[int, tuple[str, float]] = {}

    def show(self, event: Event) -> None:
        """Show one event."""
        match event:
            case Started(job, label):
                self._running[job] = (label, time.monotonic())
            case Finished(job, label):
                self._finish(job, label)
            case Steps(done, total):
                self._progress.update(self._bar, completed=done, total=total)
            case Notice(text):
                self._out.print(f"  note  {text}", markup=False, soft_wrap=True)
        doing = ", ".join(label for label, _ in self._running.values())
        self._progress.update(self._bar, description=Text(doing or "Building").plain)

    def _finish(self, job: int, label: str) -> None:
        _, began = self._running.pop(job, (label, time.monotonic()))
        self.finished += 1
        self._out.print(f"  done  {time.monotonic() - began:5.1f} s  {label}", markup=False, soft_wrap=True)


@contextmanager
def build_screen(out: Console) -> Iterator[BuildScreen]:
    """Show a build for as long as the context lasts."""
    columns = (
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as progress:
        yield BuildScreen(out, progress)


@dataclass(frozen=True)
class Made:
    """A file, or a folder of files, in reports/.

    Attributes
    ----------
    name
        Path from the folder that was worked on.
    size
        Bytes, of all files in a folder together.
    files
        Number of files.
    is_new
        Written by this build.
    """

    name: str
    size: int
    files: int
    is_new: bool


def made_in(folder: Path, report: Path, *, since: float) -> list[Made]:
    """Return what stands in a report's folder; subfolders count as one entry.

    Parameters
    ----------
    folder
        Folder that names are given from.
    report
        Folder of one report.
    since
        Seconds of the epoch; what was written then or later is new.
    """
    if not report.is_dir():
        return []
    entries = sorted(report.iterdir(), key=lambda path: (path.is_dir(), path.name))
    return [_made(entry, folder, since) for entry in entries if not entry.name.startswith(".")]


def _made(entry: Path, folder: Path, since: float) -> Made:
    within = [path for path in entry.rglob("[!.]*") if path.is_file()]
    files = within if entry.is_dir() else [entry]
    facts = [path.stat() for path in files]
    name = entry.relative_to(folder).as_posix() + ("/" if entry.is_dir() else "")
    return Made(name, sum(f.st_size for f in facts), len(files), any(f.st_mtime >= since for f in facts))


def show_made(out: Console, entries: list[Made]) -> None:
    """Print files with their size, and which of them are new."""
    width = max((len(entry.name) for entry in entries), default=0)
    for entry in entries:
        more = f"  {entry.files} files" if entry.name.endswith("/") else ""
        state = "new      " if entry.is_new else "as before"
        line = f"  {state}  {entry.name:<{width}}  {readable_size(entry.size):>8}{more}"
        out.print(line, markup=False, soft_wrap=True)


def readable_size(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> readable_size(1_234_567)
    '1.2 MB'
    """
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"

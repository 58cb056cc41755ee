"""What guides show of the command line: the commands in them, and what these really print.

A command stands in a fenced block as ``$ wavedeck …``, its output below it; a line ``[...]`` stands for lines
that were left out, ``[...]`` within a line for a piece of it. ``python tests/guides.py FOLDER
docs/guides/audit.md`` runs the commands in a folder with a built study and writes what they print into the
guide, where nothing was left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CUT = "[...]"
_BLOCK = re.compile(r"^```[a-z]*\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+(?:\n> .+)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Example:
    """A command in a guide, with what the guide says it prints."""

    guide: str
    line: int
    command: str
    output: str

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.guide}:{self.line}"


def examples_in(guide: Path) -> Iterator[Example]:
    """Yield the commands of a guide, in order."""
    text = guide.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        for found in _COMMAND.finditer(block[1]):
            line = text.count("\n", 0, block.start(1) + found.start()) + 1
            yield Example(guide.name, line, found[1].replace("\n> ", " "), found[2])


def run(command: str, folder: Path) -> str:
    """Return what a command prints, typed in a folder by a person with a screen of 120 characters."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "PYTHONPATH": str(ROOT / "workflow"), "COLUMNS": "120"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    return done.stdout


def fits(told: str, printed: str) -> bool:
    """Tell whether output is what a guide says, lines and pieces of lines that were left out aside.

    >>> fits("one\\n[...]\\nfour\\n", "one\\ntwo\\nthree\\nfour\\n"), fits("one\\n", "one\\ntwo\\n")
    (True, False)
    >>> fits("[...] files\\n", "5 files\\n"), fits("[...] files\\n", "none\\n5 files\\n")
    (True, False)
    """
    cut = re.escape(CUT)
    parts = [re.escape(part).replace(cut, ".*") for part in re.split(rf"^{cut}\n", told, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), printed) is not None


def written(guide: Path, folder: Path) -> str:
    """Return the text of a guide with what its commands print now."""

    def block(found: re.Match[str]) -> str:
        return found[0].replace(found[1], _COMMAND.sub(command, found[1]))

    def command(found: re.Match[str]) -> str:
        if CUT in found[2]:
            return found[0]
        return f"$ {found[1]}\n{run(found[1].replace(f'{chr(10)}> ', ' '), folder)}"

    return _BLOCK.sub(block, guide.read_text(encoding="utf-8"))


def main() -> None:
    """Write what commands print into guides."""
    folder, *guides = map(Path, sys.argv[1:])
    for guide in guides:
        guide.write_text(written(guide, folder), encoding="utf-8")


if __name__ == "__main__":
    main()

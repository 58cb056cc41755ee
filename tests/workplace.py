"""A folder in which the real workflow builds the tiny study."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "tiny"
BIN = Path(sys.executable).parent
_JOB = re.compile(r"^(?:localrule|rule) (\w+):|^Finished jobid: \d+ \(Rule: (\w+)\)", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What a build said and did."""

    code: int
    text: str
    stages: frozenset[str]


@dataclass(frozen=True)
class Workplace:
    """A folder with a study, the code that builds it, and under which circumstances it is built."""

    folder: Path
    code: Path = ROOT
    circumstances: Mapping[str, str] = field(default_factory=dict)
    umask: int = -1

    def snakemake(self, *arguments: str) -> Run:
        """Build with Snakemake as a person would, and tell which stages ran."""
        command = [str(BIN / "snakemake"), "--snakefile", str(self.code / "Snakefile"), "--cores", "2"]
        done = self._run([*command, "--directory", str(self.folder), *arguments])
        finished = {match[1] for match in _JOB.findall(done.stdout + done.stderr) if match[1]}
        return Run(done.returncode, done.stdout + done.stderr, frozenset(finished - {"all"}))

    def wavedeck(self, *arguments: str) -> Run:
        """Build with the command line."""
        done = self._run([str(BIN / "wavedeck"), *arguments, "--directory", str(self.folder)])
        return Run(done.returncode, done.stdout + done.stderr, frozenset())

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        own = {"PYTHONPATH": str(self.code / "workflow"), "COLUMNS": "200"}
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, **own, **self.circumstances},
            umask=self.umask,
            check=False,
            timeout=600,
        )

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands in a file."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def study(self, name: str) -> str:
        """Return the path of a study file."""
        return f"config/studies/tiny/{name}.yaml"

    @property
    def reports(self) -> Path:
        """Return the folder of the newest report."""
        return self.folder / "reports" / "tiny" / "2024"


def copy_study(folder: Path) -> Workplace:
    """Copy the tiny study into a folder."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    return Workplace(folder)

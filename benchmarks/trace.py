"""Time ``wavedeck trace`` on a study of many respondents, start of the program included.

Usage: python benchmarks/trace.py [respondents] [folder]

The respondents are those of the tiny study, drawn again and again with ids of their own; figures and
weights come from the workflow itself. The folder is kept where it is named, and used again.
"""

from __future__ import annotations

import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "tiny"
RAW = Path("data") / "raw" / "tiny" / "2024" / "responses.csv"
SCRIPTS = Path(sys.executable).parent
REPEATS = 5
COMMANDS = {
    "a mean of everybody": ["visitors/overall/all/2024"],
    "a share of a crossed group": ["visitors/overall/branch_north*sex_female/2024"],
    "a difference": ["visitors/staff_gap@staff/sex_male/2024"],
    "a correlation": ["visitors/drivers_importance@staff/all/2024"],
    "a row back": ["--row", f"{RAW}:77"],
}


def make_study(folder: Path, respondents: int) -> None:
    """Copy the tiny study into a folder and multiply its last wave."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    with (folder / RAW).open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    remark, own = heading.index("remark"), heading.index("id")
    drawn = np.random.default_rng(1).integers(0, len(rows), max(respondents - len(rows), 0))
    for number, place in enumerate(drawn):
        copy = list(rows[place])
        copy[own], copy[remark] = str(1_000_000 + number), ""
        rows.append(copy)
    with (folder / RAW).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def build(folder: Path) -> None:
    """Make figures, weights and stores."""
    command = [str(SCRIPTS / "wavedeck"), "build", "tiny", "--only", "figures", "--directory", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def timed(words: list[str], folder: Path) -> tuple[float, float]:
    """Return the shortest elapsed and processor time of a trace, in seconds."""
    best, least = float("inf"), float("inf")
    for _ in range(REPEATS):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [str(SCRIPTS / "wavedeck"), "trace", *words, "--directory", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, time.perf_counter() - start)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = min(least, used)
    return best, least


def main() -> None:
    """Print a line per command."""
    respondents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    if not (folder / "data" / "processed").is_dir():
        make_study(folder, respondents)
        build(folder)
    sys.stdout.write(f"{respondents:,} respondents, best of {REPEATS}\n")
    for name, words in COMMANDS.items():
        elapsed, used = timed(words, folder)
        sys.stdout.write(f"{name:28s} {elapsed:.2f} s elapsed, {used:.2f} s of processor\n")


if __name__ == "__main__":
    main()

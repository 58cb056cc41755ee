"""Time the second route on a built report: every stored figure once more, from the raw files.

Usage: python benchmarks/recompute.py STUDY WAVE [folder]

The folder is where the report was built. Each run is a process of its own, start of Python included;
processor time stands beside the time on the clock, for a busy machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

REPEATS = 5
ONCE = """
import sys
from pathlib import Path
from wavedeck.audit.recompute.outcome import summarise
from wavedeck.audit.recompute.sql import Session
from wavedeck.audit.recompute.stage import Files, recompute_wave
from wavedeck.study.load import load_study
study, session = load_study(Path("config/studies") / sys.argv[1]), Session()
recompute_wave(session, study, Files(Path(), study.name), sys.argv[2])
print(summarise(session).line)
"""


def timed(study: str, wave: str, folder: Path) -> tuple[float, float, str]:
    """Return seconds on the clock and of the processor, and what one run says."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", ONCE, study, wave], cwd=folder, check=True, capture_output=True, text=True
    )
    clock, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return clock, used, done.stdout.strip()


def main() -> None:
    """Print the median and the range of some runs."""
    study, wave, *rest = sys.argv[1:]
    runs = [timed(study, wave, Path(rest[0] if rest else ".")) for _ in range(REPEATS)]
    for name, place in (("clock", 0), ("processor", 1)):
        times = sorted(float(run[place]) for run in runs)
        sys.stdout.write(f"{name:9} {statistics.median(times):5.2f} s ({times[0]:.2f} to {times[-1]:.2f})\n")
    sys.stdout.write(f"{runs[0][2]}\n")


if __name__ == "__main__":
    main()

"""Make the raw files of a made-up study: ``python -m wavedeck.dummy config/studies/<study>``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wavedeck.dummy.rehearse import make_raw_files
from wavedeck.study.errors import WavedeckError
from wavedeck.study.load import load_study


def main() -> int:
    """Make the raw files and say which; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m wavedeck.dummy", description="Make a study's raw files up."
    )
    parser.add_argument("study", type=Path, help="folder of the study, e.g. config/studies/travel")
    parser.add_argument("--directory", type=Path, default=Path(), help="folder that holds config/ and data/")
    parser.add_argument("--wave", action="append", default=[], help="only this wave; may be repeated")
    asked = parser.parse_args()
    try:
        files = make_raw_files(load_study(asked.study), asked.directory, waves=asked.wave)
    except WavedeckError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{file}\n" for file in files)
    return 0


if __name__ == "__main__":
    sys.exit(main())

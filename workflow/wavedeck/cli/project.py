"""Where things are: the workflow, and the folder that holds a set of studies."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import wavedeck
from wavedeck.study.errors import WavedeckError

CONFIG = Path("config") / "config.yaml"
STUDIES = Path("config") / "studies"


class UsageError(WavedeckError):
    """The command was used wrongly; nothing was started."""


@dataclass(frozen=True)
class Project:
    """The workflow and the folder that it works on.

    Attributes
    ----------
    root
        Folder of the workflow, with the Snakefile.
    folder
        Folder with config/, data/ and reports/; usually `root` itself.
    """

    root: Path
    folder: Path

    @property
    def snakefile(self) -> Path:
        """Return the workflow's file."""
        return self.root / "Snakefile"

    @property
    def engine(self) -> Path:
        """Return the program that runs the workflow, the one installed beside this Python."""
        return Path(sys.executable).parent / "snakemake"

    def study_folder(self, study: str) -> Path:
        """Return the folder with the files of a study."""
        return self.folder / STUDIES / study

    def study_names(self) -> list[str]:
        """Return the studies that have a folder, sorted."""
        return sorted(file.parent.name for file in (self.folder / STUDIES).glob("*/study.yaml"))


def find_project(directory: Path | None = None, *, root: Path | None = None) -> Project:
    """Find the workflow and the folder to work on.

    Parameters
    ----------
    directory
        Folder with config/; without it the current folder, or else the one of the workflow.
    root
        Folder of the workflow; by default the one that this library stands in.

    Raises
    ------
    UsageError
        When `directory` is not a folder with config/config.yaml.
    """
    root = root or Path(wavedeck.__file__).resolve().parents[2]
    if directory is None:
        here = Path.cwd()
        return Project(root, here if (here / CONFIG).is_file() else root)
    folder = directory.resolve()
    if not (folder / CONFIG).is_file():
        raise UsageError(
            f"--directory {directory}: there is no {CONFIG} in it; give the folder that holds config/"
        )
    return Project(root, folder)

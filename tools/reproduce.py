"""Build twice in two folders, at other times and under other circumstances, and compare every byte."""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = ("reports", "data/processed")
CACHES = ("__pycache__", ".*_cache", ".hypothesis")
NOT_COPIED = (".venv", ".setup", ".snakemake", "reports", "processed", "logs", *CACHES)
ZIPPED = (".pptx", ".xlsx", ".zip")
PAUSE = 3  # seconds; the times in zip files count in steps of two


@dataclass(frozen=True)
class Circumstances:
    """Under which a build runs; none of it may show in what it makes."""

    folder: str
    environment: dict[str, str]
    umask: int
    cores: str


FIRST = Circumstances("a", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022, "2")
SECOND = Circumstances(
    "b/a folder elsewhere, with a longer path",
    {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711", "COLUMNS": "40"},
    0o077,
    "1",
)


@dataclass
class Outcome:
    """What two builds made.

    Attributes
    ----------
    same
        Number of files with the same bytes.
    packed
        Zip files whose parts are the same and whose packing is not.
    differing
        Files that differ, with the parts that do.
    alone
        Files that only one build made.
    """

    same: int = 0
    packed: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Tell whether both builds made the same bytes."""
        return bool(self.same) and not (self.packed or self.differing or self.alone)

    def lines(self) -> Iterator[str]:
        """Say what is the same and what is not."""
        yield f"{self.same} files have the same bytes"
        yield from (f"same parts, packed differently: {name}" for name in self.packed)
        yield from (f"differs: {name}" for name in self.differing)
        yield from (f"made by one build only: {name}" for name in self.alone)


def compare(first: Path, second: Path) -> Outcome:
    """Compare every file that two builds made, byte by byte."""
    names = [set(_made(folder)) for folder in (first, second)]
    found = Outcome(alone=sorted(names[0] ^ names[1]))
    for name in sorted(names[0] & names[1]):
        one, other = ((folder / name).read_bytes() for folder in (first, second))
        if one == other:
            found.same += 1
        elif not name.endswith(ZIPPED):
            found.differing.append(name)
        elif parts := differing_parts(one, other):
            found.differing.append(f"{name}: {', '.join(parts)}")
        else:
            found.packed.append(name)
    return found


def differing_parts(one: bytes, other: bytes) -> list[str]:
    """Return the parts of two zip files whose content differs, those of zip files inside them too."""
    first, second = _parts(one), _parts(other)
    return sorted(name for name in first.keys() | second if first.get(name) != second.get(name))


def _parts(data: bytes, before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(ZIPPED):
                found |= _parts(content, f"{before}{name} > ")
            else:
                found[f"{before}{name}"] = hashlib.sha256(content).hexdigest()
    return found


def _made(folder: Path) -> Iterator[str]:
    for top in MADE:
        for path in (folder / top).rglob("*"):
            if path.is_file() and path.name != ".snakemake_timestamp":
                yield path.relative_to(folder).as_posix()


def copy_project(source: Path, target: Path) -> Path:
    """Copy code, settings, raw data and history, and nothing that was built; times are those of the copy."""
    shutil.copytree(
        source, target, ignore=shutil.ignore_patterns(*NOT_COPIED), copy_function=_copy, symlinks=True
    )
    return target


def _copy(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)


def build(folder: Path, studies: Sequence[str], under: Circumstances) -> None:
    """Build studies of a copy with the code of that copy."""
    program = [str(ROOT / ".venv" / "bin" / "wavedeck"), "build"]
    given = {**os.environ, **under.environment, "PYTHONPATH": str(folder / "workflow")}
    for study in studies or [""]:
        command = [*program, *([study] if study else []), "--cores", under.cores]
        done = subprocess.run(command, cwd=folder, env=given, umask=under.umask, check=False)
        if done.returncode:
            sys.exit("There is nothing to compare: this build stopped, and what is said above tells why.")


def reproduce(studies: Sequence[str], place: Path) -> Outcome:
    """Build studies twice below a folder and compare."""
    folders = [place / one.folder for one in (FIRST, SECOND)]
    copy_project(ROOT, folders[0])
    copy_project(folders[0], folders[1])
    build(folders[0], studies, FIRST)
    time.sleep(PAUSE)
    build(folders[1], studies, SECOND)
    return compare(*folders)


def main(words: Sequence[str]) -> int:
    """Build twice, say what differs, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("studies", nargs="*", help="studies to build; those of config/config.yaml when none")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="build there, and leave it there")
    parser.add_argument(
        "--compare",
        metavar=("ONE", "OTHER"),
        nargs=2,
        type=Path,
        help="only compare two folders that were built",
    )
    asked = parser.parse_args(words)
    if asked.compare:
        return _say(compare(*asked.compare))
    if asked.keep and asked.keep.exists() and any(asked.keep.iterdir()):
        parser.error(f"{asked.keep} is not empty; name a folder that is")
    with tempfile.TemporaryDirectory(prefix="wavedeck-twice-") as name:
        found = reproduce(asked.studies, (asked.keep or Path(name)).resolve())
    return _say(found)


def _say(found: Outcome) -> int:
    sys.stdout.writelines(f"{line}\n" for line in found.lines())
    return 0 if found.is_same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Which program made a report: version, commit, a digest of its own files, and of its locked packages."""

from __future__ import annotations

import hashlib
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wavedeck.audit.provenance.checksums import sha256_of

_OWN = ("Snakefile", "workflow", "requirements.lock", "templates/house")


@cache
def code_state(root: Path) -> dict[str, Any]:
    """Return what can be said of the program that stands in a folder, as plain data.

    Parameters
    ----------
    root
        Folder with the Snakefile.

    Returns
    -------
    dict
        `version`; `digest` of Snakefile and workflow/, as `sha256sum` over the sorted list that it writes;
        `lock`, the checksum of the locked packages; `commit`, and `changed`: files of the program that are
        not as in that commit. What is not there is None.
    """
    lock = root / "requirements.lock"
    commit = _commit(root)
    return {
        "version": version("wavedeck"),
        "commit": commit,
        "changed": _changed(root) if commit else None,
        "digest": program_digest(root),
        "lock": sha256_of(lock) if lock.is_file() else None,
    }


def program_digest(root: Path) -> str:
    """Return one digest of all files of the program; it needs no git."""
    files = [path for path in (root / "workflow").rglob("*") if path.is_file() and _is_own(path)]
    names = sorted(path.relative_to(root).as_posix() for path in [root / "Snakefile", *files])
    listed = "".join(f"{sha256_of(root / name)}  {name}\n" for name in names)
    return hashlib.sha256(listed.encode()).hexdigest()


def _is_own(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix != ".pyc" and not path.name.startswith(".")


def _commit(root: Path) -> str | None:
    """Return the commit of the program, where git keeps it."""
    return _git(root, "rev-parse", "HEAD") if _git(root, "ls-files", "Snakefile") else None


def _changed(root: Path) -> list[str]:
    lines = (_git(root, "status", "--porcelain", "--untracked-files=all", "--", *_OWN) or "").splitlines()
    return sorted(line[3:].rpartition(" -> ")[2].strip('"') for line in lines)


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says, or None where it is missing or keeps nothing here."""
    command = ["git", "-c", "safe.directory=*", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None

"""A revision of a project under git, checked out beside it: definitions of then, raw files of now."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from wavedeck.audit.explain.build import Side
from wavedeck.audit.ledger import AuditError


@contextmanager
def revision(folder: Path, name: str) -> Iterator[Side]:
    """Check the settings of a revision out into a temporary folder, for as long as the context lasts.

    Raw files are those of the project as it is now: they are not kept under git.

    Parameters
    ----------
    folder
        The project.
    name
        The revision, e.g. ``HEAD~1``.

    Raises
    ------
    AuditError
        When the project has no such revision.
    """
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit is None:
        raise AuditError(f"'{name}' is no folder, no address and no revision of {folder.name}")
    settings = _git(folder, "archive", "--format=tar", commit.decode().strip(), "config")
    if settings is None:
        raise AuditError(f"{name}: this revision of {folder.name} has no config/")
    with TemporaryDirectory(prefix="wavedeck-") as place:
        with tarfile.open(fileobj=io.BytesIO(settings)) as archive:
            archive.extractall(place, filter="data")
        (Path(place) / "data").symlink_to(folder / "data")
        yield Side(f"revision {name}", Path(place), is_stored=False)


def _git(folder: Path, *words: str) -> bytes | None:
    """Return what git says; None where it refuses or is not there."""
    try:
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", folder, *words], capture_output=True, check=False
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None

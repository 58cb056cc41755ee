"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either complete or not there.

    Parameters
    ----------
    path
        Where the file goes; its folder is made when missing.
    data
        Its content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def deliver(draft: Path, report: Path) -> None:
    """Copy a file, or all that a folder holds, each file whole or not at all; hidden files stay behind."""
    if draft.is_file():
        write_whole(report, draft.read_bytes())
        return
    report.mkdir(parents=True, exist_ok=True)
    for path in sorted(draft.iterdir()):
        if not path.name.startswith("."):
            deliver(path, report / path.name)

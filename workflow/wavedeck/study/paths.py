"""Show paths as people know them: from the root that holds config/ and data/."""

from __future__ import annotations

from pathlib import Path

ROOTED = (("config", "studies"), ("config", "config.yaml"))


def shown(path: Path) -> str:
    """Return a path as messages show it: from ``config/`` on, or from the current folder.

    >>> shown(Path("/somewhere/config/studies/example/deck.yaml"))
    'config/studies/example/deck.yaml'
    """
    parts = path.parts
    for start in range(len(parts) - 1):
        if parts[start : start + 2] in ROOTED:
            return Path(*parts[start:]).as_posix()
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()

"""A digest of the library modules that a stage rests on, so that an edited one re-runs it."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_LIBRARY = Path(__file__).resolve().parent.parent
_IMPORT = re.compile(
    r"^\s*(?:from\s+(wavedeck[.\w]*)\s+import\s+(?:\(([^)]*)\)|([\w ,]*))|import\s+(wavedeck[.\w]*))",
    re.MULTILINE,
)

_MEMBER = re.compile(r"(?:^|,)\s*(\w+)")


def code_digest(*modules: str) -> str:
    """Return one digest of modules of the library and all that they import of it.

    Parameters
    ----------
    modules
        Dotted names such as ``wavedeck.intake.run``.

    >>> code_digest("wavedeck.study.errors") == code_digest("wavedeck.study.errors")
    True
    """
    digest = hashlib.sha256()
    for name in modules_behind(*modules):
        digest.update(_file(name).read_bytes())
    return digest.hexdigest()[:16]


def modules_behind(*modules: str) -> list[str]:
    """Return the modules of the library that modules rest on, themselves included, sorted."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(name)
    return sorted(found)


@cache
def _imported(module: str) -> tuple[str, ...]:
    names: list[str] = []
    for source, lines, line, plain in _IMPORT.findall(_file(module).read_text(encoding="utf-8")):
        base = source or plain
        names += [base, *(f"{base}.{member}" for member in _MEMBER.findall(lines or line))]
    return tuple(name for name in names if _is_module(name))


def _is_module(name: str) -> bool:
    path = _LIBRARY.joinpath(*name.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _file(name: str) -> Path:
    path = _LIBRARY.joinpath(*name.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")

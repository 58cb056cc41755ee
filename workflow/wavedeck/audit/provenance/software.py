"""Versions of what a report was made with."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from functools import cache
from importlib.metadata import requires, version
from typing import Any

_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_PACKAGE = re.compile(r"[A-Za-z0-9._-]+")


@cache
def software() -> dict[str, Any]:
    """Return the versions of Python, LibreOffice, poppler and the packages that the program names.

    What is not installed is None.
    """
    return {
        "python": platform.python_version(),
        "libreoffice": _said(("soffice", "libreoffice"), "--version"),
        "poppler": _said(("pdftotext",), "-v"),
        "packages": {name: version(name) for name in package_names()},
    }


def package_names() -> list[str]:
    """Return the packages that the program itself asks for, without those for tests."""
    asked = [one for one in requires("wavedeck") or () if "extra ==" not in one]
    names = (_PACKAGE.match(one) for one in asked)
    return sorted(match[0] for match in names if match)


def _said(programs: tuple[str, ...], option: str) -> str | None:
    """Return the version that a program tells, by the first of its names that is there."""
    found = next((path for path in map(shutil.which, programs) if path), None)
    if found is None:
        return None
    done = subprocess.run([found, option], capture_output=True, text=True, check=False, timeout=60)
    number = _NUMBER.search(done.stdout + done.stderr)
    return number[0] if number else None

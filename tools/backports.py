"""Add a backports suite to apt: the entry of the main suite once more, with the other suite's name.

Usage: ``python3 tools/backports.py bookworm-backports``. Standard library only, for it runs before
anything is set up.
"""

from __future__ import annotations

import sys
from pathlib import Path

APT = Path("/etc/apt")


def copy_of_line(text: str, *, main: str, suite: str) -> str | None:
    """Return the first one-line entry of suite `main`, with `suite` in its place.

    >>> copy_of_line(
    ...     "deb [arch=amd64] file:/mirror bookworm main", main="bookworm", suite="bookworm-backports"
    ... )
    'deb [arch=amd64] file:/mirror bookworm-backports main'
    """
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["deb"] and main in words and "main" in words[words.index(main) :]:
            return " ".join(suite if word == main else word for word in words[: words.index("main") + 1])
    return None


def copy_of_stanza(text: str, *, main: str, suite: str) -> str | None:
    """Return the first deb822 stanza of suite `main`, with `suite` in its place and component main."""
    for stanza in text.split("\n\n"):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields = {
            line.split(":", 1)[0].lower(): line.split(":", 1)[1].split() for line in lines if _is_field(line)
        }
        if main in fields.get("suites", []) and "deb" in fields.get("types", []):
            changed = {"types": "Types: deb", "suites": f"Suites: {suite}", "components": "Components: main"}
            return "\n".join(changed.get(line.split(":", 1)[0].lower(), line) for line in lines)
    return None


def _is_field(line: str) -> bool:
    return ":" in line and not line.startswith((" ", "\t"))


def add_suite(suite: str, *, apt: Path = APT) -> Path:
    """Write an entry for `suite` beside the entry of the main suite and return its file."""
    main = suite.removesuffix("-backports")
    folder = apt / "sources.list.d"
    for source in sorted(folder.glob("*.sources")):
        if stanza := copy_of_stanza(source.read_text(), main=main, suite=suite):
            return _write(folder / f"wavedeck-{suite}.sources", stanza)
    for source in [apt / "sources.list", *sorted(folder.glob("*.list"))]:
        if source.exists() and (line := copy_of_line(source.read_text(), main=main, suite=suite)):
            return _write(folder / f"wavedeck-{suite}.list", line)
    raise SystemExit(f"No entry for {main} in {apt}: add {suite} to the sources of apt by hand.")


def _write(file: Path, text: str) -> Path:
    file.write_text(text + "\n")
    return file


if __name__ == "__main__":
    add_suite(sys.argv[1])

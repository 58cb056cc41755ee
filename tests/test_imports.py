"""Imports point one way, and each heavy library stays in the rooms that own it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

LIBRARY = Path(__file__).parents[1] / "workflow" / "wavedeck"

CHAIN = ("study", "intake", "stats", "weighting", "impact", "figures", "narrative", "render")
_UP_TO_FIGURES = set(CHAIN[: CHAIN.index("figures") + 1])
_UP_TO_NARRATIVE = set(CHAIN[: CHAIN.index("narrative") + 1])

MAY_IMPORT = {room: set(CHAIN[:place]) for place, room in enumerate(CHAIN)} | {
    "audit": _UP_TO_NARRATIVE,
    "pages": {*_UP_TO_NARRATIVE, "audit"},
    "dummy": _UP_TO_FIGURES,
    "cli": {*CHAIN, "audit", "pages", "dummy"},
}

OWNERS = {
    "pptx": {"render"},
    "matplotlib": {"render"},
    "xlsxwriter": {"render"},
    "jinja2": {"narrative", "pages"},
    "statsmodels": {"stats", "weighting", "impact"},
    "scipy": {"stats", "weighting", "impact"},
    "duckdb": {"audit"},
    "rocrate": {"audit"},
    "snakemake": set(),
    "typer": {"cli"},
    "rich": {"cli"},
}


class Import(NamedTuple):
    file: str
    line: int
    room: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.name}"


def _names(node: ast.AST, package: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        start = list(package[: len(package) - node.level + 1]) if node.level else []
        base = ".".join([*start, *([node.module] if node.module else [])])
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def imports_of(source: str, file: str) -> Iterator[Import]:
    parts = Path(file).with_suffix("").parts
    package = ("wavedeck", *parts[:-1])
    for node in ast.walk(ast.parse(source)):
        for name in _names(node, package):
            yield Import(file, getattr(node, "lineno", 0), parts[0] if len(parts) > 1 else "", name)


def against_direction(found: Import) -> bool:
    words = found.name.split(".")
    if words[0] != "wavedeck" or len(words) == 1 or words[1] == found.room:
        return False
    return words[1] in MAY_IMPORT and words[1] not in MAY_IMPORT.get(found.room, set())


def not_the_owner(found: Import) -> bool:
    package = found.name.split(".")[0]
    return package in OWNERS and found.room not in OWNERS[package]


@pytest.fixture(scope="module")
def every_import() -> list[Import]:
    files = sorted(LIBRARY.rglob("*.py"))
    return [each for file in files for each in imports_of(file.read_text(), str(file.relative_to(LIBRARY)))]


def test_library_has_no_room_outside_the_design() -> None:
    rooms = {folder.name for folder in LIBRARY.iterdir() if folder.is_dir() and any(folder.rglob("*.py"))}
    assert rooms - set(MAY_IMPORT) == set()


def test_imports_point_one_way(every_import: list[Import]) -> None:
    assert [str(found) for found in every_import if against_direction(found)] == []


def test_heavy_libraries_stay_with_their_owners(every_import: list[Import]) -> None:
    assert [str(found) for found in every_import if not_the_owner(found)] == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("stats/means.py", "from wavedeck.figures.store import Store"),
        ("stats/means.py", "from ..figures import store"),
        ("stats/means.py", "from .. import figures"),
        ("stats/means.py", "def late():\n    import wavedeck.cli.main"),
        ("audit/trace.py", "from wavedeck.render import deck"),
        ("render/deck.py", "from wavedeck.audit import verify"),
        ("dummy/make.py", "import wavedeck.narrative"),
        ("paths.py", "import wavedeck.study"),
    ],
)
def test_walk_sees_an_import_against_the_direction(file: str, source: str) -> None:
    assert [against_direction(found) for found in imports_of(source, file)] == [True]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("figures/store.py", "from scipy.stats import norm"),
        ("study/load.py", "import snakemake.exceptions"),
        ("audit/read.py", "from pptx import Presentation"),
        ("narrative/text.py", "import matplotlib.pyplot as plt"),
    ],
)
def test_walk_sees_a_library_outside_its_room(file: str, source: str) -> None:
    assert [not_the_owner(found) for found in imports_of(source, file)] == [True]

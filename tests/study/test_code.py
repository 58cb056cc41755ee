"""The library modules that a stage rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wavedeck.study import code


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of four modules, the first of which imports the others in different ways."""
    root = tmp_path / "wavedeck"
    (root / "room").mkdir(parents=True)
    for name in ("__init__", "first", "second", "third", "fourth", "alone"):
        (root / "room" / f"{name}.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(code, "_LIBRARY", root)
    code._imported.cache_clear()
    yield root / "room"
    code._imported.cache_clear()


@pytest.mark.parametrize(
    "written",
    [
        "from wavedeck.room import second",
        "from wavedeck.room import second as other, third",
        "from wavedeck.room import (\n    third,\n    second,\n)",
        "from wavedeck.room.second import x",
        "import wavedeck.room.second",
        "def later():\n    from wavedeck.room.second import x\n    return x",
    ],
)
def test_digest_follows_an_imported_module(library: Path, written: str) -> None:
    (library / "first.py").write_text(f"{written}\n", encoding="utf-8")
    before = code.code_digest("wavedeck.room.first")
    (library / "alone.py").write_text("x = 2\n", encoding="utf-8")
    assert code.code_digest("wavedeck.room.first") == before
    (library / "second.py").write_text("x = 2\n", encoding="utf-8")
    assert code.code_digest("wavedeck.room.first") != before


def test_pages_rest_on_what_finds_places_and_makes_cards() -> None:
    behind = set(code.modules_behind("wavedeck.pages.site"))
    assert {"wavedeck.pages.places.find", "wavedeck.pages.places.share"} <= behind
    assert {"wavedeck.audit.cards.words", "wavedeck.audit.cards.conditions"} <= behind

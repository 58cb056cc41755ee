"""Copies of the tiny study in which something was changed, built by the library alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from built_study import build
from tiny_study import ROOT
from wavedeck.audit.explain.changes import Comparison
from wavedeck.study.load import load_study

CONFIG = "config/studies/tiny"
RAW = "data/raw/tiny/2024/responses.csv"
RAW_BEFORE = "data/raw/tiny/2023/responses.csv"
WAVE = "2024"
Against = Callable[..., Comparison]


@dataclass(frozen=True)
class Edit:
    """One text in a file of the study that becomes another."""

    file: str
    old: str
    new: str

    def apply(self, folder: Path) -> None:
        """Change the file below a folder."""
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        assert self.old in text, f"{self.file} does not hold {self.old!r}"
        path.write_text(text.replace(self.old, self.new, 1), encoding="utf-8")


ANSWER = Edit(RAW, "24002,1,2,56,6,", "24002,1,2,56,9,")
ANSWER_BEFORE = Edit(RAW_BEFORE, "23002,1,1,36,7,", "23002,1,1,36,10,")
TARGETS = (
    Edit(f"{CONFIG}/weighting.yaml", "branch_north, target: 50", "branch_north, target: 45"),
    Edit(f"{CONFIG}/weighting.yaml", "branch_south, target: 40", "branch_south, target: 45"),
)
TOP = Edit(f"{CONFIG}/indicators.yaml", '["8", "9", "10"]', '["7", "8", "9", "10"]')


def drop_row(start: str) -> Edit:
    """Return the edit that takes the row of a respondent out of the raw file."""
    line = next(one for one in (ROOT / RAW).read_text(encoding="utf-8").splitlines() if one.startswith(start))
    return Edit(RAW, f"\n{line}\n", "\n")


def add_row(like: str, respondent: str) -> Edit:
    """Return the edit that adds a respondent who answers like another."""
    line = next(one for one in (ROOT / RAW).read_text(encoding="utf-8").splitlines() if one.startswith(like))
    return Edit(RAW, f"\n{line}\n", f"\n{line}\n{line.replace(like.rstrip(','), respondent, 1)}\n")


def copy_changed(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    """Copy the tiny study into a folder and change it; nothing is built."""
    shutil.copytree(ROOT, folder)
    for edit in edits:
        edit.apply(folder)
    return folder


def build_changed(folder: Path, edits: Iterable[Edit] = (), wave: str = WAVE) -> Path:
    """Copy the tiny study into a folder, change and build it."""
    copy_changed(folder, edits)
    build(load_study(folder / CONFIG), folder, folder, wave)
    return folder

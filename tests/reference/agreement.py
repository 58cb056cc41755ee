"""Comparing figures with R's: what was compared, how well, and what was left out."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
RELATIVE, LOGIT = 1e-8, 1e-6
ZERO, NOISE, ABSOLUTE = 1e-16, 1e-15, 1e-12


@dataclass(frozen=True, eq=False)
class Agreement:
    """Hold one column of figures beside R's."""

    file: str
    part: str
    expected: np.ndarray
    actual: np.ndarray
    relative: float = RELATIVE

    @property
    def compared(self) -> int:
        """Number of figures that R has."""
        return int(np.isfinite(self.expected).sum())

    @property
    def error(self) -> np.ndarray:
        """Relative error of each figure that R has; 0 where both are rounding noise."""
        known = np.isfinite(self.expected)
        gap = np.abs(self.actual[known] - self.expected[known])
        relative = gap / np.maximum(np.abs(self.expected[known]), 1e-300)
        noise = np.where(np.abs(self.expected[known]) < ZERO, ABSOLUTE, NOISE)
        return np.where(gap <= noise, 0.0, np.where(np.isnan(gap), np.inf, relative))

    @property
    def worst(self) -> float:
        """Largest relative error."""
        return float(self.error.max(initial=0.0))


def agree(file: str, part: str, expected: object, actual: object, *, relative: float = RELATIVE) -> Agreement:
    """Put figures beside R's; shapes must be the same."""
    r, ours = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
    assert r.shape == ours.shape, (file, part, r.shape, ours.shape)
    return Agreement(file, part, r.reshape(-1), ours.reshape(-1), relative)


def read_json(name: str, *, folder: Path = HERE) -> dict:
    """Read R's answers, packed or plain."""
    return json.loads(_text(folder, f"{name}.json"))


def read_data(name: str, *, folder: Path = HERE) -> pd.DataFrame:
    """Read a data file, packed or plain; labels as text."""
    return pd.read_csv(StringIO(_text(folder, f"{name}.csv")), dtype={"age": object})


def _text(folder: Path, name: str) -> str:
    packed = folder / f"{name}.gz"
    return gzip.decompress(packed.read_bytes()).decode() if packed.exists() else (folder / name).read_text()


def shared_folder() -> Path | None:
    """Return the folder with the reference files that stay outside the project, if it is there."""
    root = os.environ.get("WAVEDECK_SHARED")
    folder = Path(root) / "reference" / "stats" if root else None
    return folder if folder is not None and folder.is_dir() else None


def table(agreements: Sequence[Agreement]) -> str:
    """Return one line per file and part: figures compared and the worst relative error."""
    lines = [f"{a.file:24}{a.part:34}{a.compared:8}  {a.worst:.1e}" for a in agreements]
    totals: dict[str, int] = {}
    for a in agreements:
        totals[a.file] = totals.get(a.file, 0) + a.compared
    lines += [f"{file:58}{count:8}" for file, count in totals.items()]
    return "\n".join([*lines, f"{'all':58}{sum(totals.values()):8}"])

from __future__ import annotations

from pathlib import Path

import pytest

import tiny_study
from wavedeck.figures.store import (
    UnknownFigureError,
    make_store,
    read_store,
    write_comparisons,
    write_figures,
)
from wavedeck.study.errors import StatisticsError


def written(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    paths = folder / "figures.parquet", folder / "comparisons.parquet"
    write_figures(tiny_study.stores().full.figures.values(), paths[0])
    write_comparisons(tiny_study.stores().full.comparisons.values(), paths[1])
    return paths


def test_store_reads_back_as_it_was_written(tmp_path: Path) -> None:
    assert read_store(*written(tmp_path / "a")) == tiny_study.stores().full


def test_store_is_written_with_the_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a"), written(tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_store_without_comparisons_reads_back(tmp_path: Path) -> None:
    write_figures([], tmp_path / "f")
    write_comparisons([], tmp_path / "c")
    assert read_store(tmp_path / "f", tmp_path / "c") == make_store([], [])


def test_unknown_figure_names_the_closest() -> None:
    with pytest.raises(UnknownFigureError, match="did you mean 'visitors/overall/all/2024'"):
        tiny_study.store()["visitors/overal/all/2024"]


def test_two_figures_with_one_address_are_refused() -> None:
    figure = tiny_study.store()["visitors/overall/all/2024"]
    with pytest.raises(StatisticsError, match=r"visitors/overall/all/2024"):
        make_store([figure, figure], [])

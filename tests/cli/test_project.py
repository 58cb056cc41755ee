from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.cli.project import Project, UsageError, find_project


def test_find_project_takes_the_current_folder_when_it_has_settings(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.folder)
    assert find_project(root=tmp_path / "elsewhere").folder == project.folder


def test_find_project_falls_back_on_the_folder_of_the_workflow(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert find_project(root=project.root).folder == project.root


def test_find_project_refuses_a_folder_without_settings(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no config/config\.yaml in it"):
        find_project(tmp_path)


def test_project_of_the_library_is_the_folder_with_pyproject(project: Project) -> None:
    assert (find_project(project.folder).root / "pyproject.toml").is_file()

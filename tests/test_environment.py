"""One set of versions: pyproject.toml states it, requirements.lock and environment.yml repeat it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)")


def _pins(lines: list[str]) -> dict[str, str]:
    found = (PIN.match(line) for line in lines)
    return {pin[1].lower().replace("_", "-"): pin[2] for pin in found if pin}


@pytest.fixture(scope="module")
def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def test_pyproject_pins_every_dependency_to_one_version(declared: list[str]) -> None:
    assert [entry for entry in declared if not PIN.fullmatch(entry)] == []


def test_lock_has_the_versions_of_pyproject(declared: list[str]) -> None:
    locked = _pins((ROOT / "requirements.lock").read_text().splitlines())
    wanted = _pins(declared)
    assert {name: locked.get(name) for name in wanted} == wanted


def test_lock_has_hashes_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text


def test_environment_yml_has_the_versions_of_pyproject(declared: list[str]) -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert _pins(pip) == _pins(declared)


def test_environment_yml_has_a_python_that_pyproject_allows() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    (python,) = [entry for entry in environment["dependencies"] if str(entry).startswith("python=")]
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert python.removeprefix("python=") == floor.removeprefix(">=")

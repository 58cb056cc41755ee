"""The research object: accepted by the validator of its profile, and saying what was built."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from delivered_report import DELIVERED
from workplace import Workplace

VALIDATOR = Path(__file__).with_name("offline_validator.py")
PROFILE = "workflow-run-crate-0.5"


def _issues(folder: Path) -> list[str]:
    command = [sys.executable, str(VALIDATOR), str(folder), "REQUIRED", PROFILE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])[PROFILE]
    return found


def _graph(folder: Path) -> dict[str, Any]:
    data = json.loads((folder / "ro-crate-metadata.json").read_text())
    return {one["@id"]: one for one in data["@graph"]}


def test_crate_conforms_to_the_profile_that_it_claims(place: Workplace) -> None:
    assert _issues(place.reports) == []


def test_validator_sees_a_crate_without_its_run(place: Workplace) -> None:
    path = place.reports / "ro-crate-metadata.json"
    data = json.loads(path.read_text())
    data["@graph"] = [one for one in data["@graph"] if one["@id"] != "#run"]
    path.write_text(json.dumps(data))
    assert any("CreateAction" in issue for issue in _issues(place.reports))


def test_crate_describes_workflow_run_and_agency(place: Workplace) -> None:
    graph = _graph(place.reports)
    run, root = graph["#run"], graph["./"]
    assert root["mainEntity"] == run["instrument"] == {"@id": "workflow/Snakefile"}
    assert root["datePublished"] == run["endTime"] == "2024-06-28"
    assert graph[run["agent"]["@id"]]["name"] == "Tern & Tide Research"
    assert {one["@id"] for one in run["result"]} == {*DELIVERED, "manifest.json"}
    raw = [graph[one["@id"]] for one in run["object"] if graph[one["@id"]].get("description") == "raw file"]
    assert {one["name"] for one in raw} == {f"data/raw/tiny/{w}/responses.csv" for w in ("2023", "2024")}


def test_every_id_in_the_crate_is_stable(place: Workplace) -> None:
    identifiers = set(_graph(place.reports))
    assert all(
        one.startswith(("#", "ni:", "pkg:", "urn:hmac-sha256:", "https:")) or (place.reports / one).exists()
        for one in identifiers
    )

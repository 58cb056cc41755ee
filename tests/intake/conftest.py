from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wavedeck.intake.run import Intake, run_intake
from wavedeck.study.codebook import Codebook, Question
from wavedeck.study.findings import Finding
from wavedeck.study.settings import Cleaning, Part

FILE = "data/raw/tiny/2017/responses.csv"
ID = {"label": "Id", "type": "id"}


def questions_of(variables: dict[str, Any]) -> tuple[Question, ...]:
    declared = {name: {"label": name, **each} for name, each in variables.items()}
    return Codebook.model_validate({"variables": declared}).questions("main", "2017")


def part_of(**source: Any) -> Part:
    ignore = source.pop("ignore_columns", [])
    given = {"file": FILE, "format": "csv", **source}
    return Part.model_validate({"label": "People", "id": "id", "source": given, "ignore_columns": ignore})


def only(findings: tuple[Finding, ...] | list[Finding], rule: str) -> Finding:
    (found,) = [finding for finding in findings if finding.rule == rule]
    return found


@pytest.fixture
def take_in(tmp_path: Path) -> Callable[..., Intake]:
    """Take in a file written from text, bytes or not at all."""

    def run(content: str | bytes | Path | None, variables: dict[str, Any], **settings: Any) -> Intake:
        cleaning = Cleaning.model_validate(settings.pop("cleaning", {}))
        earlier = settings.pop("earlier", {})
        path = content if isinstance(content, Path) else tmp_path / "responses.csv"
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        if isinstance(content, bytes):
            path.write_bytes(content)
        return run_intake(
            path,
            raw_name=FILE,
            part=part_of(**settings),
            part_name="main",
            wave="2017",
            questions=questions_of({"id": ID, **variables}),
            cleaning=cleaning,
            earlier=earlier,
        )

    return run

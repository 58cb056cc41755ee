"""The rules: which there are, how they hang together, how they are written."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from wavedeck.cli.plan import STAGES as COMMAND_STAGES
from workplace import BIN, ROOT, Workplace

STAGES = [
    "intake",
    "weight",
    "estimate",
    "impact",
    "store",
    "recompute",
    "store_csv",
    "quotes",
    "chart",
    "deck",
    "pdf",
    "workbook",
    "verify_workbook",
    "verify",
    "pages",
    "claims",
    "deliver",
    "provenance",
    "restate",
]
EDGES = {
    ("store", "restate"),
    ("intake", "weight"),
    ("intake", "estimate"),
    ("weight", "estimate"),
    ("intake", "impact"),
    ("weight", "impact"),
    ("estimate", "store"),
    ("impact", "store"),
    ("intake", "quotes"),
    ("quotes", "deck"),
    ("store", "recompute"),
    ("intake", "recompute"),
    ("weight", "recompute"),
    ("recompute", "deliver"),
    ("store", "workbook"),
    ("store", "verify_workbook"),
    ("workbook", "verify_workbook"),
    ("workbook", "deliver"),
    ("verify_workbook", "deliver"),
    ("store", "store_csv"),
    ("store", "chart"),
    ("store", "deck"),
    ("deck", "pdf"),
    ("deck", "claims"),
    ("claims", "deliver"),
    ("store", "verify"),
    ("quotes", "verify"),
    ("deck", "verify"),
    ("pdf", "verify"),
    ("verify", "deliver"),
    ("deck", "pages"),
    ("pdf", "pages"),
    ("verify", "pages"),
    ("store", "pages"),
    ("store_csv", "pages"),
    ("workbook", "pages"),
    ("verify_workbook", "pages"),
    ("recompute", "pages"),
    ("intake", "pages"),
    ("weight", "pages"),
    ("impact", "pages"),
    ("pages", "deliver"),
    ("deck", "deliver"),
    ("pdf", "deliver"),
    ("chart", "deliver"),
    ("store_csv", "deliver"),
    ("deliver", "provenance"),
    ("store", "provenance"),
    ("recompute", "provenance"),
    ("intake", "provenance"),
    ("weight", "provenance"),
}
# One locked environment serves the whole workflow; see docs/decisions/0001-shape.md.
ACCEPTED = {"Specify a conda environment or container for each rule."}


def _rules() -> dict[str, str]:
    texts = [path.read_text() for path in sorted((ROOT / "workflow" / "rules").glob("*.smk"))]
    parts = re.split(r"^rule (\w+):\n", "\n".join(texts), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_rules_are_the_stages_and_their_targets() -> None:
    rules = _rules()
    assert {name for name in rules if not name.startswith("all_")} == set(STAGES)
    assert {name.removeprefix("all_") for name in rules if name.startswith("all_")} <= set(STAGES)


def test_every_stage_that_the_command_offers_has_a_target() -> None:
    assert {f"all_{stage}" for stage in COMMAND_STAGES} == {name for name in _rules() if "all_" in name}


@pytest.mark.parametrize("stage", STAGES)
def test_rule_follows_one_order_and_has_a_log(stage: str) -> None:
    directives = re.findall(r"^    (\w+):", _rules()[stage], flags=re.MULTILINE)
    assert directives == ["input", "output", "log", "params", "message", "script"]


def test_rule_graph_joins_the_stages_as_documented(workplace: Workplace) -> None:
    graph = workplace.snakemake("--rulegraph").text
    names = dict(re.findall(r'(\d+)\[label = "([\w]+)"', graph))
    edges = {(names[a], names[b]) for a, b in re.findall(r"(\d+) -> (\d+)", graph)}
    assert {edge for edge in edges if "all" not in edge} == EDGES


def test_snakefile_is_short() -> None:
    assert len((ROOT / "Snakefile").read_text().splitlines()) < 40


def test_scripts_touch_snakemake_only_when_run() -> None:
    for path in sorted((ROOT / "workflow" / "scripts").glob("*.py")):
        text = path.read_text()
        before, guard, _ = text.partition('if __name__ == "__main__":')
        assert guard, path.name
        assert "snakemake" not in before.lower().replace("snakemake.", "snakemake"), path.name
        assert len(text.splitlines()) <= 45, path.name


def test_snakemake_lint_finds_only_what_is_accepted() -> None:
    done = subprocess.run(
        [BIN / "snakemake", "--lint", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    titles = set(re.findall(r"^    \* (.+?):?$", done.stdout + done.stderr, flags=re.MULTILINE))
    if done.stdout.lstrip().startswith("{"):
        found = json.loads(done.stdout)
        titles |= {
            lint["title"] for kind in ("rules", "files") for one in found[kind] for lint in one["lints"]
        }
    assert titles, "the linter said nothing"
    assert {title.rstrip(":") for title in titles} == ACCEPTED

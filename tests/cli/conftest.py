from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.cli.project import Project

SNAKEFILE = """
from pathlib import Path

from snakemake.exceptions import WorkflowError

configfile: "config/config.yaml"

if Path("broken").exists():
    raise WorkflowError("deck.yaml, line 4: unknown key 'titel'; did you mean 'title'?\\nAnd more.")

WAVES = [config["only_wave"]] if "only_wave" in config else config["studies"]["tiny"]["waves"]


rule all:
    input:
        expand("reports/tiny/{wave}/deck.pptx", wave=WAVES),


rule all_intake:
    input:
        expand("data/processed/tiny/{wave}/responses.txt", wave=WAVES),


rule intake:
    input:
        "data/raw/tiny/{wave}/raw.txt",
    output:
        "data/processed/tiny/{wave}/responses.txt",
    log:
        "logs/tiny/{wave}/intake.log",
    message:
        "Read the raw data of tiny, wave {wildcards.wave}"
    shell:
        "cp {input} {output} 2> {log}"


rule deck:
    input:
        "data/processed/tiny/{wave}/responses.txt",
    output:
        "reports/tiny/{wave}/deck.pptx",
    log:
        "logs/tiny/{wave}/deck.log",
    shell:
        "if [ -e spoil ]; then cp spoil {log}; exit 1; fi; cp {input} {output}"
"""
CONFIG = """
studies:
  tiny:
    waves: ["02"]
    languages: [en]
"""
STUDY = """
study: tiny
title: {en: A tiny tracker, nl: Een kleine tracker}
languages: [en, nl]
waves:
  - id: "01"
  - id: "02"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A workflow of two stages and a study of two waves, of which a plain run builds the last."""
    for name, text in {
        "Snakefile": SNAKEFILE,
        "config/config.yaml": CONFIG,
        "config/studies/tiny/study.yaml": STUDY,
        "data/raw/tiny/01/raw.txt": "one",
        "data/raw/tiny/02/raw.txt": "two",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return Project(tmp_path, tmp_path)

"""What is made anew after a change, and what is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from reproduce import SECOND, compare
from workplace import Workplace, copy_study

AFTER_INTAKE = {
    "intake",
    "weight",
    "estimate",
    "impact",
    "store",
    "recompute",
    "restate",
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
}

REPORTS = {
    "chart",
    "deck",
    "pdf",
    "workbook",
    "verify_workbook",
    "claims",
    "verify",
    "pages",
    "deliver",
    "provenance",
}


def test_second_run_does_nothing(built: Workplace) -> None:
    run = built.snakemake()
    assert run.code == 0
    assert run.stages == set()


def test_changed_sentence_rebuilds_text_and_deck_alone(built: Workplace) -> None:
    built.edit("templates/tiny/cover.en.j2", "# ", "# New: ")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == {"deck", "pdf", "claims", "verify", "pages", "deliver", "provenance"}


def test_changed_slide_rebuilds_reports_and_no_figures(built: Workplace) -> None:
    built.edit(built.study("deck"), "id: cover,", "id: cover, notes: Welcome,")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == REPORTS


def test_remark_in_the_codebook_rebuilds_nothing_but_its_checksum(built: Workplace) -> None:
    built.edit(built.study("codebook"), "variables:\n", "variables:\n  # a remark\n")
    assert built.snakemake().stages == {"provenance"}


def test_changed_label_rebuilds_reports_alone(built: Workplace) -> None:
    built.edit(built.study("codebook"), "label: ", "label: More about ")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == REPORTS


def test_changed_code_rebuilds_all_that_rests_on_it(built: Workplace) -> None:
    codebook = (built.folder / built.study("codebook")).read_text()
    old = next(line for line in codebook.splitlines() if "maximum: 10" in line)
    built.edit(built.study("codebook"), old, old.replace("maximum: 10", "maximum: 11"))
    run = built.snakemake("--until", "store")
    assert run.code == 0, run.text
    assert run.stages == {"intake", "weight", "estimate", "impact", "store"}


def test_changed_test_level_leaves_intake_and_weights_alone(built: Workplace) -> None:
    built.edit(built.study("study"), "correction: holm", "correction: none")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == AFTER_INTAKE - {"intake", "weight", "quotes"}


def test_changed_cleared_text_chooses_quotes_and_writes_the_deck_anew(built: Workplace) -> None:
    built.edit("data/raw/tiny/2024/visitors_cleared.csv", "Longer hours on Friday", "More hours on Friday")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == {"quotes", "deck", "pdf", "claims", "verify", "pages", "deliver", "provenance"}


def test_changed_code_of_an_open_answer_rebuilds_all_that_rests_on_it(built: Workplace) -> None:
    built.edit("data/raw/tiny/2024/visitors_coding.csv", "24009,remark,opening", "24009,remark,other")
    run = built.snakemake()
    assert run.code == 0, run.text
    assert run.stages == AFTER_INTAKE


def test_edited_module_reruns_the_stages_that_rest_on_it(
    tmp_path: Path, copy_code: Callable[[Path], Path]
) -> None:
    place = Workplace(copy_study(tmp_path / "study").folder, copy_code(tmp_path / "code"))
    assert place.snakemake().code == 0
    module = place.code / "workflow" / "wavedeck" / "render" / "pdf.py"
    module.write_text(module.read_text() + "\n# edited\n")
    assert place.snakemake().stages == {"pdf", "verify", "pages", "deliver", "provenance"}
    module = place.code / "workflow" / "wavedeck" / "figures" / "export.py"
    module.write_text(module.read_text() + "\n# edited\n")
    assert place.snakemake().stages == {"store_csv", "restate", "pages", "deliver", "provenance"}


def test_two_builds_in_two_folders_are_identical(built_once: Workplace, tmp_path: Path) -> None:
    folder = copy_study(tmp_path / "another folder" / "further down").folder
    run = Workplace(folder, circumstances=SECOND.environment, umask=SECOND.umask).snakemake()
    assert run.code == 0, run.text
    found = compare(built_once.folder, folder)
    assert found.is_same, "\n".join(found.lines())
    assert found.same > 50


def test_failed_build_leaves_the_last_report_whole(built: Workplace) -> None:
    before = _digests(built.folder / "reports")
    cover = built.folder / "templates" / "tiny" / "cover.en.j2"
    cover.write_text("# Cover\n{{ fig('visitors/overal/all') }}\n")
    assert built.snakemake().code == 1
    assert _digests(built.folder / "reports") == before
    assert before


def _digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file that a build makes under a folder."""
    tops = [
        top for top in (folder / "data" / "processed", folder / "reports", folder / "tiny") if top.is_dir()
    ]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for top in tops
        for path in sorted(top.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }

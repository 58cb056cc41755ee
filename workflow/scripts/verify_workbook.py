"""Stage verify, table book: account for every number in it; a fault stops the report."""

from pathlib import Path

from wavedeck.audit.verify.report import read_truth, require, verify_file, write_whole_ledger
from wavedeck.audit.verify.result import summary
from wavedeck.intake.write import write_text
from wavedeck.study.handover import restore_study


def main(tables: str, store: str, outputs: dict, study: dict, wave: str, language: str) -> str:
    """Verify the table book against the stores, write its ledger, and return the counts."""
    truth = read_truth(restore_study(study), Path(store).parent, wave=wave, language=language)
    found = verify_file(Path(tables), truth)
    require({Path(tables).name: found})
    write_whole_ledger(found, Path(outputs["ledger"]))
    counts = summary(Path(tables).name, found)
    write_text(f"{counts}\n", Path(outputs["counts"]))
    return counts


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as note:
        note(
            main(
                snakemake.input.tables,
                snakemake.input.figures,
                dict(snakemake.output.items()),
                snakemake.params.study,
                snakemake.wildcards.wave,
                snakemake.params.language,
            )
        )

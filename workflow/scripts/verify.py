"""Stage verify: account for every number of the finished deck and PDF; a fault stops the report."""

from pathlib import Path

from wavedeck.audit.verify.report import read_truth, require, verify_file, write_whole_ledger
from wavedeck.audit.verify.result import summary
from wavedeck.intake.write import write_text
from wavedeck.study.handover import restore_study


def main(deck: str, pdf: str, store: str, outputs: dict, study: dict, wave: str, language: str) -> list[str]:
    """Verify both files against the stores, write the whole ledger, and return the counts."""
    truth = read_truth(restore_study(study), Path(store).parent, wave=wave, language=language)
    found = {Path(path).name: verify_file(Path(path), truth, deck=Path(deck)) for path in (deck, pdf)}
    require(found)
    write_whole_ledger(found[Path(deck).name], Path(outputs["ledger"]))
    counts = [summary(name, one) for name, one in found.items()]
    write_text("\n".join(counts) + "\n", Path(outputs["counts"]))
    return counts


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as note:
        note(
            *main(
                snakemake.input.deck,
                snakemake.input.pdf,
                snakemake.input.figures,
                dict(snakemake.output.items()),
                snakemake.params.study,
                snakemake.wildcards.wave,
                snakemake.params.language,
            )
        )

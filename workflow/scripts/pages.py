"""Stage pages: the audit pages of a verified report, one site for everybody and one for the house."""

from pathlib import Path

from wavedeck.pages.report import Report
from wavedeck.pages.site import write_sites
from wavedeck.study.handover import restore_study


def main(outputs: dict, study: dict, wave: str, language: str) -> None:
    """Write both sites."""
    report = Report(restore_study(study), Path(), wave, language)
    write_sites(report, public=Path(outputs["public"]), internal=Path(outputs["internal"]))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            dict(snakemake.output.items()),
            snakemake.params.study,
            snakemake.wildcards.wave,
            snakemake.params.language,
        )

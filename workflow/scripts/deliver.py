"""Stage deliver: a report whose files all belong together into the folder that leaves the house."""

from pathlib import Path

from wavedeck.render.files import deliver


def main(drafts: dict, reports: dict) -> None:
    """Copy every file and folder of a finished draft."""
    for name, report in reports.items():
        deliver(Path(drafts[name]), Path(report))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            dict(snakemake.input.items()),
            dict(snakemake.output.items()),
        )

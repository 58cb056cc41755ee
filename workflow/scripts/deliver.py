"""Stage deliver: a report whose files all belong together into the folder that leaves the house."""

from pathlib import Path

from wavedeck.render.files import deliver


def main(drafts: list[str], reports: list[str]) -> None:
    """Copy every file and folder of a finished draft."""
    for draft, report in zip(drafts, reports, strict=True):
        deliver(Path(draft), Path(report))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(list(snakemake.input), list(snakemake.output))

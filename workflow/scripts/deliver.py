"""Stage deliver: a report whose files all belong together into the folder that leaves the house."""

import shutil
from pathlib import Path


def main(drafts: list[str], reports: list[str]) -> None:
    """Copy every file and folder of a finished draft."""
    for draft, report in zip(map(Path, drafts), map(Path, reports), strict=True):
        if draft.is_dir():
            shutil.copytree(draft, report, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copyfile(draft, report)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(list(snakemake.input), list(snakemake.output))

"""Stage store_csv: the publishable store as figures.csv in one language."""

from pathlib import Path

from wavedeck.figures.export import write_csv
from wavedeck.figures.store import read_store


def main(figures: str, comparisons: str, csv: str, language: str, *, printed_digits: bool) -> None:
    """Read the publishable store and write figures.csv."""
    store = read_store(Path(figures), Path(comparisons))
    write_csv(store, Path(csv), language, printed_digits=printed_digits)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            *snakemake.input,
            snakemake.output.csv,
            snakemake.params.language,
            printed_digits=snakemake.params.printed_digits,
        )

"""Stage workbook: the publishable store as a table book."""

from pathlib import Path

from wavedeck.figures.store import read_store
from wavedeck.render.book.book import write_book
from wavedeck.render.compose.context import Context
from wavedeck.render.style import load_style
from wavedeck.study.handover import restore_study


def main(inputs: dict, tables: str, study: dict, wave: str, language: str) -> None:
    """Read the publishable store and write the table book."""
    store, declared = read_store(Path(inputs["figures"]), Path(inputs["comparisons"])), restore_study(study)
    templates = Path("templates") / declared.name
    style = load_style(Path(inputs["style"]))
    write_book(Context(declared, wave, language, store, style, templates), Path(tables))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            dict(snakemake.input.items()),
            snakemake.output.tables,
            snakemake.params.study,
            snakemake.wildcards.wave,
            snakemake.params.language,
        )

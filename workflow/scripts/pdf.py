"""Stage pdf: the deck as a tagged PDF, one page a slide."""

import datetime as dt
from pathlib import Path

from wavedeck.render.pdf import convert


def main(deck: str, pdf: str, language: str, created: str, title: str) -> None:
    """Convert the deck; the date inside comes from the study."""
    convert(Path(deck), Path(pdf), language=language, created=dt.date.fromisoformat(created), title=title)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.deck,
            snakemake.output.pdf,
            snakemake.params.language,
            snakemake.params.published,
            snakemake.params.title,
        )

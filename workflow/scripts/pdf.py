"""Stage pdf: the deck as a tagged PDF, one page a slide."""

import datetime as dt
from pathlib import Path

from wavedeck.render.pdf import convert


def main(deck: str, pdf: str, language: str, created: str, title: str) -> None:
    """Convert the deck; the date inside comes from the study."""
    convert(Path(deck), Path(pdf), language=language, created=dt.date.fromisoformat(created), title=title)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):  # noqa: F821
        main(
            snakemake.input.deck,  # noqa: F821
            snakemake.output.pdf,  # noqa: F821
            snakemake.params.language,  # noqa: F821
            snakemake.params.published,  # noqa: F821
            snakemake.params.title,  # noqa: F821
        )

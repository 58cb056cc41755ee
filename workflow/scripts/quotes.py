"""Stage quotes: cleared open answers into the quotes that a report may print."""

from pathlib import Path

import pyarrow.parquet as pq

from wavedeck.figures.cleared import read_cleared
from wavedeck.figures.quotes import QuoteSettings, choose_quotes, write_chosen


def main(responses: list[str], cleared: list[str], outputs: list[str], settings: dict) -> None:
    """Read responses and cleared texts of each part, choose quotes, write them and what was found."""
    declared = QuoteSettings.model_validate(settings)
    tables = {part: pq.read_table(path) for part, path in zip(declared.parts, responses, strict=True)}
    texts = {}
    for part, path in zip(declared.parts, cleared, strict=True):
        file = declared.verbatims.cleared(part, declared.wave)
        texts[part] = read_cleared(
            Path(path), declared=file, wave=declared.wave, rules=declared.verbatims.redaction
        )
    write_chosen(choose_quotes(declared, tables, texts), *map(Path, outputs))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            list(snakemake.input.responses),
            list(snakemake.input.cleared),
            list(snakemake.output),
            snakemake.params.settings,
        )

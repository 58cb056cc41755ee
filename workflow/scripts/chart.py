"""Stage chart: every chart of a report as PNG and SVG."""

from pathlib import Path

from wavedeck.figures.store import read_store
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.report import write_charts
from wavedeck.render.style import load_style
from wavedeck.study.handover import restore_study


def main(
    figures: str, comparisons: str, style: str, folder: str, study: dict, wave: str, language: str
) -> None:
    """Read the publishable store and draw the charts."""
    store, declared = read_store(Path(figures), Path(comparisons)), restore_study(study)
    templates = Path("templates") / declared.name
    context = Context(declared, wave, language, store, load_style(Path(style)), templates)
    write_charts(context, Path(folder))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.figures,
            snakemake.input.comparisons,
            snakemake.input.style,
            snakemake.output.folder,
            snakemake.params.study,
            snakemake.wildcards.wave,
            snakemake.params.language,
        )

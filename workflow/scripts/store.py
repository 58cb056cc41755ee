"""Stage store: the figures of all waves and parts into the full and the publishable store."""

from pathlib import Path

from wavedeck.figures.assemble import assemble
from wavedeck.figures.methods import method_summary, write_methods
from wavedeck.figures.recipe import StoreSettings
from wavedeck.figures.store import read_comparisons, read_figures, write_comparisons, write_figures


def main(figures: list[str], comparisons: list[str], outputs: list[str], settings: dict) -> None:
    """Join all estimates, compare waves, apply suppression; write both stores and what was tested."""
    declared = StoreSettings.model_validate(settings)
    every = [figure for path in figures for figure in read_figures(Path(path))]
    rest = [item for path in comparisons for item in read_comparisons(Path(path))]
    stores = assemble(every, rest, declared)
    full_figures, full_comparisons, shown_figures, shown_comparisons, methods = map(Path, outputs)
    write_figures(stores.full.figures.values(), full_figures)
    write_comparisons(stores.full.comparisons.values(), full_comparisons)
    write_figures(stores.publishable.figures.values(), shown_figures)
    write_comparisons(stores.publishable.comparisons.values(), shown_comparisons)
    shown = stores.publishable
    write_methods(method_summary(shown.comparisons.values(), shown.figures, declared.tests), methods)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.figures,
            snakemake.input.comparisons,
            list(snakemake.output),
            snakemake.params.settings,
        )

"""Stage estimate: responses and weights into the figures of one wave of one part."""

from pathlib import Path

from wavedeck.figures.estimate import estimate_wave
from wavedeck.figures.recipe import Recipe
from wavedeck.figures.store import write_comparisons, write_figures
from wavedeck.intake.tables import read_table


def main(responses: str, weights: str, figures: str, comparisons: str, recipe: dict) -> None:
    """Estimate every indicator and write figures and comparisons."""
    tables = (read_table(Path(path)) for path in (responses, weights))
    estimates = estimate_wave(*tables, Recipe.model_validate(recipe), Path())
    write_figures(estimates.figures, Path(figures))
    write_comparisons(estimates.comparisons, Path(comparisons))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(*snakemake.input, *snakemake.output, snakemake.params.recipe)

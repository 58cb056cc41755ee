"""Stage impact: responses and weights into figures of what drives the overall judgement."""

import json
from pathlib import Path

import pyarrow.parquet as pq

from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import ImpactRecipe
from wavedeck.figures.store import write_comparisons, write_figures
from wavedeck.intake.write import write_text


def main(inputs: dict, figures: str, comparisons: str, cards: str, recipe: dict) -> None:
    """Analyse every group and write figures, comparisons with the rest and cards of the models."""
    tables = (pq.read_table(inputs[name]) for name in ("responses", "weights"))
    results = impact_wave(*tables, ImpactRecipe.model_validate(recipe), Path())
    write_figures(results.figures, Path(figures))
    write_comparisons(results.comparisons, Path(comparisons))
    write_text(json.dumps(results.cards, indent=1) + "\n", Path(cards))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(dict(snakemake.input.items()), *snakemake.output, snakemake.params.recipe)

"""Stage impact: responses and weights into figures of what drives the overall judgement."""

import json
from pathlib import Path

from wavedeck.figures.impact import impact_wave
from wavedeck.figures.impact_recipe import ImpactRecipe
from wavedeck.figures.store import write_comparisons, write_figures
from wavedeck.intake.records import finding_table
from wavedeck.intake.tables import read_table
from wavedeck.intake.write import write_csv, write_text
from wavedeck.study.findings import Finding


def main(inputs: dict, outputs: dict, recipe: dict) -> list[Finding]:
    """Analyse every group, write figures, comparisons, cards and findings; return the findings."""
    tables = (read_table(Path(inputs[name])) for name in ("responses", "weights"))
    results = impact_wave(*tables, ImpactRecipe.model_validate(recipe), Path())
    write_figures(results.figures, Path(outputs["figures"]))
    write_comparisons(results.comparisons, Path(outputs["comparisons"]))
    write_text(json.dumps(results.cards, indent=1) + "\n", Path(outputs["cards"]))
    write_csv(finding_table(results.findings), Path(outputs["findings"]))
    return results.findings


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as tell:
        found = main(dict(snakemake.input.items()), dict(snakemake.output.items()), snakemake.params.recipe)
        tell(*(str(one) for one in found if one.severity == "warning"))

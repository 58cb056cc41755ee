"""Stage restate: the figures of earlier waves against what was delivered of them."""

from pathlib import Path

from wavedeck.audit.explain.restated import hold, write_restatements
from wavedeck.figures.store import read_store


def main(inputs: dict, restatements: str, delivered: dict, about: dict) -> str:
    """Write every figure that differs, and return a line that says how many."""
    store = read_store(Path(inputs["figures"]), Path(inputs["comparisons"]))
    found = hold(store, delivered, **about)
    write_restatements(found, Path(restatements))
    return found.note


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as tell:
        note = main(
            dict(snakemake.input.items()),
            snakemake.output.restatements,
            dict(snakemake.params.delivered),
            {
                "study": snakemake.wildcards.study,
                "wave": snakemake.wildcards.wave,
                "language": snakemake.params.language,
            },
        )
        tell(*([note] if note else []))

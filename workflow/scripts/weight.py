"""Stage weight: responses into weights and the certificate that proves them."""

from pathlib import Path

from wavedeck.intake.tables import read_table
from wavedeck.study.handover import WeightSettings
from wavedeck.weighting.stage import weigh
from wavedeck.weighting.stored import write_weights


def main(responses: str, folder: str, settings: dict) -> None:
    """Weigh the respondents of one wave of one part and write weights and certificate."""
    spec = WeightSettings.model_validate(settings)
    table = read_table(Path(responses))
    made = weigh(table, weighting=spec.weighting, book=spec.group_book, part=spec.part_name)
    write_weights(made, Path(folder))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.responses,
            str(Path(snakemake.output.weights).parent),
            snakemake.params.settings,
        )

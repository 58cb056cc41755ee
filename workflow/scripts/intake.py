"""Stage intake: a raw file into harmonised responses, cleaning log, dispositions and findings."""

from pathlib import Path

from wavedeck.intake.coding import read_coding
from wavedeck.intake.run import run_intake
from wavedeck.intake.write import write_intake
from wavedeck.study.handover import IntakeSettings


def main(raw: str, coding: str | None, folder: str, settings: dict) -> None:
    """Read one raw file and write what became of it."""
    spec = IntakeSettings.model_validate(settings)
    intake = run_intake(
        Path(raw),
        raw_name=spec.raw_name,
        part=spec.part,
        part_name=spec.part_name,
        wave=spec.wave,
        questions=spec.questions,
        cleaning=spec.cleaning,
        earlier=spec.earlier,
        coding=coding and read_coding(Path(coding), declared=spec.coding, wave=spec.wave, bases=spec.bases),
    )
    write_intake(intake, Path(folder))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.raw,
            next(iter(snakemake.input.coding), None),
            str(Path(snakemake.output.responses).parent),
            snakemake.params.settings,
        )

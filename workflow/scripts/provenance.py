"""Stage provenance: checksums of all that a report rests on and of all that was delivered."""

from pathlib import Path

from wavedeck.audit.provenance.inputs import Input
from wavedeck.audit.provenance.stage import Made, write_provenance
from wavedeck.study.house import PROGRAM


def main(inputs: dict, kinds: list, about: dict, program: dict, folder: Path) -> None:
    """Write manifest, research object and the workflow's file into a report's folder."""
    named = [Input(*one) for one in kinds]
    made = Made(
        list(zip(named, map(Path, inputs["read"]), strict=True)),
        [Path(one) for one in inputs["delivered"]],
        inputs["internal"],
        PROGRAM / "Snakefile",
    )
    write_provenance(made, folder, about=about, code=program)


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            dict(snakemake.input.items()),
            snakemake.params.inputs,
            snakemake.params.about,
            snakemake.params.program,
            Path(snakemake.output.manifest).parent,
        )

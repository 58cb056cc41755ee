"""Stage provenance: checksums of all that a report rests on and of all that was delivered."""

from collections.abc import Callable
from pathlib import Path

from wavedeck.audit.provenance.inputs import Input
from wavedeck.audit.provenance.stage import Made, write_provenance
from wavedeck.study.house import PROGRAM


def main(inputs: dict, params: dict, folder: Path, tell: Callable[..., None]) -> None:
    """Write manifest, research object and the workflow's file, and tell which files are not as delivered."""
    named = [Input(*one) for one in params["inputs"]]
    made = Made(
        list(zip(named, map(Path, inputs["read"]), strict=True)),
        {name: Path(draft) for name, draft in params["drafts"].items()},
        inputs["internal"],
        PROGRAM / "Snakefile",
    )
    differences = write_provenance(made, folder, about=params["about"], code=params["program"])
    tell(*(f"{folder.as_posix()}, not as it was verified: {line}" for line in differences.lines()))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as tell:
        main(
            dict(snakemake.input.items()),
            dict(snakemake.params.items()),
            Path(snakemake.output.manifest).parent,
            tell,
        )

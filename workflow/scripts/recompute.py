"""Stage recompute: the store once more from the raw files, by SQL; stops where the routes disagree."""

from collections.abc import Callable
from pathlib import Path

from wavedeck.audit.recompute.handover import restored
from wavedeck.audit.recompute.outcome import require_agreement, summarise, write_outcome
from wavedeck.audit.recompute.sql import Session
from wavedeck.audit.recompute.stage import Files, recompute_wave


def main(wave: str, outcome: str, failed: str, settings: dict, tell: Callable[..., None]) -> None:
    """Recompute, write every comparison, and tell the counts; what disagrees is kept beside the log."""
    study, session = restored(settings), Session()
    recompute_wave(session, study, Files(Path(), study.name), wave)
    found = summarise(session)
    write_outcome(session, Path(outcome if found.agrees else failed))
    require_agreement(found, Path(failed))
    tell(f"{study.name} {wave}: {found.line}")


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]) as tell:
        main(
            snakemake.wildcards.wave,
            snakemake.output.outcome,
            str(Path(snakemake.log[0]).with_suffix(".csv")),
            snakemake.params.settings,
            tell,
        )

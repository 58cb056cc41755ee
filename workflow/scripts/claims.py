"""Stage claims: stop a report in which a claim does not hold, where that is asked for."""

from pathlib import Path

from wavedeck.narrative.claims import failing, read_claims, require_all


def main(claims: str, seen: str, strict: bool, report: str) -> None:
    """Note how many claims hold; a strict report wants all of them."""
    lines = read_claims(Path(claims))
    if strict:
        require_all(lines, report)
    Path(seen).write_text(f"{len(lines)} claims, {len(failing(lines))} do not hold\n")


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            snakemake.input.claims,
            snakemake.output.seen,
            snakemake.params.strict,
            f"{snakemake.wildcards.study} {snakemake.wildcards.wave}",
        )

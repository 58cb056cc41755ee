"""Stage deck: store, texts and house template into the PowerPoint file and its ledger."""

from pathlib import Path

from wavedeck.figures.quote_book import QuoteBook, read_quotes
from wavedeck.figures.store import read_store
from wavedeck.narrative.claim_list import claims_of
from wavedeck.narrative.claims import write_claims
from wavedeck.render.compose.context import Context
from wavedeck.render.compose.report import write_deck, write_ledger
from wavedeck.render.style import load_style
from wavedeck.study.handover import restore_study


def main(inputs: dict, outputs: dict, study: dict, wave: str, language: str) -> None:
    """Read the publishable store, write the deck, then what it printed and which claims hold."""
    store = read_store(Path(inputs["figures"]), Path(inputs["comparisons"]))
    declared = restore_study(study)
    templates = Path("templates") / declared.name
    style = load_style(Path(inputs["style"]))
    quotes = read_quotes(Path(inputs["quotes"][0])) if inputs["quotes"] else QuoteBook()
    context = Context(declared, wave, language, store, style, templates, quotes=quotes)
    printed = write_deck(context, Path(inputs["template"]), Path(outputs["deck"]))
    write_ledger(printed, Path(outputs["ledger"]))
    write_claims(claims_of(templates, context.narrator, read=context.claims), Path(outputs["claims"]))


if __name__ == "__main__":
    from wavedeck.cli.stage import logged

    with logged(snakemake.log[0]):
        main(
            dict(snakemake.input.items()),
            dict(snakemake.output.items()),
            snakemake.params.study,
            snakemake.wildcards.wave,
            snakemake.params.language,
        )

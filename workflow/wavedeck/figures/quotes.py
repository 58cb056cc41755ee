"""Choose quotes among cleared answers by declared rules; no label of a group too small to name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wavedeck.figures.cleared import Cleared
from wavedeck.figures.quote_book import PrintedQuote, write_quotes
from wavedeck.figures.quote_choice import LOG_COLUMNS, Chooser
from wavedeck.figures.quote_recipe import QuoteSettings
from wavedeck.intake.groups import group_masks
from wavedeck.intake.problems import RawDataError
from wavedeck.intake.records import finding_table
from wavedeck.intake.select import Mask
from wavedeck.intake.write import write_csv
from wavedeck.study.codebook import Codebook
from wavedeck.study.findings import Finding, stopping
from wavedeck.study.verbatims import QuoteSelection


@dataclass(frozen=True)
class ChosenQuotes:
    """Quotes, where they come from, and what a person should know."""

    quotes: tuple[PrintedQuote, ...]
    log: pd.DataFrame
    findings: tuple[Finding, ...]


def choose_quotes(
    settings: QuoteSettings,
    responses: Mapping[str, pa.Table],
    cleared: Mapping[str, Cleared],
    *,
    root: Path = Path(),
) -> ChosenQuotes:
    """Choose the quotes of every selection of a wave.

    Parameters
    ----------
    settings
        What the study declares.
    responses, cleared
        Part -> its responses and its cleared texts.
    root
        Folder from which files with lists of ids are named.
    """
    quotes: list[PrintedQuote] = []
    log = [pd.DataFrame(columns=LOG_COLUMNS)]
    findings = [finding for part in settings.parts for finding in cleared[part].findings]
    for name, selection in settings.verbatims.selections_in(settings.wave).items():
        if selection.part in settings.parts:
            source = (responses[selection.part], cleared[selection.part])
            chooser = _chooser(name, settings, *source, root=root)
            quotes += [quote for choice in selection.choices for quote in chooser.choose(choice)]
            log += [pd.DataFrame(chooser.log, columns=LOG_COLUMNS)] if chooser.log else []
            findings += chooser.findings
    return ChosenQuotes(tuple(quotes), pd.concat(log, ignore_index=True), tuple(findings))


def write_chosen(chosen: ChosenQuotes, quotes: Path, log: Path, findings: Path) -> None:
    """Write the quotes for the renderers, and inside the house where they come from.

    Raises
    ------
    RawDataError
        Listing what is wrong in the files of cleared texts; then nothing is written.
    """
    if stops := stopping(chosen.findings):
        raise RawDataError(stops)
    write_quotes(chosen.quotes, quotes)
    write_csv(chosen.log, log)
    write_csv(finding_table(chosen.findings), findings)


def _chooser(
    name: str, settings: QuoteSettings, responses: pa.Table, cleared: Cleared, *, root: Path
) -> Chooser:
    selection = settings.verbatims.selections[name]
    groups = [one for choice in selection.choices for one in (choice.group, choice.otherwise) if one]
    codes = _codes(selection.variable, settings, responses)
    ids = responses["_id"].to_pylist()
    places = {respondent: place for place, respondent in reversed(list(enumerate(ids)))}
    answers = cleared.of(selection.variable)
    known = [(places[one.respondent], one) for one in answers if one.respondent in places]
    known.sort(key=lambda pair: _order(selection, name, pair[1].respondent))
    chooser = Chooser(
        name=name,
        selection=selection,
        wave=settings.wave,
        languages=settings.languages,
        minimum=settings.minimum,
        file=cleared.file,
        candidates=known,
        masks=group_masks(responses, settings.group_book, groups, selection.part, root=root),
        tones=_tones(selection.variable, settings, codes),
        codes=codes,
    )
    if strangers := len(answers) - len(known):
        chooser.note("unknown_respondent", f"{strangers} cleared texts are of no respondent who is kept")
    return chooser


def _order(selection: QuoteSelection, name: str, respondent: str) -> str:
    return hashlib.sha256(f"{selection.seed}/{name}/{respondent}".encode()).hexdigest()


def _coded(variable: str, codebook: Codebook) -> str:
    return next((name for name, one in codebook.variables.items() if one.coded_from == variable), "")


def _codes(variable: str, settings: QuoteSettings, responses: pa.Table) -> dict[str, Mask]:
    """Return code -> who has it; nobody where the wave was not coded."""
    name = _coded(variable, settings.codebook)
    categories = settings.codebook.variables[name].categories if name else {}
    return {code: _ticked(f"{name}.{code}", responses) for code in categories}


def _ticked(column: str, responses: pa.Table) -> Mask:
    if column not in responses.column_names:
        return np.zeros(len(responses), np.bool_)
    return np.asarray(pc.fill_null(responses[column], fill_value=False).to_numpy(), np.bool_)


def _tones(variable: str, settings: QuoteSettings, codes: Mapping[str, Mask]) -> dict[str, Mask]:
    frame = settings.verbatims.frames.get(_coded(variable, settings.codebook))
    found: dict[str, Mask] = {}
    for code, tone in (frame.tones if frame else {}).items():
        found[tone] = found[tone] | codes[code] if tone in found else codes[code]
    return found

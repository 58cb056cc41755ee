"""The audit pages of a report: one site for everybody, one with rows for the house."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale

from wavedeck.audit.cards.internal import internal_cards
from wavedeck.audit.cards.public import public_cards
from wavedeck.pages.cards import figure_columns, names_of, ways_back, write_cards
from wavedeck.pages.checks import checks_of, recomputed_estimates
from wavedeck.pages.files import sentences_in, words_in, write_data, write_shell
from wavedeck.pages.quality import logs_of, quality_of
from wavedeck.pages.report import Report
from wavedeck.pages.slides import FOLDER, slides_of

PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Found:
    """What both sites of a report show alike."""

    slides: Sequence[dict[str, Any]]
    checks: Mapping[str, Any]
    verdicts: Sequence[tuple[str, str, str]]
    recomputed: Mapping[str, int]


def write_sites(report: Report, *, public: Path, internal: Path) -> None:
    """Write the audit pages of a report.

    Parameters
    ----------
    report
        A report that was verified and recomputed.
    public
        Folder of the site that is delivered; it holds no rows and nothing that is hidden.
    internal
        Folder of the site that stays inside.

    Raises
    ------
    AuditError
        When a file of the report is not there.
    """
    report.require()
    for folder in (public, internal):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    verdicts, recomputed = recomputed_estimates(report)
    drawn = slides_of(report, public)
    found = Found(drawn.slides, checks_of(report, bare=drawn.bare), verdicts, recomputed)
    shutil.copytree(public / FOLDER, internal / FOLDER)
    place = (report.project, report.study, report.wave)
    _write_site(report, found, public_cards(*place, language=report.language), public, PUBLIC)
    own = internal_cards(*place, language=report.language)
    _write_site(report, found, own, internal, INTERNAL)
    _write_rows(report, own, internal)


def _write_rows(report: Report, own: Any, internal: Path) -> None:
    """Write what only the house may see: evidence, the way back from a row, and whole logs."""
    for name, block in own.blocks():
        write_data(internal, f"evidence/{name}", block)
    for name, back in ways_back(own.cards).items():
        write_data(internal, f"back/{name}", back)
    for wave, part in report.waves_and_parts:
        write_data(internal, f"logs/{part}/{wave}", logs_of(report.part(part, wave)))


def _write_site(report: Report, found: Found, book: Any, folder: Path, kind: str) -> None:
    cards, shared = list(book.cards), book.shared
    write_data(folder, "shared", shared)
    printed = {line["address"] for slide in found.slides for line in slide["lines"]}
    write_data(folder, "slides", {"slides": found.slides, "names": names_of(cards, shared, printed)})
    files = write_cards(cards, folder)
    listed = figure_columns(cards, shared, files, language=report.language, recomputed=found.recomputed)
    write_data(folder, "figures", listed)
    site = _site(report, found, kind) | {"kinds": listed["kinds"]}
    write_data(folder, "site", site)
    internal = kind == INTERNAL
    write_data(folder, "quality", quality_of(report, shared["weightings"], internal=internal))
    write_data(folder, "methods", _methods(report, shared))
    write_data(folder, "checks", found.checks)
    write_shell(folder, site, found.slides[0])


def _site(report: Report, found: Found, kind: str) -> dict[str, Any]:
    settings = report.study.settings
    title, words = report.said(settings.title), words_in(report.language)
    label = report.wave_label(report.wave)
    return {
        "kind": kind,
        "title": title,
        "wave_label": label,
        "name": f"{title} {label} · {words['audit']}",
        "language": report.language,
        "decimal": Locale.parse(report.language).number_symbols["latn"]["decimal"],
        "dummy": settings.dummy,
        "words": words,
        "sentences": sentences_in(report.language),
        "slides": [[one["number"], one["title"]] for one in found.slides],
        "recomputed": found.verdicts,
    }


def _methods(report: Report, shared: Mapping[str, Any]) -> dict[str, Any]:
    tests = json.loads((report.store / "methods.json").read_text(encoding="utf-8"))
    told = shared["tests"]
    said = {name: told[name] for name in ("test", "decision", "family")} | {
        "correction": told["correction_text"],
        "kinds": _with_reasons(tests["kinds"], told["reasons"]),
        "waves": {wave: _with_reasons(own, told["reasons"]) for wave, own in tests["waves"].items()},
    }
    return {"tests": tests | said, "models": list(_models(shared))}


def _with_reasons(kinds: Mapping[str, Any], reasons: Mapping[str, str]) -> dict[str, Any]:
    """Return counts of tests, why there were none in the language of the page."""
    return {kind: own | {"untested": _counted(own["untested"], reasons)} for kind, own in kinds.items()}


def _counted(untested: Mapping[str, int], reasons: Mapping[str, str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for reason, count in untested.items():
        found[reasons.get(reason, reason)] += count
    return dict(found)


def _models(shared: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, card in shared["models"].items():
        part, wave, analysis, group = key.split("/")
        groups = [shared["groups"].get(one, {"label": one})["label"] for one in group.split("*")]
        names = (
            shared["parts"][part],
            shared["waves"][wave],
            card.get("label", analysis),
            " × ".join(groups),
        )
        yield {"title": " · ".join(names), "card": {k: v for k, v in card.items() if k != "label"}}

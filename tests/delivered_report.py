"""The tiny study with a report that was delivered, made without a build: small files stand for its decks."""

from __future__ import annotations

from pathlib import Path

from wavedeck.audit.provenance.comparison import Differences
from wavedeck.audit.provenance.inputs import place_of, report_inputs
from wavedeck.audit.provenance.manifest import described
from wavedeck.audit.provenance.stage import Made, write_provenance
from wavedeck.study.load import load_study
from workplace import ROOT, Workplace, copy_study

WAVE = "2024"
REPORT = f"reports/tiny/{WAVE}"
FULL = f"data/processed/tiny/{WAVE}/full_figures.parquet"
DELIVERED = {
    "deck.pptx": "a deck",
    "deck.pdf": "its pages",
    "figures.csv": "address,estimate\nvisitors/overall/all/2024,7.4\n",
    "charts/overall.png": "a chart",
    "audit/index.html": "<p>7.4</p>",
}
CODE = {"version": "1.2", "commit": "a" * 40, "changed": [], "digest": "b" * 64, "lock": None}


def delivered_report(folder: Path) -> Workplace:
    """Return a copy of the tiny study with a delivered report."""
    place = copy_study(folder)
    write(place.folder / FULL, "hidden estimate 3.25")
    for name, text in DELIVERED.items():
        write(place.reports / name, text)
    describe(place)
    return place


def describe(
    place: Workplace, *, code: dict[str, object] | None = None, drafts: Path | None = None
) -> Differences:
    """Write manifest and research object of what stands in the report's folder, or of other drafts."""
    root = place.folder
    study = load_study(root / "config" / "studies" / "tiny")
    inputs = [(one, place_of(one, study, root=root)) for one in report_inputs(study, WAVE, root=root)]
    tops = {name.split("/")[0] for name in DELIVERED}
    delivered = {top: (drafts or place.reports) / top for top in tops}
    made = Made(inputs, delivered, [FULL], ROOT / "Snakefile", root)
    return write_provenance(made, place.reports, about=described(study, WAVE, ["en"]), code=code or CODE)


def correct(place: Workplace, figure: str = "7.5") -> None:
    """Deliver another version of the report."""
    write(place.reports / "figures.csv", DELIVERED["figures.csv"].replace("7.4", figure))
    describe(place)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""Open answers of the tiny study on their way to a report."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

from wavedeck.intake.csv import read_csv
from workplace import Workplace

RAW = "data/raw/tiny/2024/responses.csv"
CLEARED = "data/raw/tiny/2024/visitors_cleared.csv"
PROCESSED = "data/processed/tiny/2024"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _contents(folder: Path) -> str:
    """Return everything that a report holds, zipped parts unpacked."""
    texts = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                texts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        else:
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(texts)


def test_report_holds_chosen_quotes_and_no_other_open_answer(built_once: Workplace) -> None:
    raw = read_csv((built_once.folder / RAW).read_bytes(), file=RAW, delimiter=",", encoding="utf-8")
    answers = {text for text in raw.columns["remark"].values if len(text) > len("nothing")}
    chosen = {row["text"] for row in _rows(built_once.folder / PROCESSED / "quotes.csv")}
    # Typed quotes of the slide `remarks`, cleared as they stand there.
    typed = {"Please open on Sundays.", "More chairs, and a quiet room."}
    report = _contents(built_once.reports)
    assert chosen
    assert {text for text in answers if text in report} <= chosen | typed
    assert {text for text in chosen if text not in report} == set()
    assert "example.org" not in report


def test_quotes_for_renderers_name_no_respondent(built_once: Workplace) -> None:
    quotes = (built_once.folder / PROCESSED / "quotes.csv").read_text()
    ids = [row["respondent"] for row in _rows(built_once.folder / CLEARED)]
    assert ids
    assert [one for one in ids if one in quotes] == []


def test_log_inside_the_house_leads_back_to_the_row(built_once: Workplace) -> None:
    quotes = _rows(built_once.folder / PROCESSED / "quotes.csv")
    log = _rows(built_once.folder / PROCESSED / "quote_log.csv")
    lines = (built_once.folder / CLEARED).read_text().splitlines()
    for quote, source in zip(quotes, log, strict=True):
        line = lines[int(source["row"]) - 1]
        assert line.startswith(f"{source['id']},remark,yes,en,")
        assert quote["text"] in line

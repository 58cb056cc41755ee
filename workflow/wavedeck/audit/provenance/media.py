"""What each delivered file is, by its name."""

from __future__ import annotations

_TYPES = {
    "csv": "text/csv",
    "css": "text/css",
    "html": "text/html",
    "j2": "text/plain",
    "js": "text/javascript",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "sav": "application/x-spss-sav",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}
_PARTS = {
    "deck.pptx": "deck",
    "deck.pdf": "deck as PDF",
    "figures.csv": "figures that may be published",
    "ledger.csv": "ledger of what was printed where",
    "tables.xlsx": "table book",
    "ledger_tables.csv": "ledger of the table book",
    "charts": "charts as pictures",
    "audit": "audit pages",
}


def media_type(path: str) -> str:
    """Return the media type of a file.

    >>> media_type("charts/overall.svg")
    'image/svg+xml'
    """
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def part_of_report(path: str) -> str:
    """Return what a delivered file is part of, whatever its language.

    >>> part_of_report("deck.en.pptx"), part_of_report("charts.en/overall.png")
    ('deck', 'charts as pictures')
    """
    top, inside, _ = path.partition("/")
    words = top.split(".")
    name = words[0] if inside else f"{words[0]}.{words[-1]}"
    return _PARTS.get(name, "other")

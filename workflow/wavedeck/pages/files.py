"""Write the files of a site: data as scripts, and what is the same on every site."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from wavedeck.intake.write import write_text

_HERE = Path(__file__).parent
STATIC, TEMPLATES, WORDS = _HERE / "static", _HERE / "templates", _HERE / "words"
STYLE = "style.css"
SCRIPTS = (
    "start",
    "names",
    "route",
    "slides",
    "card",
    "evidence",
    "figures",
    "search",
    "report",
)
INTERNAL_SCRIPTS = ("evaluate", "rows", "respondent", "logs")
LAST_SCRIPT = "main"
FIRST_DATA = ("data/site.js", "data/slides.js")
FALLBACK = "en"
SENTENCES = "sentences_{language}.json"


@dataclass(frozen=True)
class FileSum:
    """Name, size in bytes and SHA-256 of a file."""

    file: str
    size: int
    sha256: str


def write_data(folder: Path, key: str, data: object) -> None:
    """Write plain data as a script that hands it to the page: ``data/<key>.js``.

    Parameters
    ----------
    folder
        Of the site.
    key
        Name by which the page asks for it; ``/`` makes folders, ``*`` is written as ``+``.
    data
        Plain data, ready for JSON.
    """
    path = folder / "data" / f"{key.replace('*', '+')}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(f"wavedeck({json.dumps(key)}, {compact(data)});\n", path)


def compact(data: object) -> str:
    """Return plain data as JSON without blanks.

    >>> compact({"a": [1, None]})
    '{"a":[1,null]}'
    """
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@cache
def words_in(language: str) -> Mapping[str, str]:
    """Return the words of the pages in a language; what it lacks, in English."""
    own = WORDS / f"{language}.json"
    found = json.loads((WORDS / f"{FALLBACK}.json").read_text(encoding="utf-8"))
    return {**found, **(json.loads(own.read_text(encoding="utf-8")) if own.is_file() else {})}


@cache
def sentences_in(language: str) -> Mapping[str, str]:
    """Return what sentences of other stages are called in a language; nothing for English."""
    path = WORDS / SENTENCES.format(language=language)
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def scripts_of(kind: str) -> list[str]:
    """Return the scripts of a site, in the order in which they are read."""
    names = (*SCRIPTS, *(INTERNAL_SCRIPTS if kind == "internal" else ()), LAST_SCRIPT)
    first, *others = (f"app/{name}.js" for name in names)
    return [first, *FIRST_DATA, *others]


def write_shell(folder: Path, site: Mapping[str, Any], first: Mapping[str, Any]) -> None:
    """Write what opens first: index.html, its style and scripts.

    Parameters
    ----------
    folder
        Of the site.
    site
        What every screen needs to know.
    first
        The picture of the first slide.
    """
    scripts = scripts_of(site["kind"])
    (folder / "app").mkdir(parents=True, exist_ok=True)
    for name in (STYLE, *(one for one in scripts if one not in FIRST_DATA)):
        shutil.copyfile(STATIC / name, folder / name)
    loader = PackageLoader("wavedeck.pages", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("index.html.j2")
    text = page.render(site=site, say=site["words"], first=first, scripts=scripts)
    write_text(text.rstrip("\n") + "\n", folder / "index.html")


@cache
def look_digest() -> str:
    """Return one digest of what is the same on every site: page, style, scripts and words."""
    digest = hashlib.sha256()
    for folder in (STATIC, TEMPLATES, WORDS):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def sum_of(path: Path, name: str) -> FileSum:
    """Return size and checksum of a file under a name of its own."""
    data = path.read_bytes()
    return FileSum(name, len(data), hashlib.sha256(data).hexdigest())

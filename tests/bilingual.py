"""The tiny study in two languages: words in Dutch are those in English with a mark before them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from wavedeck.study.base import ANY_LANGUAGE
from wavedeck.study.checks.texts import texts_in
from wavedeck.study.languages import SAME_EVERYWHERE
from wavedeck.study.load import read_study_files
from wavedeck.study.shape import Location

MARK = "vertaald voor "


def translate(folder: Path, templates: Path) -> None:
    """Give a study in English a second language: every text, by key, and every template."""
    for name, file, model in read_study_files(folder):
        data = file.data
        for path, text in texts_in(model):
            if not set(path) & set(SAME_EVERYWHERE) and set(text) == {ANY_LANGUAGE}:
                _put(data, path, {"en": text[ANY_LANGUAGE], "nl": MARK + text[ANY_LANGUAGE]})
        if name == "study":
            data["languages"] = ["en", "nl"]
        if data:
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    for path in templates.glob("*.en.j2"):
        text = path.read_text(encoding="utf-8").replace(".en.j2", ".nl.j2")
        words = [_marked(line) for line in text.splitlines()]
        path.with_name(path.name.replace(".en.j2", ".nl.j2")).write_text("\n".join(words) + "\n")


def _marked(line: str) -> str:
    for start in ("# ", "- ", "Note: "):
        if line.startswith(start):
            return start + MARK + line[len(start) :]
    return line


def _put(data: Any, path: Location, value: object) -> None:
    for key in path[:-1]:
        if isinstance(data, dict) and key not in data:
            return  # a default, not written in the file
        data = data[key]
    if not isinstance(data, dict) or path[-1] in data:
        data[path[-1]] = value

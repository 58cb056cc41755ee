"""Write the reference page of the study files, and JSON schemas for editors, from the models.

Run ``python -m wavedeck.study.schema`` after a change of a model; it takes the folder to write to,
by default docs/reference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from wavedeck.study.load import OPTIONAL_FILES, STUDY_FILES
from wavedeck.study.reference import model_sections

PAGE = "study-files.md"
INTRODUCTION = """# Study files

<!-- Written by `python -m wavedeck.study.schema` from the models; changes here are lost. -->

A study is a folder `config/studies/<study>/` with the files below. All are YAML, read strictly: a key that is
not in these tables is refused, with the file, the line and the key that was probably meant.

- Text is text. A wave, a code or an id that looks like a number stands in quotes: `"2017"`, `"01"`. Keys need
  no quotes.
- A *text* is one text for every language, or one per language: `label: Total`,
  `label: {nl: Totaal, en: Total}`.
- An *id* has lower-case letters, digits and `_`. Names of waves may have capitals and `-` as well.
- A *condition* says whom something holds for; all its entries must hold:

```yaml
area: [a, b]                # one of these categories (several answers: any of them)
overall: {min: 4, max: 5}   # a number between, ends included; either end may be left out
answered: [overall]         # these variables were answered
any: [{area: a}, {area: b}] # at least one holds
all: [{area: a}, {area: b}] # each holds
not: {area: a}              # it does not hold
```

- A *group* is the name of a group, `all` for every respondent of a part, or groups crossed as `a*b`. Where
  several may stand, the name of a breakdown stands for its groups. A breakdown of a variable makes groups
  `<breakdown>_<category>`.
- In conditions an item of a battery or an entry of a loop is `variable@item`, both together
  `variable@entry.item`.

The codebook may be kept as a spreadsheet, `codebook.xlsx`, in place of `codebook.yaml`; its last sheet,
`about`, tells what stands where.

Editors that know JSON schemas check these files while one types, with the schemas in [schema/](schema/).
Name one on the first line of a file, e.g.
`# yaml-language-server: $schema=../../../docs/reference/schema/deck.json`.
"""


def reference_page() -> str:
    """Return the reference page: every file, key, type, default and description."""
    contents = [f"- [{name}.yaml](#{name}yaml){_when(name)}" for name in STUDY_FILES]
    sections = [_file_section(name, model) for name, model in STUDY_FILES.items()]
    return "\n".join([INTRODUCTION, *contents, "", *sections]).rstrip() + "\n"


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON schema of one study file."""
    schema = STUDY_FILES[name].model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"{name}.yaml"}


def documents() -> dict[str, str]:
    """Return path below docs/reference -> content of everything that is made from the models."""
    schemas = {f"schema/{name}.json": _as_json(json_schema(name)) for name in STUDY_FILES}
    return {PAGE: reference_page(), **schemas}


def write_documents(folder: Path) -> None:
    """Write the reference page and the schemas."""
    for name, content in documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _as_json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _when(name: str) -> str:
    return " (may be left out)" if name in OPTIONAL_FILES else ""


def _file_section(name: str, model: type[BaseModel]) -> str:
    return f"## {name}.yaml\n\n" + "\n".join(model_sections(model))


if __name__ == "__main__":
    write_documents(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))

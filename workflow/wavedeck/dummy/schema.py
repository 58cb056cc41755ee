"""Write the reference page of dummy.yaml, and its JSON schema for editors, from the models.

Run ``python -m wavedeck.dummy.schema`` after a change of a model; it takes the folder to write to, by
default docs/reference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from wavedeck.dummy.plan import DummyPlan
from wavedeck.study.reference import model_sections

PAGE = "dummy-file.md"
INTRODUCTION = """# The plan of a rehearsal: dummy.yaml

<!-- Written by `python -m wavedeck.dummy.schema` from the models; changes here are lost. -->

`config/studies/<study>/dummy.yaml` says what made-up respondents answer where nothing was published
(see [Rehearse a report](../guides/rehearse.md)). The file may be left out, and so may most keys in it.

- Shares and rates are percentages. One number stands for every wave; a mapping gives each wave its own.
- A question is named as `variable`, `variable@item`, `variable@entry` or `variable@entry.item`; the most
  specific name counts.
- Where `published.csv` has a figure, the figure counts and not the plan.

"""


def documents() -> dict[str, str]:
    """Return path below docs/reference -> content of everything that is made from the models."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **DummyPlan.model_json_schema(),
        "title": "dummy.yaml",
    }
    page = INTRODUCTION + "\n".join(model_sections(DummyPlan)).rstrip() + "\n"
    return {PAGE: page, "schema/dummy.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"}


def write_documents(folder: Path) -> None:
    """Write the reference page and the schema."""
    for name, content in documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write_documents(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import Workbook, load_workbook
from study.codebooks import codebooks

from wavedeck.study.codebook import Codebook
from wavedeck.study.errors import ConfigError
from wavedeck.study.plain import codebook_data, codebook_to_yaml
from wavedeck.study.sheet import codebook_from_xlsx, codebook_to_xlsx
from wavedeck.study.yaml_lines import read_yaml

FREELY = settings(
    max_examples=20, phases=(Phase.generate,), deadline=None, suppress_health_check=list(HealthCheck)
)


def ordered(codebook: Codebook) -> str:
    """Return a codebook as text in which the order of keys counts."""
    data = codebook_data(codebook)
    fields = ("label", "question", "asked_of")

    def sorted_fields(value, depth=0):
        if not isinstance(value, dict):
            return value
        entries = {key: sorted_fields(inner) for key, inner in value.items()}
        is_record = any(key in value for key in (*fields, "type", "categories", "codes", "columns"))
        return dict(sorted(entries.items())) if is_record or set(value) <= {"*", "nl", "en"} else entries

    return json.dumps(sorted_fields(data))


@FREELY
@given(codebook=codebooks())
def test_sheet_holds_all_that_yaml_holds(tmp_path_factory, codebook):
    folder = tmp_path_factory.mktemp("book")
    codebook_to_xlsx(codebook, folder / "a.xlsx")
    from_sheet = codebook_from_xlsx(folder / "a.xlsx")
    assert codebook_data(from_sheet) == codebook_data(codebook)
    codebook_to_yaml(from_sheet, folder / "b.yaml")
    from_yaml = Codebook.model_validate(read_yaml(folder / "b.yaml").data)
    assert codebook_data(from_yaml) == codebook_data(codebook)
    codebook_to_xlsx(from_yaml, folder / "c.xlsx")
    assert (folder / "c.xlsx").read_bytes() == (folder / "a.xlsx").read_bytes()

from __future__ import annotations

from pathlib import Path

import pytest

from wavedeck.dummy import schema as dummy_schema
from wavedeck.study.load import STUDY_FILES
from wavedeck.study.reference import inner_models
from wavedeck.study.schema import documents, json_schema, write_documents

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", documents())
def test_documents_are_in_step_with_the_models(name):
    assert (REFERENCE / name).read_text() == documents()[name], "run python -m wavedeck.study.schema"


def test_documents_have_no_leftovers(tmp_path):
    write_documents(tmp_path)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    written |= {Path(name) for name in dummy_schema.documents()}
    assert written == {path.relative_to(REFERENCE) for path in REFERENCE.rglob("*") if path.is_file()}


@pytest.mark.parametrize("model", STUDY_FILES.values())
def test_every_key_is_described(model):
    assert model.model_fields
    for each in (model, *inner_models(model)):
        bare = [name for name, info in each.model_fields.items() if not info.description]
        assert bare == [], each.__name__


def test_json_schema_allows_one_text_for_all_languages():
    title = json_schema("study")["properties"]["title"]
    assert {"type": "string"} in title["anyOf"]


def test_reference_page_names_key_type_default_and_description():
    page = documents()["study-files.md"]
    assert "| `level` | number | `0.05` | Significance level. |" in page
    assert "| `waves` | list of wave |" in page
    assert "| `asked_if` | condition |" in page
    assert "| `order` | [order](#order) |" in page

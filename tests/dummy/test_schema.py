from pathlib import Path

import pytest

from wavedeck.dummy.schema import documents

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", documents())
def test_reference_is_in_step_with_the_models(name):
    assert (REFERENCE / name).read_text(encoding="utf-8") == documents()[name]

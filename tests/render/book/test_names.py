"""Names of sheets."""

from __future__ import annotations

import pytest

from wavedeck.render.book.names import LONGEST, sheet_name


@pytest.mark.parametrize("title", ["In the sample", "What [of] a: b*c?/\\ it's", "x" * 80, ""])
def test_name_is_one_that_excel_accepts(title: str) -> None:
    name = sheet_name(3, title)
    assert len(name) <= LONGEST
    assert not set(name) & set("[]:*?/\\'")
    assert name.startswith("3")


def test_long_title_ends_in_dots() -> None:
    assert sheet_name(12, "Everything that visitors may think").endswith("…")

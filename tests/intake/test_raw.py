from __future__ import annotations

import numpy as np
import pyarrow as pa

from wavedeck.intake.raw import RawColumn, RawTable


def test_column_of_chunks_with_dictionaries_of_their_own() -> None:
    chunks = [pa.array(["a", "b"]).dictionary_encode(), pa.array(["b", "c"]).dictionary_encode()]
    column = RawColumn.of(pa.chunked_array(chunks))
    assert column.texts(np.arange(4)) == ["a", "b", "b", "c"]
    assert len(column.values) == 3


def test_distinct_values_know_label_mark_and_decimal() -> None:
    table = RawTable(
        "raw.sav",
        np.array([1, 2]),
        {"sex": RawColumn.of(pa.array(["1", "9"]))},
        labels={"sex": {"1": "Man"}},
        user_missing={"sex": frozenset({"9"})},
        decimal=",",
    )
    man, refused = table.distinct("sex")
    assert (man.label, man.marked_missing, man.decimal) == ("Man", False, ",")
    assert (refused.label, refused.marked_missing) == ("", True)

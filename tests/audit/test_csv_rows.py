import csv
from io import StringIO

from wavedeck.audit.csv_rows import csv_rows


def test_csv_rows_read_back_exactly() -> None:
    rows = [{"answer": 'said "no", twice\nor more', "weight": 0.1 + 0.2}, {"answer": "", "weight": 1e-17}]

    found = list(csv.DictReader(StringIO(csv_rows(rows))))

    assert [one["answer"] for one in found] == [one["answer"] for one in rows]
    assert [float(one["weight"]) for one in found] == [one["weight"] for one in rows]


def test_csv_rows_of_different_columns_leave_cells_empty() -> None:
    assert csv_rows([{"a": 1}, {"b": 2, "a": None}]).splitlines() == ["a,b", "1,", ",2"]

"""Reading the Parquet files that stages hand to each other."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def read_table(path: Path) -> pa.Table:
    """Read a Parquet file whole.

    ``pyarrow.parquet.read_table`` loads pandas, which takes longer than reading one.
    """
    with pq.ParquetFile(path, memory_map=False) as file:
        return file.read()

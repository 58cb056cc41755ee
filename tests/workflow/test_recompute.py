"""A build whose figures do not agree with a second route stops, names them and delivers nothing."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from workplace import Workplace


def test_build_stops_at_a_figure_that_cannot_be_recomputed(built: Workplace) -> None:
    path = built.folder / "data/processed/tiny/2024/full_figures.parquet"
    table = pq.read_table(path)
    place = table["address"].to_pylist().index("visitors/overall/all/2024")
    estimates = table["estimate"].to_pylist()
    estimates[place] += 0.1
    column = table.column_names.index("estimate")
    pq.write_table(table.set_column(column, "estimate", pa.array(estimates, pa.float64())), path)
    run = built.snakemake("--rerun-triggers", "mtime")
    assert run.code != 0
    assert "1 number does not agree with a recomputation from the raw files" in run.text
    assert "visitors/overall/all/2024 estimate: stored" in run.text
    assert "deliver" not in run.stages
    assert (built.folder / "logs/tiny/2024/recompute.csv").is_file()

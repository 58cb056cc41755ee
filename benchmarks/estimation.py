"""Measure the engine beside other packages in one run: means with standard errors, and tests.

    python benchmarks/estimation.py [--rows 2700 10000 100000 1000000] [--repeat 5] [--skip R svy]

25 items on 1-10 with 15 % missing, 20 groups, uneven weights. A package that is not installed is left out;
R needs `Rscript` with `survey`. polars, duckdb and pandas are given plain sums and return no standard errors.
Slow ones are run once, and not at sizes where they would take minutes. Figures are checked for
agreement before anything is timed. The table stands in docs/methodology.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wavedeck.stats.cells import Cells, estimate_columns, estimate_means
from wavedeck.stats.comparisons import compare_groups, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.stats.marks import mark
from wavedeck.stats.tabulated import Column, tabulate
from wavedeck.weighting.raking import rake

ITEMS, GROUPS, MISSING = 25, 20, 0.15
SCORES = (np.nan, *map(float, range(1, 11)))
COLUMNS = [Column(i, SCORES) for i in range(ITEMS)]
SLOW = {"R svyby": 1_000_000, "R svyttest": 2_700, "svy": 1_000_000, "samplics": 1_000_000}


@dataclass(frozen=True)
class Data:
    """Hold typed responses: one byte per mark, 0 where not answered."""

    codes: list[NDArray[np.uint8]]
    group: NDArray[np.int64]
    weights: NDArray[np.float64]

    @property
    def size(self) -> int:
        """Bytes of the responses in memory."""
        return sum(item.nbytes for item in self.codes) + self.group.nbytes + self.weights.nbytes

    @property
    def numbers(self) -> NDArray[np.float64]:
        """Shape (n, items), NaN where not answered."""
        return np.column_stack([np.where(item == 0, np.nan, item.astype(float)) for item in self.codes])


def draw(rows: int) -> Data:
    """Draw responses."""
    random = np.random.default_rng(rows)
    group = random.integers(0, GROUPS, rows)
    codes = [
        np.where(random.random(rows) < MISSING, 0, random.integers(1, 11, rows)).astype(np.uint8)
        for _ in range(ITEMS)
    ]
    return Data(codes, group, np.exp(random.normal(0, 0.5, rows)))


def ours(data: Data) -> Cells:
    """Estimate from typed responses: means, standard errors, intervals, bases, design effects."""
    return estimate_columns(tabulate(data.codes, data.group, Design(data.weights)), COLUMNS)


def ours_with_tests(data: Data) -> object:
    """Do the same, and test every group against the rest."""
    return mark(compare_with_rest(ours(data)), correction="holm")


def ours_by_rows(data: Data) -> Cells:
    """Estimate by the general route, from numbers per respondent."""
    return estimate_means(data.numbers, data.group[:, None] == np.arange(GROUPS), Design(data.weights))


def with_pandas(data: Data) -> Callable[[], object]:
    """Return a groupby of weighted sums; no standard errors."""
    frame = pd.DataFrame({f"i{j}": item for j, item in enumerate(data.codes)}).replace(0, np.nan)

    def run() -> object:
        w = data.weights[:, None]
        sums = (frame * w).groupby(data.group).sum()
        return sums / (frame.notna() * w).groupby(data.group).sum()

    return run


def with_polars(data: Data) -> Callable[[], object]:
    """Return a lazy group_by of weighted means; no standard errors."""
    import polars as pl

    columns = {f"i{j}": item for j, item in enumerate(data.codes)}
    frame = pl.DataFrame(columns | {"g": data.group, "w": data.weights})
    frame = frame.with_columns(pl.when(pl.col(c) != 0).then(pl.col(c)).alias(c) for c in columns)
    w = pl.col("w")
    means = [((pl.col(c) * w).sum() / w.filter(pl.col(c).is_not_null()).sum()).alias(c) for c in columns]
    return lambda: frame.lazy().group_by("g").agg(means).collect()


def with_duckdb(data: Data) -> Callable[[], object]:
    """Return one SQL query of weighted means; no standard errors."""
    import duckdb

    frame = pd.DataFrame(
        {f"i{j}": item for j, item in enumerate(data.codes)} | {"g": data.group, "w": data.weights}
    )
    connection = duckdb.connect()
    connection.register("frame", frame)
    fields = ", ".join(f"nullif(i{j}, 0) as i{j}" for j in range(ITEMS))
    connection.execute(f"create table t as select g, w, {fields} from frame")
    means = ", ".join(f"sum(i{j} * w) / sum(w) filter (i{j} is not null)" for j in range(ITEMS))
    return lambda: connection.execute(f"select g, {means} from t group by g").fetchall()


def with_svy(data: Data) -> Callable[[], object]:
    """Return means by group of the svy package, item by item."""
    import polars as pl
    import svy

    columns = {f"i{j}": data.numbers[:, j] for j in range(ITEMS)}
    frame = pl.DataFrame(columns | {"g": data.group, "w": data.weights}).fill_nan(None)
    sample = svy.Sample(frame, svy.Design(wgt="w"))
    return lambda: [sample.estimation.mean(y=name, by="g", drop_nulls=True) for name in columns]


def with_samplics(data: Data) -> Callable[[], object]:
    """Return means by domain of the samplics package, item by item."""
    from samplics.estimation import TaylorEstimator
    from samplics.utils.types import PopParam

    values = data.numbers

    def run() -> object:
        found = []
        for j in range(ITEMS):
            estimator = TaylorEstimator(PopParam.mean)
            estimator.estimate(y=values[:, j], samp_weight=data.weights, domain=data.group, remove_nan=True)
            found.append(estimator.point_est)
        return found

    return run


R_SCRIPT = """
suppressMessages(library(survey)); a <- commandArgs(TRUE); n <- as.integer(a[2]); k <- as.integer(a[3])
read <- function(name, size) readBin(file.path(a[1], name), "double", size)
x <- matrix(read("values", n * k), n); x[is.nan(x)] <- NA
s <- svydesign(ids = ~1, weights = ~w, data = data.frame(x, g = read("group", n), w = read("weights", n)))
f <- function(i) as.formula(paste0("~X", i))
against <- function(i, j) as.formula(sprintf("X%d ~ I(g == %d)", i, j))
by <- system.time(r <- lapply(1:k, function(i) svyby(f(i), ~g, s, svymean, na.rm = TRUE)))[3]
run <- function() for (i in 1:k) for (j in 0:19) svyttest(against(i, j), s)
test <- if (a[4] == "yes") sprintf("%.4f", system.time(run())[3]) else "null"
cat(sprintf("[%.4f, %s, %.17g, %.17g]", by, test, r[[3]][[2]][2], r[[3]]$se[2]))
"""


def with_r(data: Data, *, tests: bool) -> tuple[float, float | None, float, float]:
    """Return R's seconds for svyby and for the tests, and one mean with its se to check."""
    with tempfile.TemporaryDirectory() as folder:
        for name, array in (("values", data.numbers.T), ("group", data.group), ("weights", data.weights)):
            (Path(folder) / name).write_bytes(np.ascontiguousarray(array, dtype=np.float64).tobytes())
        script = Path(folder) / "run.R"
        script.write_text(R_SCRIPT, encoding="utf-8")
        sizes = [folder, str(len(data.weights)), str(ITEMS), "yes" if tests else "no"]
        said = subprocess.run(["Rscript", str(script), *sizes], capture_output=True, text=True, check=True)
    return tuple(json.loads(said.stdout))


def timed(run: Callable[[], object], *, repeat: int) -> float:
    """Return the median seconds of some runs after one to warm up."""
    run()
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def peak(run: Callable[[], object]) -> int:
    """Return the most bytes that a run has allocated at once."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def study(data: Data) -> object:
    """Estimate three waves x 20 groups and test groups against the rest and waves against waves."""
    waves = np.arange(len(data.weights)) % 3
    membership = np.eye(GROUPS * 3, dtype=bool)
    totals = (np.arange(GROUPS * 3)[:, None] % 3) == np.arange(3)
    table = tabulate(data.codes, data.group * 3 + waves, Design(data.weights))
    cells = estimate_columns(table, COLUMNS, np.column_stack([membership, totals]))
    first = np.arange(0, GROUPS * 3, 3)
    within = [*(GROUPS * 3 + np.arange(GROUPS * 3) % 3), *(GROUPS * 3 + np.arange(3))]
    rest = compare_with_rest(cells, within=within)
    waves_compared = compare_groups(cells, [*first + 1, *first + 2], [*first, *first + 1])
    return mark(rest, correction="holm"), mark(waves_compared, correction="bh")


def raking(rows: int) -> Callable[[], object]:
    """Return a raking of five margins."""
    random = np.random.default_rng(7)
    sizes = {"a": 2, "b": 4, "c": 3, "d": 5, "e": 2}
    names = {m: [f"{m}{i}" for i in range(k)] for m, k in sizes.items()}
    labels = {m: pd.Categorical.from_codes(random.integers(0, len(c), rows), c) for m, c in names.items()}
    shares = {m: random.dirichlet(np.full(len(c), 20.0)) for m, c in names.items()}
    targets = {m: dict(zip(c, shares[m], strict=True)) for m, c in names.items()}
    return lambda: rake(labels, targets)


PACKAGES = {
    "pandas": with_pandas,
    "polars": with_polars,
    "duckdb": with_duckdb,
    "svy": with_svy,
    "samplics": with_samplics,
}


def measure(rows: int, *, repeat: int, skip: set[str]) -> dict[str, float]:
    """Return milliseconds per package at one size."""
    data, found = draw(rows), {}
    cells = ours(data)
    rowwise = ours_by_rows(data)
    np.testing.assert_allclose(cells.se, rowwise.se, rtol=1e-9)
    found["wavedeck"] = timed(lambda: ours(data), repeat=repeat)
    found["wavedeck with tests"] = timed(lambda: ours_with_tests(data), repeat=repeat)
    found["wavedeck by rows"] = timed(lambda: ours_by_rows(data), repeat=min(repeat, 3))
    for name, make in PACKAGES.items():
        if name in skip or importlib.util.find_spec(name) is None or rows > SLOW.get(name, rows):
            continue
        found[name] = timed(make(data), repeat=repeat if name not in SLOW else 1)
    if "R" not in skip and shutil.which("Rscript") and rows <= SLOW["R svyby"]:
        by, tests, mean, se = with_r(data, tests=rows <= SLOW["R svyttest"])
        np.testing.assert_allclose([cells.estimate[1, 2], cells.se[1, 2]], [mean, se], rtol=1e-10)
        found |= {"R svyby": by} | ({} if tests is None else {"R svyttest": tests})
    found["peak memory / responses"] = peak(lambda: ours(data)) / data.size / 1000
    return {name: 1000 * seconds for name, seconds in found.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_700, 10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--skip", nargs="*", default=[])
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    columns = {rows: measure(rows, repeat=given.repeat, skip=set(given.skip)) for rows in given.rows}
    names = dict.fromkeys(name for column in columns.values() for name in column)
    write = sys.stdout.write
    write("| milliseconds | " + " | ".join(f"{rows:,}" for rows in columns) + " |\n")
    write("|---|" + "---|" * len(columns) + "\n")
    for name in names:
        write(
            f"| {name} | "
            + " | ".join(f"{c[name]:.3g}" if name in c else "" for c in columns.values())
            + " |\n"
        )
    small = draw(2_700)
    whole = 1000 * timed(lambda: study(small), repeat=9)
    write(f"\nstudy of 2,700 x 25 items x 20 groups x 3 waves, all tests: {whole:.1f} ms\n")
    write(f"raking 1,000,000 respondents x 5 margins: {1000 * timed(raking(1_000_000), repeat=3):.0f} ms\n")


if __name__ == "__main__":
    main()

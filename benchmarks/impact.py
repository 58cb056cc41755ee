"""How fast and how honest the importance of drivers is: `python benchmarks/impact.py [--full]`.

Times are of the machine that runs it; that of R's relaimpo is the one that came with the reference figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

from wavedeck.impact.changes import compare_quadrants
from wavedeck.impact.importance import measure_importance
from wavedeck.impact.model import Model
from wavedeck.impact.quadrants import Borders, Placement, place_drivers, rate_drivers
from wavedeck.impact.replicates import bootstrap
from wavedeck.impact.shares import shapley_shares
from wavedeck.stats.design import Design

LIMITS = {"15 drivers x 1,000 replicates": 10.0, "20 drivers": 0.2, "25 drivers": 10.0}
R_SECONDS = {"20 drivers": 42.5}
COVERAGE = (0.93, 0.97)


def sample(n: int, p: int, seed: int) -> tuple[np.ndarray, np.ndarray, Design]:
    """Return drivers, outcome and a stratified design; driver 1 is noise, the others share a mood."""
    rng = np.random.default_rng([seed, n, p])
    x = rng.normal(size=(n, p)) + 0.8 * rng.normal(size=(n, 1))
    x[:, 0] = rng.normal(size=n)
    y = x[:, 1:] @ np.linspace(0.2, 0.6, p - 1) + 1.5 * rng.normal(size=n)
    return x, y, Design(rng.uniform(0.4, 2.0, n), strata=rng.integers(0, 5, n))


def timed(name: str, run: Callable[[], object], *, repeat: int = 3) -> bool:
    """Print the best of some runs beside its limit."""
    seconds = []
    for _ in range(repeat):
        start = perf_counter()
        run()
        seconds.append(perf_counter() - start)
    limit, r = LIMITS.get(name), R_SECONDS.get(name)
    beside = "" if limit is None else f"   limit {limit:g} s"
    beside += "" if r is None else f"   relaimpo {r:g} s"
    sys.stdout.write(f"{name:44}{min(seconds):8.3f} s{beside}\n")
    return limit is None or min(seconds) < limit


def speed(full: bool) -> bool:
    """Time the measures."""
    x, y, design = sample(1000, 15, 1)
    model, reps = Model(y, x, design), bootstrap(design, replicates=1000, seed=1)
    fine = timed(
        "15 drivers x 1,000 replicates",
        lambda: measure_importance(model, "shapley", replicates=reps),
        repeat=2,
    )
    for drivers in (20, 25, 30) if full else (20, 25):
        x, y, design = sample(1000, drivers, 1)
        matrix = Model(y, x, design).correlation
        fine &= timed(f"{drivers} drivers", lambda m=matrix: shapley_shares(m), repeat=2)  # type: ignore[misc]
    x, y, design = sample(2700, 25, 1)
    big, some = Model(y, x, design), bootstrap(design, replicates=1000, seed=1)
    timed(
        "25 drivers, correlation x 1,000 replicates",
        lambda: measure_importance(big, "correlation", replicates=some),
        repeat=1,
    )
    timed(
        "25 drivers, Johnson x 1,000 replicates",
        lambda: measure_importance(big, "johnson", replicates=some),
        repeat=1,
    )
    timed(
        "25 drivers, Shapley x 1,000 replicates",
        lambda: measure_importance(big, "shapley", replicates=some),
        repeat=1,
    )
    return fine


def coverage(times: int) -> bool:
    """Count how often intervals of the driver without effect cover 0, and how often its share is smallest."""
    hit, smallest = np.zeros(2), 0
    for seed in range(times):
        x, y, design = sample(500, 8, seed)
        model = Model(y, x, design, missing="listwise")
        for k, measure in enumerate(("correlation", "coefficient")):
            found = measure_importance(model, measure)  # type: ignore[arg-type]
            hit[k] += found.ci_low[0] <= 0 <= found.ci_high[0]
        smallest += int(np.argmin(measure_importance(model, "shapley").estimate) == 0)
    share = hit / times
    sys.stdout.write(f"intervals over 0: correlation {share[0]:.3f}, coefficient {share[1]:.3f}\n")
    sys.stdout.write(f"noise has the smallest Shapley share: {smallest} of {times}\n")
    return bool(((share >= COVERAGE[0]) & (share <= COVERAGE[1])).all()) and smallest == times


def placement(seed: int) -> Placement:
    """Return where eight drivers stand whose marks all lie near the overall mark."""
    x, y, design = sample(500, 8, seed)
    model, reps = Model(y, x, design), bootstrap(design, replicates=200, seed=seed)
    ratings = rate_drivers(model, reps)
    return place_drivers(
        measure_importance(model, "johnson", replicates=reps), ratings, borders=Borders("mean", "mean")
    )


def false_changes(times: int) -> None:
    """Count changes of quadrant between waves of one population."""
    found = [compare_quadrants(placement(2 * s), placement(2 * s + 1)) for s in range(times)]
    moved, changed = (sum(int(getattr(f, name).sum()) for f in found) for name in ("moved", "changed"))
    reports = sum(bool(f.changed.any()) for f in found)
    sys.stdout.write(
        f"no change planted: {moved} moved by eye, {changed} by test ({reports} of {times} reports)\n"
    )


def main() -> int:
    """Run all and return 1 where a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="more simulations, and 30 drivers")
    full = parser.parse_args().full
    fine = speed(full)
    fine &= coverage(2000 if full else 300)
    false_changes(200 if full else 20)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())

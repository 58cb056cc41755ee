"""Simulate how often intervals hold the truth and how often true nulls are called significant.

    python benchmarks/coverage.py [--samples 20000] [--seed 1]

Each sample draws respondents anew; marks run from 1 to 10 and are rounded from a normal variable, so that
the true mean is known. Every group is compared with the total minus that group, and nothing differs.
The table stands in docs/methodology.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from wavedeck.stats.arrays import Booleans, Floats
from wavedeck.stats.cells import Cells, estimate_means
from wavedeck.stats.comparisons import Comparisons, NoTest, compare_with_rest
from wavedeck.stats.design import Design
from wavedeck.weighting.raking import rake

ROWS = 900
SIZES = (110, 50, 30, 20, 10)
AT_ONCE = 100
MARKS = np.arange(1, 11)
CENTRE, WIDTH = 7.2, 1.5


@dataclass(frozen=True)
class Rates:
    """Hold the rates of one design, as shares of all samples.

    Parameters
    ----------
    coverage
        How often the 95 % interval of the total holds the true mean.
    decided, survey
        Per group size, how often a true null was called significant by our decision and by R's p.
    """

    design: str
    samples: int
    coverage: float
    decided: dict[int, float]
    survey: dict[int, float]


def to_marks(normal: Floats) -> Floats:
    """Round a standard normal variable to marks from 1 to 10."""
    return np.clip(np.rint(CENTRE + WIDTH * normal), 1, 10)


def true_mean() -> float:
    """Return the mean of the marks in the population."""
    edges = np.concatenate([[-np.inf], (MARKS[:-1] + 0.5 - CENTRE) / WIDTH, [np.inf]])
    return float(np.diff(stats.norm.cdf(edges)) @ MARKS)


def members(random: np.random.Generator, rows: int = ROWS) -> Booleans:
    """Return groups of the sizes to report, and everybody last."""
    order = random.permutation(rows)
    return np.column_stack([*(np.isin(np.arange(rows), order[:size]) for size in SIZES), np.ones(rows, bool)])


Batch = tuple[Cells, float]


def _batches(samples: int) -> Iterator[int]:
    for start in range(0, samples, AT_ONCE):
        yield min(AT_ONCE, samples - start)


def equal(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw a simple sample."""
    for count in _batches(samples):
        values = to_marks(random.standard_normal((ROWS, count)))
        yield estimate_means(values, members(random), Design(np.ones(ROWS))), true_mean()


def uneven(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw with weights whose design effect is 1.4."""
    for count in _batches(samples):
        weights = np.exp(random.normal(0, np.sqrt(np.log(1.4)), ROWS))
        values = to_marks(random.standard_normal((ROWS, count)))
        yield estimate_means(values, members(random), Design(weights)), true_mean()


def skewed(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw a rare yes (8 %), so that groups of 30 hold two or three."""
    for count in _batches(samples):
        values = (random.random((ROWS, count)) < 0.08).astype(float)
        yield estimate_means(values, members(random), Design(np.ones(ROWS))), 0.08


def strata(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw from six strata of uneven sampling fractions, whose means differ."""
    shares = np.array([0.05, 0.1, 0.15, 0.2, 0.2, 0.3])
    stratum = np.repeat(np.arange(6), ROWS // 6)
    weights = shares[stratum] * 6
    effect = np.array([-1, -0.5, 0, 0, 0.5, 0.4])
    effect = effect - shares @ effect
    for count in _batches(samples):
        values = CENTRE + effect[stratum][:, None] + WIDTH * random.standard_normal((ROWS, count))
        yield estimate_means(values, members(random), Design(weights, strata=stratum)), CENTRE


def clusters(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw 90 clusters of 10 with an intraclass correlation of 0.1; groups cut across clusters."""
    cluster = np.repeat(np.arange(90), 10)
    for count in _batches(samples):
        shared = random.standard_normal((90, count))[cluster]
        values = to_marks(np.sqrt(0.1) * shared + np.sqrt(0.9) * random.standard_normal((ROWS, count)))
        yield estimate_means(values, members(random), Design(np.ones(ROWS), clusters=cluster)), true_mean()


def whole_clusters(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw the same clusters, but groups are made of whole clusters."""
    cluster = np.repeat(np.arange(90), 10)
    for count in _batches(samples):
        shared = random.standard_normal((90, count))[cluster]
        values = to_marks(np.sqrt(0.1) * shared + np.sqrt(0.9) * random.standard_normal((ROWS, count)))
        order = random.permutation(90)
        groups = [np.isin(cluster, order[: size // 10]) for size in SIZES]
        member = np.column_stack([*groups, np.ones(ROWS, bool)])
        yield estimate_means(values, member, Design(np.ones(ROWS), clusters=cluster)), true_mean()


def raked(random: np.random.Generator, samples: int) -> Iterator[Batch]:
    """Draw people who answer unevenly by sex and age, both of which matter, and rake them."""
    targets = {"sex": {"m": 50.0, "f": 50.0}, "age": {"a": 30.0, "b": 40.0, "c": 30.0}}
    effects = {"m": -0.3, "f": 0.3, "a": -0.5, "b": 0.0, "c": 0.5}
    for _ in range(samples):
        labels = {
            "sex": random.choice(["m", "f"], ROWS, p=[0.4, 0.6]),
            "age": random.choice(["a", "b", "c"], ROWS, p=[0.2, 0.4, 0.4]),
        }
        made = rake(labels, targets)
        effect = sum(np.vectorize(effects.get)(column) for column in labels.values())
        values = CENTRE + effect + WIDTH * random.standard_normal(ROWS)
        design = Design(made.weights, calibration=made.calibration)
        yield estimate_means(values, members(random), design), CENTRE


DESIGNS: dict[str, Callable[[np.random.Generator, int], Iterator[Batch]]] = {
    "equal weights": equal,
    "uneven weights": uneven,
    "strata": strata,
    "clusters": clusters,
    "groups of whole clusters": whole_clusters,
    "raked": raked,
    "rare yes (8 %)": skewed,
}


def simulate(name: str, *, samples: int, seed: int = 1) -> Rates:
    """Return the rates of one design."""
    held, done = 0, 0
    called = np.zeros((3, len(SIZES)))
    for cells, truth in DESIGNS[name](np.random.default_rng(seed), samples):
        done += cells.estimate.shape[1]
        held += int(((cells.ci_low[-1] <= truth) & (truth <= cells.ci_high[-1])).sum())
        compared = compare_with_rest(cells, within=len(SIZES), minimum_base=2)
        called += [_called(compared, compared.decision_p), _called(compared, compared.p), _tested(compared)]
    tests = np.where(called[2] > 0, done, np.nan)
    return Rates(name, done, held / done, _by_size(called[0] / tests), _by_size(called[1] / tests))


def _called(compared: Comparisons, p: Floats) -> Floats:
    return np.asarray((p[:-1] <= 1 - compared.level).sum(axis=1), dtype=np.float64)


def _tested(compared: Comparisons) -> Floats:
    return np.asarray((compared.reason[:-1] == NoTest.TESTED).sum(axis=1), dtype=np.float64)


def _by_size(rates: Floats) -> dict[int, float]:
    return dict(zip(SIZES, map(float, rates), strict=True))


def line(rates: Rates) -> str:
    """Return one row of the table, as percentages."""
    cells = [
        "no test"
        if np.isnan(rates.decided[s])
        else f"{100 * rates.decided[s]:.1f} ({100 * rates.survey[s]:.1f})"
        for s in SIZES
    ]
    return f"| {rates.design} | {100 * rates.coverage:.1f} | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    heads = " | ".join(f"n = {size}" for size in SIZES)
    sys.stdout.write(f"| design | interval holds | {heads} |\n|{'---|' * (len(SIZES) + 2)}\n")
    for name in DESIGNS:
        sys.stdout.write(line(simulate(name, samples=given.samples, seed=given.seed)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
